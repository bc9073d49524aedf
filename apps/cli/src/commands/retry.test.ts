import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { runCli } from '../testing/run-cli.ts'
import { faulty, sandboxWith } from '../testing/sync-account.ts'

const FAILED = { status: 'failed', size: null } as const

describe('retry', () => {
  test('runs exports again, each once, and prints their ids', async () => {
    const sandbox = await sandboxWith([FAILED, FAILED])
    const { exitCode, stdout, requests } = await runCli(['retry', '1000000', '1000001', '1000000'], { sandbox })
    expect([exitCode, stdout]).toEqual([0, '1000000\n1000001\n'])
    expect(requests).toEqual(['POST /v1/hood/exports/1000000/retry', 'POST /v1/hood/exports/1000001/retry'])
  })

  test('--json prints each with its operation', async () => {
    const sandbox = await sandboxWith([FAILED])
    const { stdout } = await runCli(['retry', '1000000', '--json'], { sandbox })
    expect(JSON.parse(stdout)).toMatchObject({ id: '1000000', operation: { status: 'running' } })
  })

  test('- takes what "list --output ndjson" has found', async () => {
    const sandbox = await sandboxWith([FAILED, {}, FAILED])
    const { stdout: stdin } = await runCli(['list', '--where', 'status=failed', '--output', 'ndjson'], { sandbox })
    const { stdout } = await runCli(['retry', '-'], { sandbox, stdin })
    expect(stdout).toBe('1000002\n1000000\n')
  })

  test('--wait waits for all of them, and prints each that is ready', async () => {
    const clock = hurriedClock()
    const sandbox = await sandboxWith([FAILED, FAILED], { clock })
    const { exitCode, stdout, stderr } = await runCli(['retry', '1000000', '1000001', '--wait'], {
      sandbox,
      clock,
      columns: 80,
    })
    expect([exitCode, stdout]).toEqual([0, '1000000\n1000001\n'])
    expect(stderr).toContain('1000000: status processing')
  })

  test('--wait says what fails again, with exit code 1', async () => {
    const clock = hurriedClock()
    const sandbox = await sandboxWith([FAILED], { clock })
    await sandbox.setState('making an export takes', { seconds: 2, outcome: 'failed' })
    const { exitCode, stdout, stderr } = await runCli(['retry', '1000000', '--wait'], { sandbox, clock })
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^error: 1000000 was run again and has status failed: /)
  })

  test('--wait does not take the failure of the run before for that of the new one', async () => {
    const clock = hurriedClock()
    const sandbox = await sandboxWith([FAILED], { clock })
    let isAccepted = false
    const late = {
      ...sandbox,
      // The API goes on showing the old run for a few looks.
      fetch: async (request: Request): Promise<Response> => {
        const isLook = request.method === 'GET'
        if (!isLook) isAccepted = true
        const answer = await sandbox.fetch(request)
        if (!isLook || !isAccepted || clock.now() > 2_000) return answer
        const list = (await answer.json()) as { items: Record<string, unknown>[] }
        const items = list.items.map((item) => ({
          ...item,
          ...FAILED,
          attempt_count: 1,
          update_time: '2021-07-30 12:50:13',
        }))
        return Response.json({ ...list, items }, { headers: answer.headers })
      },
    }
    const { exitCode, stdout } = await runCli(['retry', '1000000', '--wait'], { sandbox: late, clock })
    expect([exitCode, stdout]).toEqual([0, '1000000\n'])
  })

  test('when some fail, the others are run again and the exit code is 7', async () => {
    const sandbox = await sandboxWith([FAILED, { status: 'processing' }])
    const { exitCode, stdout, stderr } = await runCli(['retry', '42', '1000001', '1000000'], { sandbox })
    expect([exitCode, stdout]).toEqual([7, '1000000\n'])
    expect(stderr).toMatch(/^error: 42: The API answered 404: .*\nerror: 1000001: The API answered 400: .*\n$/)
  })

  test('a refused token ends it', async () => {
    const sandbox = await sandboxWith([FAILED, FAILED])
    const { exitCode, requests } = await runCli(['retry', '1000000', '1000001'], {
      sandbox,
      env: { HOOD_TOKEN: 'wrong' },
    })
    expect([exitCode, requests.length]).toEqual([3, 1])
  })

  test('a request without an answer is not sent again, and how to look is reported', async () => {
    const sandbox = faulty(await sandboxWith([FAILED]), '/retry', ['drop'])
    const { exitCode, stderr, requests } = await runCli(['retry', '1000000'], { sandbox })
    expect([exitCode, requests.length]).toEqual([6, 1])
    expect(stderr).toMatch(/is unknown: look before you send it again: hood-exports get 1000000\n$/)
  })

  test('--verbose says the method', async () => {
    const { stderr } = await runCli(['retry', '1000000', '-v'], { sandbox: await sandboxWith([FAILED]) })
    expect(stderr).toMatch(/^#1 POST \/v1\/hood\/exports\/1000000\/retry\n#1 202 /)
  })

  test('what is no id is refused before anything is sent', async () => {
    const { exitCode, requests } = await runCli(['retry', '1000000', 'x'])
    expect([exitCode, requests]).toEqual([2, []])
  })
})
