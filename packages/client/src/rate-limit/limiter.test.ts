import { getEventListeners } from 'node:events'
import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FixedWindowServer } from '../testing/fixed-window-server.ts'
import type { FixedWindowServerOptions } from '../testing/fixed-window-server.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createRateLimiter } from './limiter.ts'
import type { AcquireOptions, Lease, RateLimiterOptions } from './limiter.ts'

const OK = { status: 200, headers: new Headers() }
const refusal = (retryAfter: string): { status: number; headers: Headers } => ({
  status: 429,
  headers: new Headers({ 'retry-after': retryAfter }),
})

function arrange(options: RateLimiterOptions = {}) {
  const clock = createManualClock({ now: 5_000 })
  const limiter = createRateLimiter({ clock, ...options })
  const granted: { name: string; at: number }[] = []
  /** Asks for a place, and notes when it was granted. */
  const ask = async (name: string, options: AcquireOptions = {}): Promise<Lease> => {
    const lease = await limiter.acquire(options)
    granted.push({ name, at: clock.now() - 5_000 })
    return lease
  }
  return { clock, limiter, granted, ask }
}

describe('a limiter', () => {
  test('grants at once, without a promise and without a timer, while there is budget', () => {
    const { limiter, clock } = arrange({ maxInFlight: 10 })
    for (let call = 0; call < 10; call += 1) expect(limiter.acquire()).not.toBeInstanceOf(Promise)
    expect(limiter.acquire()).toBeInstanceOf(Promise)
    expect(clock.pending).toBe(0)
  })

  test.each<[unknown, string]>([
    [{ maxQ: 3 }, '"maxQ" is not an option. Allowed: windows, maxInFlight, maxQueue, maxRetryAfterMs, probe, clock'],
    [{ probe: true }, 'probe: true is not one of never, once'],
    [{ maxQueue: -1 }, 'maxQueue: -1 is not a whole number from 0'],
    [{ maxInFlight: 0 }, 'maxInFlight: 0 is not a number from 1'],
    [{ windows: 5 }, 'windows: 5 is not a list of windows'],
    [{ windows: [{ name: 'w', limit: '1', windowMs: 1_000 }] }, 'each with a name, a whole limit from 1'],
    [{ windows: [{ name: 'w', limit: 1, lengthMs: 1_000 }] }, 'and windowMs from 1'],
    [{ clock: {} }, 'clock: {} is not a clock'],
    [5, 'options is of type number'],
    [null, 'options is null'],
  ])('made with %o is refused: it would limit nothing, or let nothing leave', (options, message) => {
    expect(() => createRateLimiter(options as RateLimiterOptions)).toThrow(message)
  })

  test('counts a request from its sending until one window after its answer', async () => {
    const { limiter, clock, ask, granted } = arrange({ maxInFlight: 20 })
    const leases = Array.from({ length: 10 }, () => limiter.acquire() as Lease)
    const waiting = ask('eleventh')
    await clock.advance(300)
    leases[3]?.answered(OK)
    leases[3]?.release()
    await clock.advance(1_000)
    await waiting
    expect(granted).toEqual([{ name: 'eleventh', at: 1_300 }])
  })

  test('keeps the order of the calls, within one priority', async () => {
    const { limiter, clock, ask, granted } = arrange({ windows: [{ name: 'w', limit: 1, windowMs: 1_000 }] })
    const first = limiter.acquire() as Lease
    const finish = (lease: Lease): void => (lease.answered(OK), lease.release())
    const calls = [ask('a'), ask('b'), ask('urgent', { priority: 1 }), ask('c'), ask('idle', { priority: -1 })].map(
      (call) => call.then(finish),
    )
    finish(first)
    await clock.runUntilSettled(Promise.all(calls))
    expect(granted.map(({ name }) => name)).toEqual(['urgent', 'a', 'b', 'c', 'idle'])
    expect(granted.map(({ at }) => at)).toEqual([1_000, 2_000, 3_000, 4_000, 5_000])
  })

  test('a retry goes back to its old place', async () => {
    const { limiter, clock, ask, granted } = arrange({ maxInFlight: 1 })
    const first = limiter.acquire() as Lease
    const second = ask('second')
    first.answered(refusal('1'))
    const retry = ask('retry', { after: first })
    first.release()
    await clock.advance(1_000)
    const lease = await retry
    expect(granted).toEqual([{ name: 'retry', at: 1_000 }])
    lease.release()
    await clock.runUntilSettled(second)
  })

  test('a call that is aborted while it waits costs nothing, and one listener serves all calls of a signal', async () => {
    const { limiter, clock } = arrange({ windows: [{ name: 'w', limit: 1, windowMs: 1_000 }] })
    const { signal, abort } = (() => {
      const controller = new AbortController()
      return { signal: controller.signal, abort: () => controller.abort(new Error('enough')) }
    })()
    const first = limiter.acquire() as Lease
    const waiting = Array.from({ length: 100 }, () =>
      Promise.resolve(limiter.acquire({ signal })).catch((error: Error) => error.message),
    )
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    abort()
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['enough']))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    first.release()
    expect(clock.pending).toBe(0)
    expect(limiter.snapshot().queued).toBe(0)
  })

  test('a full queue refuses at once', async () => {
    const { limiter } = arrange({ windows: [{ name: 'w', limit: 1, windowMs: 1_000 }], maxQueue: 2 })
    void limiter.acquire()
    void limiter.acquire()
    void limiter.acquire()
    await expect(limiter.acquire()).rejects.toMatchObject({
      kind: 'queue-full',
      message: expect.stringContaining('maxQueue is 2'),
    })
  })

  test('a deadline that cannot be met is refused at once, and one that passes while waiting when it has', async () => {
    const { limiter, clock } = arrange({ windows: [{ name: 'w', limit: 1, windowMs: 1_000 }] })
    const first = limiter.acquire() as Lease
    await expect(limiter.acquire({ deadlineMs: 5_999 })).rejects.toMatchObject({
      kind: 'deadline',
      retryAfterMs: 1_000,
    })
    const hopeful = Promise.resolve(limiter.acquire({ deadlineMs: 6_000 })).catch((error: unknown) => error)
    await clock.advance(400)
    // Only now is the answer known: the place frees at 6,400.
    first.answered(OK)
    first.release()
    expect(await hopeful).toMatchObject({ kind: 'deadline', retryAfterMs: 1_000 })
    expect(clock.pending).toBe(0)
  })

  test('a deadline that is over already is called that', async () => {
    const { limiter } = arrange()
    await expect(limiter.acquire({ deadlineMs: 4_999 })).rejects.toMatchObject({
      kind: 'deadline',
      message: 'The deadline of this call has passed before it left',
    })
  })

  test('a deadline is kept while nothing is heard of the requests in flight', async () => {
    const { limiter, clock } = arrange({ maxInFlight: 1 })
    void limiter.acquire()
    const waiting = Promise.resolve(limiter.acquire({ deadlineMs: 7_000 })).catch((error: unknown) => error)
    await clock.advance(2_000)
    expect(await waiting).toMatchObject({ kind: 'deadline' })
  })

  test('says when a call made now would leave', async () => {
    const { limiter, clock } = arrange()
    expect(limiter.estimate()).toBe(5_000)
    expect(limiter.estimate({ calls: 11 })).toBe(6_000)
    expect(limiter.estimate({ calls: 151 })).toBe(65_000)
    expect(limiter.estimate({ calls: 301 })).toBe(125_000)
    for (let call = 0; call < 10; call += 1) void limiter.acquire()
    expect(limiter.estimate()).toBe(clock.now() + 1_000)
  })

  test('shows both windows, what waits and what is in flight', () => {
    const { limiter } = arrange()
    const [one, two] = [limiter.acquire() as Lease, limiter.acquire() as Lease]
    one.answered({ status: 200, headers: quota(150, 148, 30) })
    one.release()
    expect(limiter.snapshot()).toEqual({
      windows: [
        { name: 'burst', limit: 10, used: 2, remaining: 8, refreshesInMs: undefined },
        { name: 'steady', limit: 150, used: 2, remaining: 148, refreshesInMs: 31_000 },
      ],
      queued: 0,
      inFlight: 1,
      maxInFlight: 6,
    })
    two.release()
  })

  test('a lease that is released twice gives one place back', () => {
    const { limiter } = arrange()
    const lease = limiter.acquire() as Lease
    lease.release()
    lease.release()
    expect(limiter.snapshot().inFlight).toBe(0)
  })
})

