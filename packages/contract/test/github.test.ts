import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { DEMO_TOKENS, startSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../../..')

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>
  readonly runs: { readonly steps: readonly Step[] }
}

interface Workflow {
  readonly permissions: object
  readonly jobs: Readonly<Record<string, { readonly 'timeout-minutes': number; readonly steps: readonly Step[] }>>
}

const action = parse(readFileSync(join(root, '.github/actions/hood-contract/action.yml'), 'utf8')) as Action
const step = action.runs.steps.find(({ run }) => run !== undefined)
const { version } = JSON.parse(readFileSync(join(root, 'packages/contract/package.json'), 'utf8')) as {
  version: string
}

/** Runs the action's step as a runner does: inputs put into the environment, then bash. */
async function runAction(inputs: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string | number>>> {
  const folder = await mkdtemp(join(tmpdir(), 'hood-contract-action-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const env = Object.entries(step?.env ?? {}).map(([name, value]) => {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? ''
    return [name, inputs[input] ?? action.inputs[input]?.default ?? '']
  })
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 99'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      ...Object.fromEntries(env),
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    },
  })
  const closed = once(child, 'close')
  const [stdout] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await closed) as [number]
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => 'missing')
  return {
    code,
    stdout,
    output: await read('output'),
    summary: await read('summary.md'),
    junit: await read('hood-contract/junit.xml'),
  }
}

describe('the action hood-contract', () => {
  const command = `${process.execPath} ${join(root, 'packages/contract/src/bin.ts')}`

  test('verifies a provider, and leaves reports, a summary and the exit code', async () => {
    const { url, close } = await startSandbox({ port: 0, items: 60, limits: 'off' })
    onTestFinished(close)
    const { main, otherAccount } = DEMO_TOKENS
    const inputs = {
      'base-url': url,
      token: main,
      'other-account-token': otherAccount,
      limits: 'off',
      except: 'page-past-end',
      writes: 'allowed',
      'quick-report': '42',
      seed: '7',
      command,
    }
    const { code, stdout, output, summary, junit } = await runAction(inputs)
    expect({ code, output }).toEqual({ code: 0, output: 'exit-code=0\n' })
    expect(stdout).toContain('--seed 7 sends the same requests again')
    expect(summary).toContain('| tenancy |')
    expect(junit).toContain('<testsuite name="create" tests="7" failures="0" errors="0" skipped="0">')
    expect(junit).toContain('<testsuites name="hood-contract"')
    expect(junit).toContain('<skipped message="--except leaves it out"/>')
    expect(`${stdout as string}${summary as string}${junit as string}`).not.toContain(main)
  })

  test('fails as hood-contract does', async () => {
    const { url, close } = await startSandbox({ port: 0, items: 1 })
    onTestFinished(close)
    expect(await runAction({ 'base-url': url, token: 'unknown', command })).toMatchObject({
      code: 3,
      output: 'exit-code=3\n',
    })
  })

  test('with a baseline only new failures fail', async () => {
    const { url, close } = await startSandbox({ port: 0, items: 60, limits: 'off' })
    onTestFinished(close)
    const inputs = { 'base-url': url, token: DEMO_TOKENS.main, limits: 'off', command }
    const known = join(root, 'no-such-baseline.json')
    expect(await runAction({ ...inputs, baseline: known })).toMatchObject({ code: 2, output: 'exit-code=2\n' })
  })

  test('starts the package of its own version, unless told otherwise', () => {
    expect(action.inputs['command']?.default).toBe(`npx -y @hood-exports/contract@${version}`)
  })

  test('brings the Node that it needs, pinned by the hash of a commit', () => {
    expect(action.runs.steps.flatMap(({ uses }) => uses ?? [])).toEqual([
      expect.stringMatching(/^actions\/setup-node@[0-9a-f]{40}$/),
    ])
  })

  test('reads no input as a command', () => {
    expect(step?.run).not.toContain('${{')
  })
})

describe.each(globSync('.github/workflows/*.yml', { cwd: root }))('%s', (file) => {
  const source = readFileSync(join(root, file), 'utf8')
  const { permissions, jobs } = parse(source) as Workflow

  test('grants nothing by default, and no job runs for ever', () => {
    expect(permissions).toEqual({})
    expect(Object.values(jobs).every((job) => job['timeout-minutes'] <= 30)).toBe(true)
  })

  test('pins every action by the hash of its commit', () => {
    const used = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []))
    expect(used.filter((name) => !name.startsWith('./') && !/@[0-9a-f]{40}$/.test(name))).toEqual([])
  })

  test('reads nothing that others may write as a command', () => {
    const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
    expect(commands.filter((command) => /\$\{\{/.test(command))).toEqual([])
  })
})
