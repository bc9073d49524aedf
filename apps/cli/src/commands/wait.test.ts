import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { runCli, sandboxForTest } from '../testing/run-cli.ts'

describe('wait', () => {
  test('looks until the export is ready, and prints its id', async () => {
    const clock = hurriedClock()
    const sandbox = sandboxForTest({ clock })
    await sandbox.setState('export 42 is being prepared', { seconds: 3 })
    const { exitCode, stdout, stderr, requests } = await runCli(['wait', '42'], { sandbox, clock, columns: 80 })
    expect([exitCode, stdout]).toEqual([0, '42\n'])
    expect(stderr).toContain('42: status ready\n')
    expect(requests.length).toBeGreaterThan(1)
    expect(new Set(requests)).toEqual(new Set(['/v1/hood/exports/42?fields=id,status']))
  })

  test('--until waits for something else, and asks for nothing but that', async () => {
    const { stdout, requests } = await runCli(['wait', '1000000', '--until', 'download_count>=1', '--json'], {
      sandbox: sandboxForTest(),
    })
    expect(JSON.parse(stdout)).toEqual({ id: '1000000', download_count: 1 })
    expect(requests).toEqual(['/v1/hood/exports/1000000?fields=id,download_count'])
  })

  test('--unless gives up, with exit code 1', async () => {
    const sandbox = sandboxForTest()
    await sandbox.setState('export 42 has failed')
    const { exitCode, stdout, stderr } = await runCli(['wait', '42', '--unless', 'status=failed'], { sandbox })
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toBe('error: 42 has status failed, and status=failed was the sign to give up\n')
  })

  test('gives up at the deadline, with exit code 5', async () => {
    const clock = hurriedClock()
    const sandbox = sandboxForTest({ clock })
    await sandbox.setState('export 42 is being prepared', { seconds: 600 })
    const { exitCode, stdout, stderr } = await runCli(['wait', '42', '--deadline', '4s'], { sandbox, clock })
    expect([exitCode, stdout]).toEqual([5, ''])
    expect(stderr).toContain('raise --deadline to wait longer')
  })

  test.each(['--until', '--unless'])('%s names itself when its condition is none', async (flag) => {
    const { exitCode, stderr, requests } = await runCli(['wait', '42', flag, 'ready'])
    expect([exitCode, requests]).toEqual([2, []])
    expect(stderr).toMatch(new RegExp(`^error: ${flag} "ready" has no name or no operator: `))
  })

  test('an export that is not there is reported at once', async () => {
    const { exitCode } = await runCli(['wait', '42'], { sandbox: sandboxForTest() })
    expect(exitCode).toBe(4)
  })
})