describe('a 429', () => {
  test('closes one gate for every call, for as long as it says', async () => {
    const { limiter, clock, ask, granted } = arrange()
    const [one] = [limiter.acquire() as Lease]
    expect(one.answered(refusal('3'))).toEqual({ kind: 'retry' })
    one.release()
    const others = [ask('a', { after: one }), ask('b'), ask('c')]
    await clock.advance(2_999)
    expect(granted).toEqual([])
    await clock.advance(1)
    await Promise.all(others)
    expect(granted.map(({ at }) => at)).toEqual([3_000, 3_000, 3_000])
  })

  test('with a longer wait than allowed is handed to its call, and every other fails at once until it has passed', async () => {
    const { limiter, clock, ask } = arrange({ maxRetryAfterMs: 60_000, maxInFlight: 1 })
    const lease = limiter.acquire() as Lease
    const waiting = ask('waiting').catch((error: unknown) => error)
    const delayed = ask('delayed', { notBeforeMs: 10_000 }).catch((error: unknown) => error)
    expect(lease.answered(refusal('3600'))).toEqual({ kind: 'refused-too-long', waitMs: 3_600_000 })
    lease.release()
    expect(await Promise.all([waiting, delayed])).toMatchObject([
      { kind: 'rate-limited', retryAfterMs: 3_600_000 },
      { kind: 'rate-limited', retryAfterMs: 3_600_000 },
    ])
    expect(clock.pending).toBe(0)
    await clock.advance(1_800_000)
    await expect(limiter.acquire()).rejects.toThrow(
      'A 429 has asked every call to wait for another 1800 s, longer than maxRetryAfterMs: call then, or allow it',
    )
    await clock.advance(1_740_000)
    const patient = ask('patient')
    await clock.advance(60_000)
    await patient
  })

  test.each([
    ['absent', '', 1_000],
    ['not a number', 'NaN', 1_000],
    ['a negative number other than -1', '-5', 1_000],
    ['0: the smallest pause', '0', 50],
    ['fractional', '1.5', 1_500],
    ['a date in the future', new Date(5_000 + 7_000).toUTCString(), 7_000],
    ['a date in the past', new Date(0).toUTCString(), 50],
    ['beyond what a timer holds', '2678400', 2_678_400_000],
    ['longer than a month, which is a mistake', '1000000000000', 1_000],
  ])('whose Retry-After is %s is waited out', async (_title, value, expectedMs) => {
    const { limiter, clock, ask, granted } = arrange({ maxRetryAfterMs: Infinity })
    const lease = limiter.acquire() as Lease
    lease.answered(refusal(value))
    lease.release()
    await clock.runUntilSettled(ask('again', { after: lease }))
    expect(granted).toEqual([{ name: 'again', at: expectedMs }])
  })

  test('without Retry-After and without windows is waited for a second', async () => {
    const { limiter, clock, ask, granted } = arrange({ windows: [] })
    const lease = limiter.acquire() as Lease
    lease.answered({ status: 429, headers: new Headers() })
    lease.release()
    await clock.runUntilSettled(ask('again', { after: lease }))
    expect(granted).toEqual([{ name: 'again', at: 1_000 }])
  })

  test('with Retry-After -1 waits for an in-flight request, not for a time', async () => {
    const { limiter, clock, ask, granted } = arrange()
    const [running, refused] = [limiter.acquire() as Lease, limiter.acquire() as Lease]
    refused.answered(refusal('-1'))
    refused.release()
    const retry = ask('retry', { after: refused })
    await clock.advance(10_000)
    expect(granted).toEqual([])
    running.release()
    await retry
    expect(granted).toEqual([{ name: 'retry', at: 10_000 }])
  })

  test('with Retry-After -1 and nothing else in flight tries again after a second, then two', async () => {
    const { limiter, clock, ask, granted } = arrange()
    const first = limiter.acquire() as Lease
    first.answered(refusal('-1'))
    first.release()
    const second = await clock.runUntilSettled(ask('second', { after: first }))
    second.answered(refusal('-1'))
    second.release()
    await clock.runUntilSettled(ask('third', { after: second }))
    expect(granted.map(({ at }) => at)).toEqual([1_000, 3_000])
  })

  test('with Retry-After -1 is rare: six requests leave before any answer, and twice as many once those are answered', () => {
    const { limiter } = arrange({ windows: [] })
    const leases = Array.from({ length: 20 }, () => limiter.acquire())
    expect(leases.filter((lease) => !(lease instanceof Promise))).toHaveLength(6)
    for (const lease of leases.slice(0, 6)) (lease as Lease).answered(OK)
    expect(limiter.snapshot()).toMatchObject({ inFlight: 12, maxInFlight: 12, queued: 8 })
  })

  test('with Retry-After -1 lowers the learnt limit, and answers raise it again', async () => {
    const { limiter, clock } = arrange({ windows: [] })
    const leases = Array.from({ length: 5 }, () => limiter.acquire() as Lease)
    leases[4]?.answered(refusal('-1'))
    leases[4]?.release()
    expect(limiter.snapshot().maxInFlight).toBe(4)
    for (const lease of leases.slice(0, 4)) {
      lease.answered(OK)
      lease.release()
    }
    for (let call = 0; call < 146; call += 1) {
      const lease = await clock.runUntilSettled(Promise.resolve(limiter.acquire()))
      lease.answered(OK)
      lease.release()
    }
    expect(limiter.snapshot().maxInFlight).toBe(5)
  })
})

