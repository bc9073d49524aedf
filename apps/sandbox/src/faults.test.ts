import { describe, expect, onTestFinished, test } from 'vitest'
import type { SandboxOptions } from './sandbox.ts'
import { LIST, REPORT, bench } from './testing/bench.ts'
import type { Bench } from './testing/bench.ts'

function begin(options: SandboxOptions = {}): Bench {
  const at = bench({ items: 20, limits: 'off', faults: 'on', ...options })
  onTestFinished(() => at.sandbox.close())
  return at
}

const fault = (value: string): { headers: Record<string, string> } => ({ headers: { 'x-fault': value } })
const FILE = `${LIST}/1000000/download`

describe('the fault', () => {
  test.each([400, 401, 404, 429, 500])('status=%i answers every operation in the documented shape', async (status) => {
    const { ask } = begin()
    for (const [path, options] of [
      [LIST, {}],
      [`${LIST}/1000000`, {}],
      [FILE, {}],
      [`${LIST}/1000000/retry`, { method: 'POST' }],
      [REPORT, { json: {} }],
    ] as const) {
      const reply = await ask(path, { ...options, ...fault(`status=${status}`) })
      expect(reply.status).toBe(status)
      expect(reply.json).toMatchObject({ code: status, title: expect.any(String) })
      expect(reply.headers['content-disposition']).toBeUndefined()
      expect('x-ratelimit-limit' in reply.headers).toBe(status !== 429)
      expect(reply.headers['retry-after']).toBe(status === 429 ? '1' : undefined)
    }
  })

  test('delay answers when the time has passed, not before', async () => {
    const { ask, clock } = begin()
    let isAnswered = false
    const reply = ask(LIST, fault('delay=250ms')).finally(() => {
      isAnswered = true
    })
    clock.advance(249)
    await turn()
    expect(isAnswered).toBe(false)
    clock.advance(1)
    expect((await reply).status).toBe(200)
  })

  test('delay answers with what is there after it', async () => {
    const { sandbox, ask, clock } = begin()
    await ask(LIST)
    const reply = ask(LIST, fault('delay=1000'))
    await turn()
    await sandbox.setState('no exports exist')
    clock.advance(1_000)
    expect((await reply).json).toEqual({ total: 0, items: [] })
  })

  test('delay ends for a caller that aborts', async () => {
    const { send } = begin({ limits: { windows: [{ limit: 9, windowMs: 60_000 }], parallel: 1 } })
    const abort = new AbortController()
    const reply = send(LIST, { ...fault('delay=600000ms'), signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(reply).rejects.toThrow('enough')
  })

  test('delay ends when the sandbox is closed', async () => {
    const { sandbox, send } = begin({ clock: { now: () => 0 } })
    const reply = send(LIST, fault('delay=600000ms'))
    sandbox.close()
    await expect(reply).rejects.toThrow('The sandbox is closed')
  })

  test('drop is what fetch throws when the connection breaks', async () => {
    const { send } = begin()
    await expect(send(LIST, fault('drop'))).rejects.toThrow(new TypeError('fetch failed'))
  })

  test('truncate breaks the body after so many bytes', async () => {
    const { send } = begin()
    for (const [path, bytes] of [
      [LIST, 100],
      [FILE, 40],
      [FILE, 0],
    ] as const) {
      const { status, body } = await send(path, fault(`truncate=${bytes}`))
      expect(status).toBe(200)
      const reader = (body as ReadableStream<Uint8Array>).getReader()
      let received = 0
      const readAll = async (): Promise<void> => {
        for (;;) {
          const { done, value } = await reader.read()
          if (done) return
          received += value.length
        }
      }
      await expect(readAll()).rejects.toThrow('terminated')
      expect(received).toBe(bytes)
    }
  })

  test('truncate leaves a shorter answer of known length whole', async () => {
    const { ask } = begin()
    expect((await ask(LIST, fault('truncate=9999999'))).json).toMatchObject({ total: 20 })
  })

  test('html is a page of a proxy with status 200', async () => {
    const { ask } = begin()
    const { status, text, headers } = await ask(FILE, fault('html'))
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(text).toContain('Please sign in')
  })

  test('empty-500 has neither body nor type', async () => {
    const { ask } = begin()
    const { status, text, headers } = await ask(LIST, fault('empty-500'))
    expect([status, text, headers['content-type']]).toEqual([500, '', undefined])
  })

  test('no-items is an envelope without them', async () => {
    const { ask } = begin()
    expect((await ask(LIST, fault('no-items'))).json).toEqual({ total: 1 })
  })

  test('unknown-values adds what is not documented', async () => {
    const { ask } = begin()
    const { status, json } = await ask(`${LIST}/1000000?fields=id,status`, fault('unknown-values'))
    expect([status, json]).toEqual([
      200,
      {
        total: 1,
        items: [{ id: '1000000', status: 'status-from-the-future', member_from_the_future: { a: 1 } }],
        envelope_member_from_the_future: true,
      },
    ])
  })

  test('unknown-values adds it to an operation too', async () => {
    const { ask } = begin({ newOperationId: () => 'x' })
    const { status, json } = await ask(REPORT, { json: {}, ...fault('unknown-values') })
    expect([status, json]).toEqual([
      202,
      {
        id: 'x',
        company_id: '1000001',
        member_id: '1000001',
        name: 'quick-report-export',
        status: 'status-from-the-future',
        start_time: '2026-01-01 00:00:00',
        member_from_the_future: { a: 1 },
      },
    ])
  })

  test.each(['drop', 'status=500', 'truncate=5', 'html', 'empty-500', 'no-items', 'delay=0'])(
    '%s of a POST changes its answer after the operation has been carried out, once',
    async (value) => {
      const { send, list } = begin()
      for (const [path, options] of [
        [REPORT, { json: { name: 'Mine' } }],
        [`${LIST}/1000000/retry`, { method: 'POST' }],
      ] as const) {
        await send(path, { ...options, ...fault(value) }).catch(() => 'dropped')
      }
      expect(await list('?name=eq:Mine - 01.01.2026 00:00:00&fields=status')).toMatchObject({ total: 1 })
      expect((await list('?id=1000000&fields=status,attempt_count')).items).toEqual([
        { status: 'queued', attempt_count: 2 },
      ])
    },
  )

  test.each(['status=400', 'status=429', 'retry-after=-1'])(
    '%s of a POST says that it was refused, and nothing is made',
    async (value) => {
      const { ask, list } = begin()
      expect((await ask(REPORT, { json: {}, ...fault(value) })).status).toBeLessThan(500)
      expect((await list()).total).toBe(20)
    },
  )

  test('retry-after=-1 is the limit on parallel requests', async () => {
    const { ask } = begin()
    const { status, headers } = await ask(LIST, fault('retry-after=-1'))
    expect([status, headers['retry-after']]).toEqual([429, '-1'])
  })

  test('of every request happens to its share, and to the same requests for the same seed', async () => {
    const statuses = async (seed: number): Promise<number[]> => {
      const { ask } = begin({ faults: 'status=500@50%', seed })
      const seen: number[] = []
      for (let count = 0; count < 40; count += 1) seen.push((await ask(LIST)).status)
      return seen
    }
    const first = await statuses(1)
    expect(new Set(first)).toEqual(new Set([200, 500]))
    expect(await statuses(1)).toEqual(first)
    expect(await statuses(2)).not.toEqual(first)
  })

  test('that does not exist leaves a POST undone', async () => {
    const { ask, list } = begin()
    expect((await ask(REPORT, { json: {}, ...fault('nope') })).status).toBe(400)
    expect((await list()).total).toBe(20)
  })

  test('delay of a POST comes before the operation', async () => {
    const { ask, list, clock } = begin()
    const reply = ask(REPORT, { json: {}, ...fault('delay=1000ms') })
    await turn()
    expect((await list()).total).toBe(20)
    clock.advance(1_000)
    expect((await reply).status).toBe(202)
    expect((await list()).total).toBe(21)
  })

  test('of several, each is applied', async () => {
    const { ask, clock } = begin()
    const reply = ask(LIST, fault('delay=5ms, status=500'))
    clock.advance(5)
    expect((await reply).status).toBe(500)
    expect((await ask(LIST, fault('no-items,unknown-values'))).json).toEqual({
      total: 1,
      envelope_member_from_the_future: true,
    })
  })

  test.each([
    '',
    'nope',
    'status=200',
    'status',
    'delay',
    'delay=1h',
    'delay=600001',
    'truncate=-1',
    'drop=1',
    'html,',
  ])('that does not exist ("%s") is a 400: a test must not pass by accident', async (value) => {
    const { ask } = begin()
    const { status, headers } = await ask(LIST, fault(value))
    expect(status).toBe(400)
    expect(headers['x-sandbox-reason']).toContain('is not a fault: give status=500, retry-after=30')
  })

  test('is counted like any request, and gives its place in parallel back', async () => {
    const { ask, send } = begin({ limits: { windows: [{ limit: 90, windowMs: 60_000 }], parallel: 1 } })
    await ask(LIST, fault('status=500'))
    await send(LIST, fault('drop')).catch(() => {})
    await ask(LIST, fault('nope'))
    expect((await ask(LIST)).headers['x-ratelimit-remaining']).toBe('86')
  })

  test('is a 400 that names the switch while faults are off: no test passes because nothing went wrong', async () => {
    const { ask } = begin({ faults: 'off' })
    const { status, headers } = await ask(LIST, fault('status=500'))
    expect([status, headers['x-sandbox-reason']]).toEqual([400, 'faults are off: start the sandbox with --faults on'])
    expect((await ask(LIST)).status).toBe(200)
  })
})

/** Lets everything that is ready settle. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
