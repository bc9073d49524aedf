import { access, appendFile, constants, mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UsageError } from '@hood-exports/command-line'
import type { Report } from '../verify/report.ts'
import { githubAnnotations, githubSummary } from './github-report.ts'
import { htmlReport } from './html-report.ts'
import { junitReport } from './junit-report.ts'
import { textReport } from './text-report.ts'
import { verdict } from './verdict.ts'

/** Files to write; undefined: not wanted. */
export interface Outputs {
  junit?: string
  /** `-`: standard output, which then has nothing else. */
  json?: string
  html?: string
}

/**
 * Makes the folders, and looks whether the files can be written: a run takes long, and its report must not be lost.
 *
 * @param files by the option that names each
 * @throws UsageError
 */
export async function checkFiles(files: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const [option, file] of Object.entries(files)) {
    if (file === undefined) continue
    await guard(option, file, async () => {
      if (file === '') throw new Error('the name is empty')
      await mkdir(dirname(file), { recursive: true })
      const known = await stat(file).catch(() => undefined)
      if (known?.isDirectory()) throw new Error('it is a folder')
      await access(known ? file : dirname(file), constants.W_OK)
    })
  }
}

/** @throws UsageError */
export async function checkOutputs({ junit, json, html }: Outputs): Promise<void> {
  await checkFiles({ '--junit': junit, '--json': json === '-' ? undefined : json, '--html': html })
}

async function guard(what: string, file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${what} ${JSON.stringify(file)} cannot be written (${reason}): give another file`)
  }
}

/** Writes every report that is wanted, and returns the exit code. */
export async function writeReports(report: Report, { junit, json, html }: Outputs): Promise<number> {
  const { env, stdout, stderr } = process
  const log = json === '-' ? stderr : stdout
  log.write(textReport(report, coloursOf(log)))
  const asJson = `${JSON.stringify(report, undefined, 2)}\n`
  if (json === '-') stdout.write(asJson)
  else if (json !== undefined) await save(json, asJson)
  if (junit !== undefined) await save(junit, junitReport(report))
  if (html !== undefined) await save(html, htmlReport(report))
  if (env['GITHUB_ACTIONS'] === 'true') {
    log.write(githubAnnotations(report))
    const summary = env['GITHUB_STEP_SUMMARY']
    if (summary !== undefined && summary !== '') await appendFile(summary, githubSummary(report))
  }
  return verdict(report).exitCode
}

export function coloursOf(log: NodeJS.WriteStream): 'on' | 'off' {
  return log.isTTY && log.hasColors() && !process.env['NO_COLOR'] ? 'on' : 'off'
}

/** @throws UsageError */
export async function save(file: string, content: string): Promise<void> {
  await guard('the report', file, async () => {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  })
}
