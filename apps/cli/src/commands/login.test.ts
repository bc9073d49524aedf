import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderForTest, runCli, sandboxForTest } from '../testing/run-cli.ts'

const FILE = 'hood-exports/default.json'

describe('login', () => {
  test('saves a token that the API accepts, for its owner alone', async () => {
    const config = folderForTest()
    const sandbox = sandboxForTest()
    const env = { HOOD_TOKEN: undefined, XDG_CONFIG_HOME: config }
    const login = await runCli(['login'], { sandbox, env, stdin: 'sandbox-boris\n' })
    expect([login.exitCode, login.stdout, login.stderr]).toEqual([0, '', ''])
    const { mode } = statSync(join(config, FILE))
    expect([mode & 0o777, statSync(join(config, 'hood-exports')).mode & 0o777]).toEqual([0o600, 0o700])
    expect(readdirSync(join(config, 'hood-exports'))).toEqual(['default.json'])

    const later = await runCli(['check', '--json'], { sandbox, env: { ...env, HOOD_BASE_URL: undefined } })
    expect(JSON.parse(later.stdout)).toMatchObject({
      baseUrl: 'http://sandbox.test',
      total: 120,
      tokenFrom: join(config, FILE),
    })
  })

  test('a person types it', async () => {
    const config = folderForTest()
    const { exitCode, stderr } = await runCli(['login'], {
      sandbox: sandboxForTest(),
      env: { XDG_CONFIG_HOME: config },
      typed: 'sandbox-boris ',
      columns: 80,
    })
    expect(exitCode).toBe(0)
    expect(stderr.replaceAll('\n', ' ')).toContain(
      `The token is accepted by http://sandbox.test (120 exports), and saved in`,
    )
    expect(stderr).not.toContain('sandbox-boris')
  })

  test.each([
    ['wrong\n', 3, 'check the token'],
    ['', 3, 'There is no token on standard input: pipe it in, or type it'],
    ['two words\n', 2, 'standard input is no token'],
    ['x'.repeat(20_000), 2, 'standard input has more than 16384 characters'],
  ])('%j is not saved', async (stdin, exitCode, message) => {
    const config = folderForTest()
    const result = await runCli(['login'], { sandbox: sandboxForTest(), env: { XDG_CONFIG_HOME: config }, stdin })
    expect([result.exitCode, readdirSync(config)]).toEqual([exitCode, []])
    expect(result.stderr).toContain(message)
  })

  test('logout deletes it', async () => {
    const config = folderForTest()
    const env = { XDG_CONFIG_HOME: config }
    await runCli(['login', '--profile', 'work'], { sandbox: sandboxForTest(), env, stdin: 'sandbox-boris' })
    expect(existsSync(join(config, 'hood-exports/work.json'))).toBe(true)
    await runCli(['logout', '--profile', 'work'], { env })
    expect(existsSync(join(config, 'hood-exports/work.json'))).toBe(false)
    expect((await runCli(['logout', '--profile', 'work'], { env })).exitCode).toBe(0)
  })
})

describe('a profile', () => {
  function saved(content: string, mode = 0o600): string {
    const config = folderForTest()
    mkdirSync(join(config, 'hood-exports'))
    writeFileSync(join(config, FILE), content)
    chmodSync(join(config, FILE), mode)
    return config
  }
  const BORIS = JSON.stringify({ baseUrl: 'http://sandbox.test', token: 'sandbox-boris' })

  async function total(argv: readonly string[], env: Record<string, string | undefined>, stdin = ''): Promise<unknown> {
    const { stdout, stderr } = await runCli([...argv, 'check', '--json'], { sandbox: sandboxForTest(), env, stdin })
    return (JSON.parse(stdout || stderr) as { total?: number; error?: { message: string } }).total ?? stderr
  }

  test('gives way to HOOD_TOKEN, and that to --token-stdin; one that is named goes before HOOD_TOKEN', async () => {
    const XDG_CONFIG_HOME = saved(BORIS)
    expect(await total([], { XDG_CONFIG_HOME, HOOD_TOKEN: undefined })).toBe(120)
    expect(await total([], { XDG_CONFIG_HOME })).toBe(1_000)
    expect(await total(['--token-stdin'], { XDG_CONFIG_HOME }, 'sandbox-chiara\n')).toBe(30)
    expect(await total(['--profile', 'default'], { XDG_CONFIG_HOME })).toBe(120)
  })

  test('is read behind the links by which Kubernetes mounts it, with a line end behind the token', async () => {
    const XDG_CONFIG_HOME = folderForTest()
    const [folder, version] = [join(XDG_CONFIG_HOME, 'hood-exports'), '..2026_11_28_01_00_00.1']
    mkdirSync(join(folder, version), { recursive: true })
    const content = JSON.stringify({ baseUrl: 'http://sandbox.test', token: 'sandbox-boris\n' })
    writeFileSync(join(folder, version, 'default.json'), content, { mode: 0o400 })
    symlinkSync(version, join(folder, '..data'))
    symlinkSync('..data/default.json', join(folder, 'default.json'))
    expect(await total([], { XDG_CONFIG_HOME, HOOD_TOKEN: undefined })).toBe(120)
  })

  test('never sends its token to another origin', async () => {
    const env = { XDG_CONFIG_HOME: saved(BORIS), HOOD_TOKEN: undefined, HOOD_BASE_URL: 'https://elsewhere.test' }
    const { exitCode, stderr, requests } = await runCli(['list'], { sandbox: sandboxForTest(), env })
    expect([exitCode, requests]).toEqual([3, []])
    expect(stderr).toContain('belongs to http://sandbox.test and is not sent to https://elsewhere.test')
  })

  test('that others can read is refused, with the way out', async () => {
    const config = saved(BORIS, 0o644)
    const { exitCode, stderr, requests } = await runCli(['list'], {
      env: { XDG_CONFIG_HOME: config, HOOD_TOKEN: undefined },
    })
    expect([exitCode, requests]).toEqual([3, []])
    expect(stderr).toContain(`run "chmod 600 ${join(config, FILE)}"`)
  })

  test.each(['', '{', '[]', 'null', '{"token":"sandbox-boris"}'])(
    'that holds %j is refused, and not repeated',
    async (content) => {
      const config = saved(content)
      const { exitCode, stderr } = await runCli(['list'], { env: { XDG_CONFIG_HOME: config, HOOD_TOKEN: undefined } })
      expect(exitCode).toBe(3)
      expect(stderr).toBe(`error: ${join(config, FILE)} is not a profile: save it anew with "hood-exports login"\n`)
    },
  )

  test.each(['../../etc/passwd', '', '.hidden', 'a/b'])('cannot be called %j', async (name) => {
    const { exitCode, stderr } = await runCli(['list', '--profile', name], {
      env: { XDG_CONFIG_HOME: folderForTest() },
    })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('A profile cannot be called')
  })

  test('that is not there is reported', async () => {
    const { exitCode, stderr } = await runCli(['list', '--profile', 'work'], {})
    expect(exitCode).toBe(3)
    expect(stderr).toContain('There is no profile "work": save one with "hood-exports login --profile work"')
  })

  test('is in the home folder when XDG_CONFIG_HOME is not set', async () => {
    const home = folderForTest()
    const env = { HOME: home, XDG_CONFIG_HOME: undefined }
    await runCli(['login'], { sandbox: sandboxForTest(), env, stdin: 'sandbox-boris' })
    expect(JSON.parse(readFileSync(join(home, '.config', FILE), 'utf8'))).toEqual({
      baseUrl: 'http://sandbox.test',
      token: 'sandbox-boris',
    })
  })
})
