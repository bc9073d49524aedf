import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { run } from '../run.ts'
import { runCli, sandboxForTest } from '../testing/run-cli.ts'

describe('check', () => {
  test('says where it sends, whose token it is, and that both are right', async () => {
    const { exitCode, stdout } = await runCli(['check'], { sandbox: sandboxForTest() })
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^✓ base URL http:\/\/sandbox\.test \(HOOD_BASE_URL\)\n✓ token {4}from HOOD_TOKEN\n✓ answer {3}200 after \d+ ms: 1,000 exports\n✓ quota {4}149 of 150 requests left\n$/,
    )
  })

  test('takes a token with a line end behind it, as files that become variables have', async () => {
    const { exitCode } = await runCli(['check'], { sandbox: sandboxForTest(), env: { HOOD_TOKEN: 'sandbox-ana\n' } })
    expect(exitCode).toBe(0)
  })

  test('warns when the token travels in the open', async () => {
    const sandbox = sandboxForTest()
    const open = await runCli(['check'], { sandbox })
    const own = await runCli(['check', '--base-url', 'http://127.0.0.1:4020'], { sandbox })
    const secure = await runCli(['check', '--base-url', 'https://sandbox.test'], { sandbox })
    expect([open, own, secure].map(({ stderr }) => stderr.includes('Use https.'))).toEqual([true, false, false])
  })

  test.each([
    [
      'a wrong token',
      { env: { HOOD_TOKEN: 'wrong' } },
      3,
      '✗ token    from HOOD_TOKEN: refused (401)\n',
      'check the token',
    ],
    [
      'another server',
      { answer: () => new Response('Not here', { status: 404 }) },
      4,
      '· token    from HOOD_TOKEN, not proven\n✗ answer   404',
      'has no list of exports (404)',
    ],
    ['a page', { fault: 'html' }, 1, '✗ answer   200', 'is a proxy in between?'],
    [
      'a redirection',
      { answer: () => new Response('', { status: 302, headers: { location: 'https://login.example/' } }) },
      1,
      '✗ answer   302',
      'a redirection to https://login.example, not followed',
    ],
  ])('%s has a sentence of its own', async (_what, options, exitCode, line, sentence) => {
    const result = await runCli(['check'], { sandbox: sandboxForTest(), ...options })
    expect(result.exitCode).toBe(exitCode)
    expect(result.stdout).toContain(line)
    expect(result.stderr).toContain(sentence)
  })

  test('as JSON has every fact, and no token', async () => {
    const { stdout } = await runCli(['check', '--json'], { sandbox: sandboxForTest() })
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      baseUrlFrom: 'HOOD_BASE_URL',
      tokenFrom: 'HOOD_TOKEN',
      total: 1_000,
    })
    expect(stdout).not.toContain('sandbox-ana')
  })
})

describe('over the network', () => {
  /** `check` with real sockets. */
  async function check(baseUrl: string): Promise<{ exitCode: number; stderr: string }> {
    let stderr = ''
    const output = { isTTY: false, columns: Infinity, colour: false, write: async () => {} }
    const exitCode = await run(['check', '--base-url', baseUrl], {
      stdin: { isTTY: false, async *[Symbol.asyncIterator]() {}, readSecret: async () => undefined },
      stdout: output,
      stderr: { ...output, write: async (text) => void (stderr += String(text)) },
      env: { HOOD_TOKEN: 'sandbox-ana', XDG_CONFIG_HOME: '/nonexistent' },
      signal: new AbortController().signal,
    })
    return { exitCode, stderr }
  }

  test('a name without an address', async () => {
    const { exitCode, stderr } = await check('https://hood-exports.invalid')
    expect([exitCode, stderr]).toEqual([
      6,
      expect.stringMatching(/No address is known for hood-exports\.invalid \((?:ENOTFOUND|EAI_AGAIN)\)/),
    ])
  })

  test('a port where nothing listens', async () => {
    const { port, close } = await startSandbox()
    await close()
    const { exitCode, stderr } = await check(`http://127.0.0.1:${port}`)
    expect([exitCode, stderr]).toEqual([
      6,
      expect.stringContaining(`Nothing listens at 127.0.0.1:${port} (ECONNREFUSED)`),
    ])
  })

  test('https where http is spoken', async () => {
    const { url, close } = await startSandbox()
    onTestFinished(close)
    const { exitCode, stderr } = await check(url.replace('http:', 'https:'))
    expect([exitCode, stderr]).toEqual([6, expect.stringContaining('The connection is not secure (ERR_SSL_')])
  })

  test('a server that closes the connection', async () => {
    const server = createServer((request) => request.socket.destroy()).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const { exitCode, stderr } = await check(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect([exitCode, stderr]).toEqual([6, expect.stringContaining('The connection broke off')])
  })
})
