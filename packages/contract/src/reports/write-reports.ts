import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
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

/** Tells of a run in every way that is wanted, and returns the exit code. */
export async function writeReports(report: Report, { junit, json, html }: Outputs): Promise<number> {
  const { env, stdout, stderr } = process
  const people = json === '-' ? stderr : stdout
  people.write(textReport(report, people.isTTY && people.hasColors() && !env['NO_COLOR'] ? 'on' : 'off'))
  const asJson = `${JSON.stringify(report, undefined, 2)}\n`
  if (json === '-') stdout.write(asJson)
  else if (json !== undefined) await save(json, asJson)
  if (junit !== undefined) await save(junit, junitReport(report))
  if (html !== undefined) await save(html, htmlReport(report))
  if (env['GITHUB_ACTIONS'] === 'true') {
    people.write(githubAnnotations(report))
    const summary = env['GITHUB_STEP_SUMMARY']
    if (summary !== undefined && summary !== '') await appendFile(summary, githubSummary(report))
  }
  return verdict(report).exitCode
}

async function save(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}
