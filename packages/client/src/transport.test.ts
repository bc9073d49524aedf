import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { toResult } from './errors.ts'
import type { ExportsEvent } from './events.ts'
import { CORES } from './fixtures/client-under-test.ts'
import { createRateLimiter } from './rate-limit/limiter.ts'
import type { Scenario } from './testing/scenario.ts'

describe.each(CORES)('an abort of a client %s', (_name, arrange) => {
  const states: [string, Scenario | undefined, number][] = [
    ['while the server is silent', { kind: 'silent' }, 1],
    ['in the middle of a body', { kind: 'stalled-body', bytes: 5 }, 1],
    ['while backing off', { kind: 'network' }, 1],
    ['while the API asks to wait', { kind: 'status', status: 429, retryAfterS: 60 }, 1],
  ]
  test.each(states)('%s, a call ends at once and leaves nothing behind', async (_title, scenario, sent) => {
    const { client, standIn, clock } = arrange()
    if (scenario) standIn.next(scenario)
    const controller = new AbortController()
    const outcome = toResult(client.list({}, { signal: controller.signal }))
    await clock.advance(10)
    controller.abort(new Error('enough'))
    expect(await outcome).toMatchObject({
      error: { kind: 'aborted', name: 'AbortError', attempts: sent, cause: { message: 'enough' } },
    })
    expect(clock.pending).toBe(0)
    expect(client.limiter.snapshot()).toMatchObject({ queued: 0, inFlight: 0 })
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  test('in the queue, a call ends at once and costs no place', async () => {
    const { client, standIn, clock } = arrange({ limits: 'on' })
    const controller = new AbortController()
    const before = Promise.all(Array.from({ length: 10 }, () => client.list()))
    const waiting = toResult(client.list({}, { signal: controller.signal }))
    const after = client.list()
    await clock.advance(1)
    controller.abort()
    expect((await waiting).error).toMatchObject({ kind: 'aborted', attempts: 0 })
    await clock.runUntilSettled(Promise.all([before, after]))
    expect(standIn.requests).toHaveLength(11)
  })

  test.each<ExportsEvent['type']>(['sent', 'answered', 'retried', 'throttled'])(
    'by a listener of the event "%s", a call ends at once',
    async (type) => {
      const controller = new AbortController()
      const { client, standIn, fails } = arrange(
        {},
        { onEvent: (event) => void (event.type === type && controller.abort()) },
      )
      standIn.next(type === 'throttled' ? { kind: 'status', status: 429 } : { kind: 'answer', status: 503 })
      expect(await fails(client.list({}, { signal: controller.signal }))).toMatchObject({ kind: 'aborted' })
      expect(standIn.requests.length).toBeLessThanOrEqual(1)
      expect(client.limiter.snapshot().inFlight).toBe(0)
    },
  )

  test('by a listener at the head of a download, it ends at once and leaves nothing behind', async () => {
    const controller = new AbortController()
    const { client, fails, clock } = arrange(
      {},
      { onEvent: ({ type }) => void (type === 'answered' && controller.abort()) },
    )
    expect(await fails(client.download('1000000', { signal: controller.signal }))).toMatchObject({ kind: 'aborted' })
    expect(client.limiter.snapshot().inFlight).toBe(0)
    expect(clock.pending).toBe(0)
  })

  test('while a token is awaited, a call ends at once', async () => {
    const { client, standIn, clock } = arrange({}, { token: () => new Promise(() => undefined) })
    const controller = new AbortController()
    const outcome = toResult(client.list({}, { signal: controller.signal }))
    controller.abort()
    expect((await outcome).error).toMatchObject({ kind: 'aborted', attempts: 0 })
    expect(standIn.requests).toHaveLength(0)
    expect(clock.pending).toBe(0)
  })

  test('before it starts, a call sends nothing', async () => {
    const { client, standIn, fails } = arrange()
    expect(await fails(client.list({}, { signal: AbortSignal.abort() }))).toMatchObject({ kind: 'aborted' })
    expect(standIn.requests).toHaveLength(0)
  })

  test('in the middle of a download, the stream ends at once', async () => {
    const { client, standIn, clock } = arrange()
    standIn.next({ kind: 'stalled-body', bytes: 5 })
    const controller = new AbortController()
    const { body } = await client.download('1000000', { signal: controller.signal })
    const outcome = toResult(new Response(body).text())
    await clock.advance(1)
    controller.abort()
    expect((await outcome).error).toMatchObject({ kind: 'aborted' })
    expect(client.limiter.snapshot().inFlight).toBe(0)
  })
})

describe.each(CORES)('a deadline of a client %s', (_name, arrange) => {
  test('a deadline covers waits and attempts', async () => {
    const { client, standIn, fails, clock } = arrange()
    standIn.next({ kind: 'silent' })
    expect(await fails(client.list({}, { deadlineMs: 5_000 }))).toMatchObject({ kind: 'deadline', attempts: 1 })
    expect(clock.now()).toBe(5_000)
  })

  test('a deadline covers a token that never comes', async () => {
    const { client, fails, clock } = arrange({}, { token: () => new Promise(() => undefined) })
    expect(await fails(client.list({}, { deadlineMs: 3_000 }))).toMatchObject({ kind: 'deadline', attempts: 0 })
    expect(clock.now()).toBe(3_000)
  })

  test('a call that cannot leave in time fails at once, with the moment it could', async () => {
    const { client, fails, clock } = arrange({ limits: 'on' })
    await clock.runUntilSettled(Promise.all(Array.from({ length: 150 }, () => client.list())))
    const before = clock.now()
    const error = await fails(client.list({}, { deadlineMs: 5_000 }))
    expect(error).toMatchObject({ kind: 'deadline', attempts: 0, retryAfterMs: expect.any(Number) })
    expect(clock.now()).toBe(before)
    await clock.advance(error.retryAfterMs ?? 0)
    await clock.runUntilSettled(client.list({}, { deadlineMs: 5_000 }))
  })

  test('a longer Retry-After than allowed fails at once, with the wait', async () => {
    const { client, standIn, fails, clock } = arrange({}, { maxRetryAfterMs: 10_000 })
    standIn.next({ kind: 'status', status: 429, retryAfterS: 86_400 })
    expect(await fails(client.list())).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 86_400_000,
      rateLimit: { retryAfter: 86_400_000 },
    })
    expect(clock.now()).toBe(0)
  })
})

