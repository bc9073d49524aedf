import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { createManualClock } from '../testing/manual-clock.ts'
import { createRateLimiter } from './limiter.ts'
import type { AcquireOptions, Permit, RateLimiterOptions } from './rate-limiter.ts'

const OK = { status: 200, headers: new Headers() }
const refusal = (retryAfter: string): { status: number; headers: Headers } => ({
  status: 429,
  headers: new Headers({ 'retry-after': retryAfter }),
})

function arrange(options: RateLimiterOptions = {}) {
  const clock = createManualClock({ now: 5_000 })
  const limiter = createRateLimiter({ clock, random: () => 0, ...options })
  const granted: { name: string; at: number }[] = []
  /** Asks for a place, and notes when it was granted. */
  const ask = async (name: string, options: AcquireOptions = {}): Promise<Permit> => {
    const permit = await limiter.acquire(options)
    granted.push({ name, at: clock.now() - 5_000 })
    return permit
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
    [
      { maxQ: 3 },
      '"maxQ" is not an option. Allowed: windows, maxInFlight, maxQueue, maxRetryAfterMs, probe, clock, random',
    ],
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
    const permits = Array.from({ length: 10 }, () => limiter.acquire() as Permit)
    const waiting = ask('eleventh')
    await clock.advance(300)
    permits[3]?.answered(OK)
    permits[3]?.release()
    await clock.advance(1_000)
    await waiting
    expect(granted).toEqual([{ name: 'eleventh', at: 1_300 }])
  })

  test('keeps the order of the calls, within one priority', async () => {
    const { limiter, clock, ask, granted } = arrange({ windows: [{ name: 'w', limit: 1, windowMs: 1_000 }] })
    const first = limiter.acquire() as Permit
    const finish = (permit: Permit): void => (permit.answered(OK), permit.release())
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
    const first = limiter.acquire() as Permit
    const second = ask('second')
    first.answered(refusal('1'))
    const retry = ask('retry', { after: first })
    first.release()
    await clock.advance(1_000)
    const permit = await retry
    expect(granted).toEqual([{ name: 'retry', at: 1_000 }])
    permit.answered(OK)
    permit.release()
    await clock.runUntilSettled(second)
  })

  test('a call that is aborted while it waits costs nothing, and one listener serves all calls of a signal', async () => {
    const { limiter, clock } = arrange({ windows: [{ name: 'w', limit: 1, windowMs: 1_000 }] })
    const { signal, abort } = (() => {
      const controller = new AbortController()
      return { signal: controller.signal, abort: () => controller.abort(new Error('enough')) }
    })()
    const first = limiter.acquire() as Permit
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
    const [one, two] = [limiter.acquire() as Permit, limiter.acquire() as Permit]
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

  test('a permit that is released twice gives one place back', () => {
    const { limiter } = arrange()
    const permit = limiter.acquire() as Permit
    permit.release()
    permit.release()
    expect(limiter.snapshot().inFlight).toBe(0)
  })
})

