import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { runCli, sandboxForTest } from '../testing/run-cli.ts'

describe('get', () => {
  test('shows a field in a line, and goes on under its beginning where the terminal ends', async () => {
    const { stdout } = await runCli(['get', '1000000', '--fields', 'id,size,failure_reason'], {
      sandbox: sandboxForTest(),
      columns: 50,
    })
    expect(stdout).toBe(
      [
        'id              1000000',
        'size            125 B',
        'failure_reason  Export failed due to an internal',
        '                error. Please try again later.',
        '',
      ].join('\n'),
    )
  })

  test('as JSON is the item', async () => {
    const { stdout } = await runCli(['get', '1000000', '--output', 'json'], { sandbox: sandboxForTest() })
    expect(JSON.parse(stdout)).toMatchObject({ id: '1000000', resource: 'quick-reports', size: 125 })
  })

  test('shows members that no documentation knows, as JSON', async () => {
    const { stdout } = await runCli(['get', '1000000', '--json'], {
      sandbox: sandboxForTest(),
      fault: 'unknown-values',
    })
    expect(JSON.parse(stdout)).toMatchObject({ status: 'status-from-the-future', member_from_the_future: { a: 1 } })
  })
})

describe('a failure is one sentence with the way out, and an exit code', () => {
  test.each([
    [['get', '42'], {}, 4, 'The API answered 404: Not found.'],
    [['get', 'abc'], {}, 2, '"abc" is not an id: give a string of digits, such as 1000000'],
    [['get', '1000000'], { env: { HOOD_TOKEN: 'wrong' } }, 3, 'check the token, and that it belongs to this base URL'],
    [
      ['get', '1000000'],
      { env: { HOOD_TOKEN: 'with space' } },
      2,
      'HOOD_TOKEN is no token: give visible ASCII characters without spaces or line breaks',
    ],
    [['get', '1000000'], { env: { HOOD_TOKEN: '' } }, 3, 'There is no token: set HOOD_TOKEN, pass --token-stdin, or'],
    [['get', '1000000'], { fault: 'status=400' }, 1, 'The API answered 400: Bad request.'],
    [
      ['get', '1000000'],
      { fault: 'status=500' },
      1,
      'The API answered 500: Internal server error. (try again later) [view 1000000] (trace ',
    ],
    [['get', '1000000'], { fault: 'html' }, 1, '(is the base URL right, is a proxy in between?)'],
    [['get', '1000000'], { fault: 'drop' }, 6, 'The API could not be reached, or the answer broke off'],
    [['get', '1000000', '--base-url', 'ftp://x'], {}, 2, '--base-url: "ftp://x" is not an http(s) URL'],
    [
      ['get', '1000000'],
      { env: { HOOD_BASE_URL: 'localhost' } },
      2,
      'error: HOOD_BASE_URL: "localhost" is not an http(s) URL',
    ],
    [
      ['get', '1000000', '--base-url', 'http://a:b@x'],
      {},
      2,
      '--base-url has credentials in it: give the token in HOOD_TOKEN instead',
    ],
    [
      ['get', '1000000', '--deadline', '1ms'],
      { fault: 'delay=200' },
      5,
      'was not done by its deadline (raise --deadline to wait longer)',
    ],
    [
      ['get', '1000000', '--timeout', '1ms'],
      { fault: 'delay=200' },
      6,
      'No complete answer within 1 ms (raise --timeout to wait longer)',
    ],
    [['get'], {}, 2, "Missing required argument 'id'"],
    [['gett'], {}, 2, "Unknown command 'gett' (Did you mean get?)"],
    [['get', '1', '--filds'], {}, 2, "Unknown option '--filds' (Did you mean --fields?)"],
    [['get', '1', '--deadline', '10'], {}, 2, 'Give a number with a unit: 500ms, 30s, 10m, 2h or 1d.'],
  ])('%j %j ends with %i', async (argv, options, exitCode, sentence) => {
    const result = await runCli(argv, { sandbox: sandboxForTest(), clock: hurriedClock(), ...options })
    expect([result.exitCode, result.stdout]).toEqual([exitCode, ''])
    expect(result.stderr).toContain(sentence)
    expect(result.stderr).toMatch(/^error: ["A-Z0-9a-z-].*\n$/)
    expect(result.stderr).not.toMatch(/sandbox-ana|wrong|[a-z]Ms\b|baseUrl/)
  })

  test('is a JSON object with the facts for machines', async () => {
    const { exitCode, stdout, stderr } = await runCli(['get', '42', '--json'], { sandbox: sandboxForTest() })
    expect([exitCode, stdout]).toEqual([4, ''])
    expect(JSON.parse(stderr)).toEqual({
      error: {
        kind: 'not-found',
        message: expect.stringContaining('The API answered 404'),
        exitCode: 4,
        operation: 'view',
        status: 404,
        code: 404,
        title: 'Not found.',
        detail: expect.any(String),
        traceId: expect.any(String),
        attempts: 1,
        url: '/v1/hood/exports/42?view=full',
      },
    })
  })

  test('says nothing that a terminal obeys, whatever the server sends', async () => {
    const { stderr } = await runCli(['list', '--where', 'status=\u001B[31m', '--fields', '\u009B1m'], {})
    // oxlint-disable-next-line no-control-regex -- they must not be there
    expect(stderr.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  })
})
