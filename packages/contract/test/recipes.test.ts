import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { DEMO_TOKENS, startSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import manifest from '../package.json' with { type: 'json' }

const page = readFileSync(join(import.meta.dirname, '../../../docs/contract-tests.md'), 'utf8')

/** The first block of code under a heading. */
function recipe(heading: string): string {
  const [, block] = new RegExp(`^### ${heading}\\n[^]*?^\`\`\`(?:yaml|sh)\\n([^]*?)^\`\`\``, 'm').exec(page) ?? []
  if (block === undefined) throw new Error(`no recipe stands under ${heading}`)
  return block
}

interface GitlabJob {
  readonly image: string
  readonly script: readonly string[]
  readonly artifacts: { readonly when: string; readonly reports: { readonly junit: string } }
}

interface Run {
  readonly code: number
  readonly stdout: string
  readonly folder: string
}

/** What `npx` would start from a registry is started from here, without a quota and with few requests. */
const NPX = `#!/bin/sh
[ "$1 $2" = "-y @hood-exports/contract@${manifest.version}" ] || exit 97
shift 2
exec "${process.execPath}" "${join(import.meta.dirname, '../src/bin.ts')}" "$@" --limits off --budget 60
`

/** Runs lines of a shell in a folder of their own, after those that write the baseline. */
async function runLines(lines: string, environment: Readonly<Record<string, string>>): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'hood-contract-recipe-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'npx'), NPX)
  await chmod(join(folder, 'npx'), 0o755)
  const [, first = 'exit 98'] = /^The first baseline: `(.*)`\.$/m.exec(page) ?? []
  const env = { PATH: [folder, process.env['PATH']].join(delimiter) }
  const { baseline = '', ...main } = environment
  const run = async (script: string, more: Readonly<Record<string, string>>): Promise<Run> =>
    new Promise((resolve) => {
      const options = { cwd: folder, env: { ...env, HOOD_TOKEN: DEMO_TOKENS.main, ...more } }
      execFile('sh', ['-ec', script], options, (error, stdout) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, folder })
      })
    })
  const written = await run(first, { HOOD_BASE_URL: baseline })
  expect(written.code).toBe(0)
  return run(lines, main)
}

async function startProvider(): Promise<string> {
  const { url, close } = await startSandbox({ port: 0, items: 60, limits: 'off' })
  onTestFinished(close)
  return url
}

describe('the recipe for GitLab', () => {
  const [[name, job] = ['none', undefined]] = Object.entries(parse(recipe('GitLab')) as Record<string, GitlabJob>)

  test('is a job that keeps its reports when it fails', () => {
    expect([name, job?.image, job?.artifacts.when]).toEqual(['hood-contract', 'node:24', 'always'])
  })

  test('verifies a provider, and leaves what its artifacts name', async () => {
    const url = await startProvider()
    const { code, folder } = await runLines(job?.script.join('\n') ?? '', { HOOD_BASE_URL: url, baseline: url })
    const files = ['hood-contract/report.json', 'hood-contract/report.html', job?.artifacts.reports.junit ?? '']
    expect([code, ...files.map((file) => existsSync(join(folder, file)))]).toEqual([0, true, true, true])
  })
})

describe('the recipe for a shell', () => {
  test.each<[string, Readonly<Record<string, string>>, number, string]>([
    ['a correct provider', {}, 0, 'nothing new is broken'],
    ['a token that is refused', { HOOD_TOKEN: 'unknown-token' }, 3, 'wrong usage, or a token is refused: see above'],
    [
      'a provider that is not there',
      { HOOD_BASE_URL: 'http://provider.invalid' },
      6,
      'the provider could not be looked at: try later',
    ],
  ])('says what came of it, and ends with the same exit code: %s', async (_title, changes, code, line) => {
    const url = await startProvider()
    const run = await runLines(recipe('A shell'), { HOOD_BASE_URL: url, baseline: url, ...changes })
    expect([run.code, run.stdout.trim().split('\n').at(-1)]).toEqual([code, line])
  })
})

test('the recipe for GitHub names the action by the tag of this version', () => {
  expect(recipe('GitHub')).toContain(`/.github/actions/hood-contract@v${manifest.version}\n`)
})

test('every recipe starts this version of the package', () => {
  const versions = [...page.matchAll(/@hood-exports\/contract@([\d.]+\d)/g)].map(([, version]) => version)
  expect(versions.length).toBeGreaterThan(3)
  expect(new Set(versions)).toEqual(new Set([manifest.version]))
})