describe('a 429', () => {
  test('closes one gate for every call, for as long as it says; then one request goes first, and the rest follow it', async () => {
    const { limiter, clock, ask, granted } = arrange()
    const one = limiter.acquire() as Permit
    one.answered(refusal('3'))
    one.release()
    const others = [ask('a', { after: one }), ask('b'), ask('c')]
    await clock.advance(2_999)
    expect(granted).toEqual([])
    await clock.advance(500)
    expect(granted).toEqual([{ name: 'a', at: 3_000 }])
    const first = await others[0]
    first?.answered(OK)
    first?.release()
    await Promise.all(others)
    expect(granted.map(({ at }) => at)).toEqual([3_000, 3_499, 3_499])
  })

  test('a first request that is never answered is waited for five seconds; then another one goes', async () => {
    const { limiter, clock, ask, granted } = arrange()
    const one = limiter.acquire() as Permit
    one.answered(refusal('3'))
    one.release()
    void ask('lost')
    const others = [ask('second'), ask('third')]
    await clock.advance(8_500)
    const second = await others[0]
    expect(granted.map(({ name, at }) => [name, at])).toEqual([
      ['lost', 3_000],
      ['second', 8_000],
    ])
    second?.answered(OK)
    second?.release()
    await others[1]
    expect(granted[2]?.name).toBe('third')
  })

  test('that meets the request that went first closes the gate again', async () => {
    const { limiter, clock, ask, granted } = arrange()
    const one = limiter.acquire() as Permit
    one.answered(refusal('2'))
    one.release()
    const [first, second] = [ask('first'), ask('second')]
    await clock.advance(2_000)
    const permit = await first
    permit.answered(refusal('5'))
    permit.release()
    await clock.advance(5_000)
    await second
    expect(granted.map(({ at }) => at)).toEqual([2_000, 7_000])
  })

  test('halves the pace of the second, and eight clean seconds give one request back', async () => {
    const { limiter, clock } = arrange({ maxInFlight: 50 })
    const one = limiter.acquire() as Permit
    one.answered(refusal('1'))
    one.release()
    await clock.advance(1_000)
    const first = limiter.acquire() as Permit
    first.answered(OK)
    first.release()
    const atOnce = (): number =>
      Array.from({ length: 20 }, () => limiter.acquire()).filter((permit) => !(permit instanceof Promise)).length
    expect(atOnce()).toBe(4)
  })

  test('with a short wait is answered with up to a second more, so that processes do not come back together', async () => {
    const { limiter, clock, ask, granted } = arrange({ random: () => 0.5 })
    const one = limiter.acquire() as Permit
    one.answered(refusal('1'))
    one.release()
    await clock.runUntilSettled(ask('again'))
    expect(granted).toEqual([{ name: 'again', at: 1_500 }])
  })

  test('with a longer wait than allowed fails every call at once until it has passed', async () => {
    const { limiter, clock, ask } = arrange({ maxRetryAfterMs: 60_000, maxInFlight: 1 })
    const permit = limiter.acquire() as Permit
    const waiting = ask('waiting').catch((error: unknown) => error)
    permit.answered(refusal('3600'))
    permit.release()
    expect(await waiting).toMatchObject({ kind: 'rate-limited', retryAfterMs: 3_600_000 })
    expect(clock.pending).toBe(0)
    await clock.advance(1_800_000)
    await expect(limiter.acquire()).rejects.toThrow(
      'Rate limited: the API asks to wait 1800 s, more than maxRetryAfterMs. Retry later, or raise it',
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
    ['0, which is no wait', '0', 1_000],
    ['fractional', '1.5', 1_500],
    ['a date in the future', new Date(5_000 + 7_000).toUTCString(), 7_000],
    ['a date in the past', new Date(0).toUTCString(), 1_000],
    ['beyond what a timer holds', '2678400', 2_678_400_000],
    ['longer than a month, which is a mistake', '1000000000000', 1_000],
  ])('whose Retry-After is %s is waited out', async (_title, value, expectedMs) => {
    const { limiter, clock, ask, granted } = arrange({ maxRetryAfterMs: Infinity })
    const permit = limiter.acquire() as Permit
    permit.answered(refusal(value))
    permit.release()
    await clock.runUntilSettled(ask('again', { after: permit }))
    expect(granted).toEqual([{ name: 'again', at: expectedMs }])
  })

  test('that names no wait doubles it with each in a row, up to a minute', async () => {
    const { limiter, clock, ask, granted } = arrange()
    let permit = limiter.acquire() as Permit
    for (let refusals = 0; refusals < 8; refusals += 1) {
      permit.answered(refusal('soon'))
      permit.release()
      permit = await clock.runUntilSettled(ask(`after ${refusals + 1}`))
    }
    const pauses = granted.map(({ at }, index) => at - (granted[index - 1]?.at ?? 0))
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
  })

  test('whose Retry-After is a date is read against the Date of its answer, not against our clock', async () => {
    const { limiter, clock, ask, granted } = arrange()
    const permit = limiter.acquire() as Permit
    const date = (ms: number): string => new Date(Date.UTC(2031, 0, 1) + ms).toUTCString()
    permit.answered({ status: 429, headers: new Headers({ date: date(0), 'retry-after': date(7_000) }) })
    permit.release()
    await clock.runUntilSettled(ask('again'))
    expect(granted).toEqual([{ name: 'again', at: 7_000 }])
  })

  test('without Retry-After and without windows is waited for a second', async () => {
    const { limiter, clock, ask, granted } = arrange({ windows: [] })
    const permit = limiter.acquire() as Permit
    permit.answered({ status: 429, headers: new Headers() })
    permit.release()
    await clock.runUntilSettled(ask('again', { after: permit }))
    expect(granted).toEqual([{ name: 'again', at: 1_000 }])
  })

  test('with Retry-After -1 waits for an in-flight request, not for a time', async () => {
    const { limiter, clock, ask, granted } = arrange()
    const [running, refused] = [limiter.acquire() as Permit, limiter.acquire() as Permit]
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
    const first = limiter.acquire() as Permit
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
    const permits = Array.from({ length: 20 }, () => limiter.acquire())
    expect(permits.filter((permit) => !(permit instanceof Promise))).toHaveLength(6)
    for (const permit of permits.slice(0, 6)) (permit as Permit).answered(OK)
    expect(limiter.snapshot()).toMatchObject({ inFlight: 12, maxInFlight: 12, queued: 8 })
  })

  test('with Retry-After -1 lowers the learnt limit, and answers raise it again', async () => {
    const { limiter, clock } = arrange({ windows: [] })
    const permits = Array.from({ length: 5 }, () => limiter.acquire() as Permit)
    permits[4]?.answered(refusal('-1'))
    permits[4]?.release()
    expect(limiter.snapshot().maxInFlight).toBe(4)
    for (const permit of permits.slice(0, 4)) {
      permit.answered(OK)
      permit.release()
    }
    for (let call = 0; call < 146; call += 1) {
      const permit = await clock.runUntilSettled(Promise.resolve(limiter.acquire()))
      permit.answered(OK)
      permit.release()
    }
    expect(limiter.snapshot().maxInFlight).toBe(5)
  })
})

describe('what headers teach', () => {
  test('the end of the minute: the next requests leave then, not a minute after the last answers', async () => {
    const { limiter, clock, ask, granted } = arrange({ maxInFlight: 20 })
    for (let burst = 0; burst < 15; burst += 1) {
      const permits = Array.from({ length: 10 }, () => limiter.acquire() as Permit)
      for (const [place, permit] of permits.entries()) {
        permit.answered({ status: 200, headers: quota(150, 149 - burst * 10 - place, 40 - burst) })
        permit.release()
      }
      await clock.advance(1_000)
    }
    await clock.runUntilSettled(ask('next'))
    // 40 s after the first answer, and one for rounding that is not known.
    expect(granted).toEqual([{ name: 'next', at: 41_000 }])
  })

  test('requests of another client: its share is left to it', () => {
    const { limiter } = arrange()
    const permit = limiter.acquire() as Permit
    permit.answered({ status: 200, headers: quota(150, 100, 30) })
    expect(limiter.snapshot().windows[1]).toMatchObject({ used: 50, remaining: 100 })
  })

  test('requests that others made before us are past: no more of them are expected', () => {
    const { limiter } = arrange({ maxInFlight: 200 })
    const permit = limiter.acquire() as Permit
    permit.answered({ status: 200, headers: quota(150, 49, 30) })
    permit.release()
    expect(limiter.snapshot().windows[1]).toMatchObject({ used: 101, remaining: 49 })
    expect(limiter.estimate({ calls: 9 })).toBe(5_000)
  })

  test('that a refused request was not counted, and its place is free again', () => {
    const { limiter } = arrange({ windows: [{ name: 'w', limit: 5, windowMs: 10_000 }], maxInFlight: 10 })
    const permits = Array.from({ length: 3 }, () => limiter.acquire() as Permit)
    for (const permit of permits.slice(1)) permit.answered(OK)
    permits[0]?.answered(refusal('-1'))
    for (const permit of permits) permit.release()
    expect(limiter.snapshot().windows[0]).toMatchObject({ used: 2, remaining: 3 })
  })

  test('another tier: its limits hold from then on', () => {
    const { limiter } = arrange()
    const permit = limiter.acquire() as Permit
    permit.answered({ status: 200, headers: quota(3_500, 3_499, 30) })
    expect(limiter.snapshot().windows.map(({ limit }) => limit)).toEqual([350, 3_500])
  })

  test('no tier where windows were given', () => {
    const windows = [{ name: 'w', limit: 7, windowMs: 60_000 }]
    const { limiter } = arrange({ windows })
    const permit = limiter.acquire() as Permit
    permit.answered({ status: 200, headers: quota(350, 349, 1) })
    expect(limiter.snapshot().windows.map(({ limit }) => limit)).toEqual([7])
  })

  test('nothing from a Reset that was wrong: after a 429 the window is counted by answers alone', async () => {
    const { limiter, clock, ask, granted } = arrange({ windows: [{ name: 'w', limit: 1, windowMs: 60_000 }] })
    const first = limiter.acquire() as Permit
    first.answered({ status: 200, headers: quota(1, 0, 10) })
    first.release()
    const early = await clock.runUntilSettled(ask('early'))
    expect(granted).toEqual([{ name: 'early', at: 11_000 }])
    early.answered(refusal('20'))
    early.release()
    const second = await clock.runUntilSettled(ask('second'))
    second.answered({ status: 200, headers: quota(1, 0, 10) })
    second.release()
    await clock.runUntilSettled(ask('third'))
    expect(granted.slice(1).map(({ at }) => at)).toEqual([31_000, 91_000])
  })

  test('nothing from a Remaining that others cannot have used up in the time', async () => {
    const { limiter, clock } = arrange({ maxInFlight: 200 })
    const answer = (remaining: number, resetS: number): void => {
      const permit = limiter.acquire() as Permit
      permit.answered({ status: 200, headers: quota(150, remaining, resetS) })
      permit.release()
    }
    answer(0, 10)
    await clock.advance(11_000)
    answer(0, 59)
    expect(limiter.estimate()).toBe(clock.now())
  })

  test.each([
    ['a limit that is none of the windows', quota(99, 0, 30)],
    ['a negative rest', quota(150, -3, 30)],
    ['text', new Headers({ 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': 'few' })],
    ['nothing', new Headers()],
  ])('nothing, when they say %s', (_title, headers) => {
    const { limiter } = arrange()
    const permit = limiter.acquire() as Permit
    permit.answered({ status: 200, headers })
    expect(limiter.snapshot().windows[1]).toMatchObject({ used: 1, remaining: 149, refreshesInMs: undefined })
  })

  test.each([
    ['milliseconds', 30_000],
    ['an absurd number', 1e12],
  ])('no end of a window, when Reset is in %s', (_title, reset) => {
    const { limiter } = arrange()
    const permit = limiter.acquire() as Permit
    permit.answered({ status: 200, headers: quota(150, 149, reset) })
    expect(limiter.snapshot().windows[1]).toMatchObject({ refreshesInMs: undefined })
  })

  test('nothing that survives a clock that jumps, or a machine that slept', () => {
    const { limiter, clock } = arrange()
    const permit = limiter.acquire() as Permit
    permit.answered({ status: 200, headers: quota(150, 149, 30) })
    clock.setWall(3_600_000)
    limiter.estimate()
    void limiter.acquire()
    expect(limiter.snapshot().windows[1]).toMatchObject({ refreshesInMs: undefined })
  })

  test.each(['at once', 'when another call has asked'])(
    'nothing from an answer to a request that left before the machine slept, and came %s after it',
    async (when) => {
      const { limiter, clock } = arrange({ windows: [{ name: 'w', limit: 2, windowMs: 60_000 }] })
      const permit = limiter.acquire() as Permit
      await clock.advance(20)
      clock.setWall(3_600_000)
      if (when !== 'at once') void limiter.acquire()
      permit.answered({ status: 200, headers: quota(2, 1, 30) })
      expect(limiter.snapshot().windows[0]).toMatchObject({ refreshesInMs: undefined })
    },
  )
})

describe('a probe, when one is allowed', () => {
  /** One request has been answered 5 s ago in a window of one, whose end nothing has told. */
  async function arrangeFull() {
    const arranged = arrange({ probe: 'once', windows: [{ name: 'w', limit: 1, windowMs: 60_000 }] })
    const permit = arranged.limiter.acquire() as Permit
    await arranged.clock.advance(5_000)
    return { ...arranged, permit }
  }

  test('waits until nothing else is in flight, and finds a window that is over', async () => {
    const { permit, ask, granted, clock } = await arrangeFull()
    const probe = ask('probe')
    await clock.advance(1_000)
    expect(granted).toEqual([])
    permit.answered(OK)
    permit.release()
    const found = await probe
    found.answered(OK)
    found.release()
    await clock.runUntilSettled(ask('next'))
    expect(granted.map(({ at }) => at)).toEqual([6_000, 6_000])
  })

  test('costs at most one 429, which tells where the window ends', async () => {
    const { permit, ask, granted, clock } = await arrangeFull()
    permit.answered(OK)
    permit.release()
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
    const answer = async (name: string, told: typeof OK, after?: Permit): Promise<Permit> => {
      const permit = await clock.runUntilSettled(ask(name, { after }))
      await clock.advance(20)
      permit.answered(told)
      permit.release()
      return permit
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