describe('what headers teach', () => {
  test('the end of the minute: the next requests leave then, not a minute after the last answers', async () => {
    const { limiter, clock, ask, granted } = arrange({ maxInFlight: 20 })
    for (let burst = 0; burst < 15; burst += 1) {
      const leases = Array.from({ length: 10 }, () => limiter.acquire() as Lease)
      for (const [place, lease] of leases.entries()) {
        lease.answered({ status: 200, headers: quota(150, 149 - burst * 10 - place, 40 - burst) })
        lease.release()
      }
      await clock.advance(1_000)
    }
    await clock.runUntilSettled(ask('next'))
    // 40 s after the first answer, and one for rounding that is not known.
    expect(granted).toEqual([{ name: 'next', at: 41_000 }])
  })

  test('requests of somebody else: their share is left to them', () => {
    const { limiter } = arrange()
    const lease = limiter.acquire() as Lease
    lease.answered({ status: 200, headers: quota(150, 100, 30) })
    expect(limiter.snapshot().windows[1]).toMatchObject({ used: 50, remaining: 100 })
  })

  test('that a window is over: more is left than after an earlier answer', async () => {
    const { limiter, clock } = arrange({ windows: [{ name: 'w', limit: 3, windowMs: 10_000 }] })
    const answer = (remaining: number): void => {
      const lease = limiter.acquire() as Lease
      lease.answered({ status: 200, headers: quota(3, remaining, 10) })
      lease.release()
    }
    for (const remaining of [2, 1, 0]) {
      answer(remaining)
      await clock.advance(1)
    }
    expect(limiter.snapshot().windows[0]?.remaining).toBe(0)
    await clock.advance(9_998)
    answer(2)
    expect(limiter.snapshot().windows[0]?.remaining).toBe(2)
  })

  test('that windows are over: fewer are used than were sent', async () => {
    const { limiter, clock } = arrange({ windows: [{ name: 'w', limit: 3, windowMs: 10_000 }] })
    for (const headers of [new Headers(), new Headers(), quota(3, 2, 10)]) {
      const lease = limiter.acquire() as Lease
      await clock.advance(1)
      lease.answered({ status: 200, headers })
      lease.release()
      await clock.advance(1)
    }
    expect(limiter.snapshot().windows[0]?.remaining).toBe(2)
  })

  test('the end of the second, from two windows that start less than a second apart', async () => {
    const { limiter, clock, ask, granted } = arrange({ windows: [{ name: 'w', limit: 2, windowMs: 1_000 }] })
    const answer = (lease: Lease, remaining: number): void => {
      lease.answered({ status: 200, headers: quota(2, remaining, 1) })
      lease.release()
    }
    answer(limiter.acquire() as Lease, 1)
    await clock.advance(400)
    // The window has ended between the two: so it ends again a second later, and not one second after this answer.
    answer(limiter.acquire() as Lease, 1)
    await clock.advance(100)
    answer(limiter.acquire() as Lease, 0)
    await clock.runUntilSettled(ask('next'))
    expect(granted.map(({ at }) => Math.round(at))).toEqual([1_400])
  })

  test('that a refused request was not counted, and its place is free again', async () => {
    const { limiter, clock } = arrange({ windows: [{ name: 'w', limit: 150, windowMs: 60_000 }] })
    const answer = (lease: Lease, remaining: number): void => {
      lease.answered({ status: 200, headers: quota(150, remaining, remaining === 149 ? 60 : 59) })
      lease.release()
    }
    answer(limiter.acquire() as Lease, 149)
    // The window is known to have begun before this.
    await clock.advance(1_100)
    const [running, ...refused] = [limiter.acquire() as Lease, limiter.acquire() as Lease, limiter.acquire() as Lease]
    for (const lease of refused) {
      lease.answered(refusal('-1'))
      lease.release()
    }
    answer(running, 148)
    expect(limiter.snapshot().windows[0]?.used).toBe(4)
    await clock.advance(1)
    answer(await clock.runUntilSettled(Promise.resolve(limiter.acquire())), 147)
    expect(limiter.snapshot().windows[0]?.used).toBe(3)
  })

  test('nothing more from a Remaining that grows by itself, once a 429 has shown that it lies', async () => {
    const { limiter, clock, ask, granted } = arrange({ windows: [{ name: 'w', limit: 2, windowMs: 10_000 }] })
    const answer = (lease: Lease, remaining: number): void => {
      lease.answered({ status: 200, headers: quota(2, remaining, 10) })
      lease.release()
    }
    for (let call = 0; call < 3; call += 1) {
      answer(limiter.acquire() as Lease, 1)
      await clock.advance(1)
    }
    const refused = limiter.acquire() as Lease
    refused.answered(refusal('10'))
    refused.release()
    for (const name of ['first', 'second', 'third']) {
      const lease = await clock.runUntilSettled(ask(name))
      await clock.advance(1)
      answer(lease, 1)
      await clock.advance(1)
    }
    expect(granted.map(({ at }) => Math.floor(at / 1_000))).toEqual([10, 10, 20])
  })

  test.each([
    ['a limit that is none of the windows', quota(99, 0, 30)],
    ['a negative rest', quota(150, -3, 30)],
    ['text', new Headers({ 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': 'few' })],
    ['nothing', new Headers()],
  ])('nothing, when they say %s', (_title, headers) => {
    const { limiter } = arrange()
    const lease = limiter.acquire() as Lease
    expect(lease.answered({ status: 200, headers })).toEqual({ kind: 'pass' })
    expect(limiter.snapshot().windows[1]).toMatchObject({ used: 1, remaining: 149, refreshesInMs: undefined })
  })

  test.each([
    ['milliseconds', 30_000],
    ['an absurd number', 1e12],
  ])('no end of a window, when Reset is in %s', (_title, reset) => {
    const { limiter } = arrange()
    const lease = limiter.acquire() as Lease
    lease.answered({ status: 200, headers: quota(150, 149, reset) })
    expect(limiter.snapshot().windows[1]).toMatchObject({ refreshesInMs: undefined })
  })

  test('nothing that survives a clock that jumps, or a machine that slept', () => {
    const { limiter, clock } = arrange()
    const lease = limiter.acquire() as Lease
    lease.answered({ status: 200, headers: quota(150, 149, 30) })
    clock.setWall(3_600_000)
    limiter.estimate()
    void limiter.acquire()
    expect(limiter.snapshot().windows[1]).toMatchObject({ refreshesInMs: undefined })
  })

  test.each(['at once', 'when somebody else has asked'])(
    'nothing from an answer to a request that left before the machine slept, and came %s after it',
    async (when) => {
      const { limiter, clock } = arrange({ windows: [{ name: 'w', limit: 2, windowMs: 60_000 }] })
      const lease = limiter.acquire() as Lease
      await clock.advance(20)
      clock.setWall(3_600_000)
      if (when !== 'at once') void limiter.acquire()
      lease.answered({ status: 200, headers: quota(2, 1, 30) })
      expect(limiter.snapshot().windows[0]).toMatchObject({ refreshesInMs: undefined })
    },
  )
})

describe('a probe, when one is allowed', () => {
  /** One request has been answered 5 s ago in a window of one, whose end nothing has told. */
  async function arrangeFull() {
    const arranged = arrange({ probe: 'once', windows: [{ name: 'w', limit: 1, windowMs: 60_000 }] })
    const lease = arranged.limiter.acquire() as Lease
    await arranged.clock.advance(5_000)
    return { ...arranged, lease }
  }

  test('waits until nothing else is in flight, and finds a window that is over', async () => {
    const { lease, ask, granted, clock } = await arrangeFull()
    const probe = ask('probe')
    await clock.advance(1_000)
    expect(granted).toEqual([])
    lease.answered(OK)
    lease.release()
    const found = await probe
    found.answered(OK)
    found.release()
    await clock.runUntilSettled(ask('next'))
    expect(granted.map(({ at }) => at)).toEqual([6_000, 6_000])
  })

  test('costs at most one 429, which tells where the window ends', async () => {
    const { lease, ask, granted, clock } = await arrangeFull()
    lease.answered(OK)
    lease.release()
    const refused = await clock.runUntilSettled(ask('probe'))
    refused.answered(refusal('30'))
    refused.release()
    const again = await clock.runUntilSettled(ask('again', { after: refused }))
    again.answered(OK)
    again.release()
    await clock.runUntilSettled(ask('next'))
    const [, first = 0, second = 0] = granted.map(({ at }) => at)
    expect(first).toBeGreaterThanOrEqual(35_000)
    // Not a minute after the answer, but a window after the one that was learnt, and without another probe.
    expect(second - first).toBeLessThanOrEqual(60_000)
  })

  test('takes no place of the next window when it is refused', async () => {
    const { ask, granted, clock } = arrange({ probe: 'once', windows: [{ name: 'w', limit: 2, windowMs: 60_000 }] })
    const answer = async (name: string, told: typeof OK, after?: Lease): Promise<Lease> => {
      const lease = await clock.runUntilSettled(ask(name, { after }))
      await clock.advance(20)
      lease.answered(told)
      lease.release()
      return lease
    }
    await answer('first', OK)
    await answer('second', OK)
    const refused = await answer('probe', refusal('1'))
    await answer('again', OK, refused)
    await answer('next', OK)
    expect(granted.map(({ at }) => at)).toEqual([0, 20, 40, 1_060, 1_080])
  })
})

function quota(limit: number, remaining: number, reset: number): Headers {
  return new Headers({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
  })
}

describe('against a server with two fixed windows, in virtual time', () => {
  interface Run {
    readonly calls: number
    readonly server: Omit<FixedWindowServerOptions, 'windows'>
    /** Milliseconds one way, for the nth journey. */
    readonly latency: (journey: number) => number
    /** Milliseconds between two calls. */
    readonly gapMs?: number
    readonly jumps?: readonly Jump[]
    readonly probe?: RateLimiterOptions['probe']
  }

  interface Jump {
    readonly atMs: number
    /** `set`: somebody sets the wall clock. `sleep`: the machine is suspended, and its steady clock with it. */
    readonly kind: 'set' | 'sleep'
    /** For `set` it may be negative. */
    readonly byMs: number
  }

  /** Sends every call through the limiter; returns what the server saw. */
  async function run({
    calls,
    server: options,
    latency,
    gapMs = 0,
    jumps = [],
    probe = 'never',
  }: Run): Promise<{ statuses: number[]; took: number }> {
    const clock = createManualClock({ now: 1_000_000 })
    let sleptMs = 0
    for (const { atMs, kind, byMs } of jumps) {
      clock.setTimer(() => {
        clock.setWall(clock.wallNow() + byMs)
        if (kind === 'sleep') sleptMs += byMs
      }, atMs)
    }
    const limiter = createRateLimiter({ clock, probe })
    const server = new FixedWindowServer({ windows: RATE_LIMIT_WINDOWS, ...options })
    const statuses: number[] = []
    let journeys = 0
    const travel = (): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, latency(journeys++)))
    const call = async (): Promise<void> => {
      for (let lease: Lease | undefined; ;) {
        lease = await limiter.acquire({ after: lease })
        await travel()
        const admission = server.admit(clock.now() + sleptMs)
        const answer =
          admission.kind === 'refused' ? admission.answer() : new Response(null, { headers: admission.headers })
        statuses.push(answer.status)
        await travel()
        if (admission.kind === 'admitted') admission.leave()
        const verdict = lease.answered(answer)
        lease.release()
        if (verdict.kind === 'pass') return
      }
    }
    const all = Array.from({ length: calls }, async (_, index) => {
      if (gapMs > 0) await new Promise<void>((resolve) => void clock.setTimer(resolve, index * gapMs))
      await call()
    })
    await clock.runUntilSettled(Promise.all(all))
    expect(limiter.snapshot()).toMatchObject({ queued: 0, inFlight: 0 })
    return { statuses, took: clock.now() - 1_000_000 }
  }

  test('where headers describe the window with fewer left, the last place of a minute asks when it ends', async () => {
    // The minute ends after 30 s. Not knowing it, the last call would wait for 60 s.
    const server = { described: 'fewer-left', phaseMs: 10_000 } as const
    const { statuses, took } = await run({ calls: 151, server, latency: () => 20 })
    expect(statuses).toEqual(Array.from({ length: 151 }, () => 200))
    expect(took).toBeLessThan(33_000)
  })

  test('40 calls at once against 10/s are 40 requests, none refused, in the ideal three seconds', async () => {
    const { statuses, took } = await run({ calls: 40, server: {}, latency: () => 0 })
    expect(statuses).toEqual(Array.from({ length: 40 }, () => 200))
    expect(took).toBe(3_000)
  })

  test('160 calls at once are 160 answers, none refused', async () => {
    const { statuses } = await run({ calls: 160, server: { phaseMs: 17 }, latency: () => 20 })
    expect(statuses).toEqual(Array.from({ length: 160 }, () => 200))
  })

  test('no window overflows, whatever its phase, the latency, what the headers describe and how they round', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          phaseMs: fc.nat(59_999),
          described: fc.constantFrom('fewer-left', 'tightest', 'longest', 'none'),
          rounding: fc.constantFrom('up', 'nearest', 'down'),
          start: fc.constantFrom('clock', 'first-request'),
        }),
        fc.integer({ min: 1, max: 640 }),
        fc.constantFrom(0, 0, 40, 300, 900),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('never', 'never', 'once'),
        async (server, calls, gapMs, latencies, probe) => {
          const { statuses } = await run({
            calls,
            server,
            gapMs,
            latency: (journey) => latencies[journey % latencies.length] ?? 0,
            probe,
          })
          expect(statuses.filter((status) => status === 200)).toHaveLength(calls)
          expect(statuses.length - calls).toBeLessThanOrEqual(probe === 'once' ? 1 : 0)
        },
      ),
      { numRuns: 100 },
    )
  }, 60_000)

  test.each([
    ['the next window began later than the old one ended', 301, 0, [3]],
    ['what was proved of one end says nothing of the next', 453, 300, [0, 319, 186, 1]],
  ])('a probe is refused once at most where windows start with a request: %s', async (_, calls, gapMs, latencies) => {
    const server = { described: 'fewer-left', rounding: 'down', start: 'first-request' } as const
    const latency = (journey: number): number => latencies[journey % latencies.length] ?? 0
    const { statuses } = await run({ calls, server, gapMs, latency, probe: 'once' })
    expect(statuses.filter((status) => status === 200)).toHaveLength(calls)
    expect(statuses.length - calls).toBeLessThanOrEqual(1)
  })

  test.each([10_000, 31_000])(
    'with a probe, 1,000 calls use every place of every minute, when the first ends after %i ms',
    async (phaseMs) => {
      const { took } = await run({
        calls: 1_000,
        server: { described: 'fewer-left', phaseMs: phaseMs + 40_000 },
        latency: () => 20,
        probe: 'once',
      })
      // The first minute holds a hundred and more; five full ones follow, and ten seconds, or fifteen.
      const bestMs = phaseMs + 5 * 60_000 + (phaseMs === 10_000 ? 15_000 : 10_000)
      expect(took).toBeLessThan(bestMs + 1_500)
    },
  )

  test('no window overflows while clocks are set and the machine is suspended, and no call is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ phaseMs: fc.nat(59_999), described: fc.constantFrom('fewer-left', 'tightest', 'longest', 'none') }),
        fc.integer({ min: 1, max: 320 }),
        fc.constantFrom(0, 40, 300, 900),
        fc.nat(200),
        fc.array(
          fc.oneof(
            fc.record({
              kind: fc.constant('set' as const),
              atMs: fc.nat(90_000),
              byMs: fc.integer({ min: -7_200_000, max: 7_200_000 }),
            }),
            fc.record({ kind: fc.constant('sleep' as const), atMs: fc.nat(90_000), byMs: fc.nat(3_600_000) }),
          ),
          { maxLength: 4 },
        ),
        async (server, calls, gapMs, latencyMs, jumps) => {
          const { statuses } = await run({ calls, server, gapMs, latency: () => latencyMs, jumps })
          expect(statuses).toEqual(Array.from({ length: calls }, () => 200))
        },
      ),
      { numRuns: 100 },
    )
  }, 60_000)

  test('what was sent before the machine slept proves nothing of what comes after', async () => {
    const jumps = [{ kind: 'sleep', atMs: 1, byMs: 2_823_960 }] as const
    const { statuses } = await run({ calls: 152, server: {}, gapMs: 40, latency: () => 0, jumps })
    expect(statuses).toEqual(Array.from({ length: 152 }, () => 200))
  })

  test('no call is lost and no place leaks, whatever callers do: abort, give priorities, set deadlines, throw, hang', async () => {
    const ends = ['answered', 'thrown', 'hung', 'refused'] as const
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            callAtMs: fc.nat(3_000),
            abortAfterMs: fc.option(fc.nat(5_000), { nil: undefined }),
            priority: fc.constantFrom(0, 0, 0, 1, -1),
            deadlineAfterMs: fc.option(fc.nat(30_000), { nil: undefined, freq: 5 }),
            end: fc.constantFrom('answered', 'answered', 'answered', ...ends),
          }),
          { minLength: 1, maxLength: 60 },
        ),
        async (calls) => {
          const clock = createManualClock({ now: 1_000_000 })
          const limiter = createRateLimiter({ clock, maxInFlight: 3 })
          const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, ms))
          const outcomes = calls.map(async ({ callAtMs, abortAfterMs, priority, deadlineAfterMs, end }) => {
            await pause(callAtMs)
            const controller = new AbortController()
            if (abortAfterMs !== undefined) clock.setTimer(() => controller.abort(), abortAfterMs)
            const deadlineMs = deadlineAfterMs === undefined ? undefined : clock.now() + deadlineAfterMs
            let lease: Lease | undefined
            try {
              for (let attempt = 1; ; attempt += 1) {
                lease = await limiter.acquire({ signal: controller.signal, priority, deadlineMs, after: lease })
                // A response that never ends is ended by its caller, after a minute.
                await pause(end === 'hung' ? 60_000 : 30)
                if (end === 'thrown') throw new TypeError('fetch failed')
                const isRefused = end === 'refused' && attempt === 1
                const verdict = lease.answered(isRefused ? refusal('1') : OK)
                lease.release()
                if (verdict.kind === 'pass') return 'answered'
              }
            } catch (error) {
              lease?.release()
              return (error as Error).name
            }
          })
          const settled = await clock.runUntilSettled(Promise.all(outcomes))
          expect(settled).toHaveLength(calls.length)
          expect(limiter.snapshot()).toMatchObject({ queued: 0, inFlight: 0 })
        },
      ),
      { numRuns: 100 },
    )
  }, 60_000)

  /** Gaps of a second on average, as between events that know nothing of each other. */
  function exponentialMs(nth: number, seed: number): number {
    let state = seed
    for (let step = 0; step <= nth % 1_009; step += 1) state = (state * 7_919 + 13) % 1_009
    return Math.round(-Math.log(1 - state / 1_009) * 1_000)
  }

  /** 500 calls of ours, beside somebody who sends once a second on average. */
  async function besideSomebodyElse(
    options: Pick<RateLimiterOptions, 'probe'>,
    server: Run['server'],
    gapMs = (_nth: number): number => 1_000,
  ) {
    const clock = createManualClock({ now: 1_000_000 })
    const limiter = createRateLimiter({ clock, ...options })
    const quota = new FixedWindowServer({ windows: RATE_LIMIT_WINDOWS, ...server })
    const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, ms))
    const counts = { ours: 0, oursRefused: 0, theirs: 0, theirsRefused: 0 }
    let isDone = false
    let journeys = 0
    const travel = (): Promise<void> => pause(5 + ((journeys++ * 17) % 46))
    const somebodyElse = async (): Promise<void> => {
      for (; !isDone; await pause(gapMs(counts.theirs))) {
        counts.theirs += 1
        const admission = quota.admit(clock.now())
        if (admission.kind === 'admitted') admission.leave()
        else counts.theirsRefused += 1
      }
    }
    const call = async (): Promise<void> => {
      for (let lease: Lease | undefined; ;) {
        lease = await limiter.acquire({ after: lease })
        counts.ours += 1
        await travel()
        const admission = quota.admit(clock.now())
        await travel()
        if (admission.kind === 'admitted') admission.leave()
        else counts.oursRefused += 1
        const verdict = lease.answered(
          admission.kind === 'refused' ? admission.answer() : new Response(null, { headers: admission.headers }),
        )
        lease.release()
        if (verdict.kind === 'pass') return
      }
    }
    const other = somebodyElse()
    await clock.runUntilSettled(Promise.all(Array.from({ length: 500 }, call)))
    const took = clock.now() - 1_000_000
    isDone = true
    await clock.runUntilSettled(other)
    return { ...counts, took }
  }

  test('somebody else who sends once a second keeps getting through, and so do we', async () => {
    const { theirs, theirsRefused, oursRefused } = await besideSomebodyElse(
      {},
      { described: 'longest', phaseMs: 20_000 },
    )
    expect(oursRefused).toBeLessThanOrEqual(5)
    expect(theirsRefused / theirs).toBeLessThan(0.2)
  })

  test.each(['longest', 'fewer-left', 'tightest', 'none'] as const)(
    'beside somebody else, nobody waits much longer than for what is left, whatever the phase (headers: %s)',
    async (described) => {
      for (const probe of ['never', 'once'] as const) {
        for (let phaseMs = 0; phaseMs < 60_000; phaseMs += 2_000) {
          const regular = await besideSomebodyElse({ probe }, { described, phaseMs })
          const irregular = await besideSomebodyElse({ probe }, { described, phaseMs }, (nth) =>
            exponentialMs(nth, 148),
          )
          // Ninety of 150 in a minute are left to us.
          const mostMs = (500 / 90 + 2) * 60_000
          expect(regular.took, `regular, ${phaseMs} ${probe}`).toBeLessThan(mostMs)
          expect(irregular.took, `irregular, ${phaseMs} ${probe}`).toBeLessThan(mostMs)
        }
      }
    },
  )

  test('with a parallel limit nobody told, every call gets its answer', async () => {
    const { statuses } = await run({ calls: 100, server: { parallel: 4 }, latency: () => 50 })
    expect(statuses.filter((status) => status === 200)).toHaveLength(100)
    expect(statuses.filter((status) => status === 429).length).toBeLessThanOrEqual(10)
  })
})