describe.each(CORES)('the quota, with a client %s', (_name, arrange) => {
  test('40 calls at once against 10 a second are 40 requests, no 429, and done within 5 % of the ideal 3 s', async () => {
    const { client, standIn, clock } = arrange({ limits: 'on', latencyMs: () => 10 })
    await clock.runUntilSettled(Promise.all(Array.from({ length: 40 }, () => client.list())))
    expect(standIn.requests.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200))
    expect(standIn.requests.at(-1)?.atMs).toBeLessThanOrEqual(3_150)
  })

  test('429s use up no retry', async () => {
    const { client, standIn, clock } = arrange({}, { maxRetries: 1 })
    const refused = { kind: 'status', status: 429 } as const
    standIn.next(refused, refused, refused, { kind: 'answer', status: 503 }, refused)
    expect((await clock.runUntilSettled(client.list())).total).toBe(1)
    expect(standIn.requests.map(({ status }) => status)).toEqual([429, 429, 429, 503, 429, 200])
  })

  test('a limiter that others share may wait longer than this client does', async () => {
    const limiter = createRateLimiter()
    const { client, standIn, fails } = arrange({}, { limiter, maxRetryAfterMs: 10_000 })
    standIn.next({ kind: 'status', status: 429, retryAfterS: 60 })
    expect(await fails(client.list())).toMatchObject({ kind: 'rate-limited', retryAfterMs: 60_000, attempts: 1 })
  })

  test('160 calls at once are 160 answers and no 429', async () => {
    const { client, standIn, clock } = arrange({ limits: 'on', latencyMs: () => 20 })
    const pages = await clock.runUntilSettled(Promise.all(Array.from({ length: 160 }, () => client.list())))
    expect(pages).toHaveLength(160)
    expect(standIn.requests.map(({ status }) => status)).toEqual(Array.from({ length: 160 }, () => 200))
  })

  test('a 429 that comes anyway is waited for by every call, and none is lost', async () => {
    const { client, standIn, clock } = arrange()
    standIn.next({ kind: 'status', status: 429, retryAfterS: 7 })
    await clock.runUntilSettled(client.list())
    expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 7_000])
  })

  test('a download keeps its place in flight until its body has ended', async () => {
    const { client } = arrange()
    const download = await client.download('1000000')
    expect(client.limiter.snapshot().inFlight).toBe(1)
    await download.text()
    expect(client.limiter.snapshot().inFlight).toBe(0)
  })
})

describe.each(CORES)('a request of a client %s', (_name, arrange) => {
  test('fetch is called as a function, as browsers and workers ask of their own', async () => {
    const calledOn: unknown[] = []
    const fetch = async function (this: unknown) {
      calledOn.push(this)
      return Response.json({ total: 0, items: [] })
    }
    await arrange({}, { fetch }).client.list()
    expect(calledOn).toEqual([undefined])
  })
})
