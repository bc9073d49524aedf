import { expect, test } from 'vitest'
import { runCli, sandboxForTest } from '../testing/run-cli.ts'

/** Ten seconds into a minute. */
const clock = { now: () => Date.UTC(2026, 0, 1, 0, 0, 10) }

test('shows both windows, what is left and when they refresh, for one request', async () => {
  const { exitCode, stdout, requests } = await runCli(['limits'], { sandbox: sandboxForTest({ limits: 'on', clock }) })
  expect(exitCode).toBe(0)
  expect(stdout).toBe(
    'in 1 s       9 of 10 left  refreshes within 1 s\nin 1 min  149 of 150 left  refreshes within 50 s\n',
  )
  expect(requests).toHaveLength(1)
})

test('on a terminal draws a bar, and says which window was counted here', async () => {
  const { stdout, stderr } = await runCli(['limits'], { sandbox: sandboxForTest({ limits: 'on', clock }), columns: 60 })
  expect(stdout).toBe(
    'in 1 s    █████████░     9 of 10 left  refreshes within 1 s\n' +
      'in 1 min  ██████████  149 of 150 left  refreshes within 50 s\n',
  )
  expect(stderr.replaceAll('\n', ' ')).toContain('the other one (1 s) is what was counted here')
})

test('what others of the account have used is seen', async () => {
  const sandbox = sandboxForTest({ limits: 'on', clock })
  await sandbox.fetch(
    new Request('http://sandbox.test/v1/hood/exports', { headers: { authorization: 'Bearer sandbox-ana-laptop' } }),
  )
  const { stdout } = await runCli(['limits', '--json'], { sandbox })
  expect(JSON.parse(stdout)).toEqual({
    windows: [
      { name: 'burst', windowMs: 1_000, limit: 10, source: 'counted', remaining: 9, refreshesInMs: expect.any(Number) },
      { name: 'steady', windowMs: 60_000, limit: 150, source: 'api', remaining: 148, refreshesInMs: 50_000 },
    ],
  })
})

test('a used up minute is reported at once, with exit code 5', async () => {
  const sandbox = sandboxForTest({ limits: 'on', clock })
  await sandbox.setState('the minute is used up')
  const { exitCode, stdout, requests } = await runCli(['limits'], { sandbox })
  expect(exitCode).toBe(5)
  expect(stdout).toMatch(/in 1 min +0 of 150 left {2}refreshes within 50 s\nNothing more is accepted for 50 s\.\n$/)
  expect(requests).toHaveLength(1)
})
