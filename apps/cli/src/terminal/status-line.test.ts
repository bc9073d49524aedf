import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli, sandboxForTest } from '../testing/run-cli.ts'

const ERASE = '\r\u001B[2K'

/** What a person sees who has stdout and stderr on one terminal of endless height, in the order in which it is written. */
async function screenOf(argv: readonly string[], options: Parameters<typeof runCli>[1] = {}): Promise<string[]> {
  let screen = ''
  await runCli(argv, {
    sandbox: sandboxForTest({ items: 10 }),
    columns: 80,
    onWrite: (text) => (screen += text),
    onStderr: (text) => (screen += text),
    ...options,
  })
  return screen.split('\n').map((line) => line.split(ERASE).at(-1) ?? '')
}

describe('the status line', () => {
  test('is taken away before each line of --verbose', async () => {
    const screen = await screenOf(['list', '--limit', '3', '--verbose'])
    expect(screen.slice(0, 2)).toEqual([expect.stringMatching(/^#1 GET /), expect.stringMatching(/^#1 200 after /)])
  })

  test('is taken away before a note that comes in the same moment', async () => {
    const clock = hurriedClock()
    const sandbox = sandboxForTest({ clock })
    await sandbox.setState('export 42 is being prepared', { seconds: 3 })
    const screen = await screenOf(['wait', '42'], { sandbox, clock })
    expect(screen).toEqual(['42: status processing', '42: status ready', '42', ''])
  })

  test('is taken away before text goes into a pipe, which may lead back to the terminal', async () => {
    const screen = await screenOf(['list', '--limit', '3', '--fields', 'id'], { stdoutIs: 'pipe' })
    expect(screen).toEqual(['id', '1000009', '1000008', '1000007', '3 of 10 exports. --all lists every one.', ''])
  })

  test('is taken away before the failure of one of several exports', async () => {
    const screen = await screenOf(['download', '42', '1000000', '-d', folderForTest()])
    expect(screen.filter((line) => line.includes('error: 42'))).toEqual([expect.stringMatching(/^error: 42: /)])
  })

  test('names the first look as one', async () => {
    const { stderr } = await runCli(['wait', '1000000'], { sandbox: sandboxForTest(), columns: 80 })
    expect(stderr).toContain('; looked once')
  })
})
