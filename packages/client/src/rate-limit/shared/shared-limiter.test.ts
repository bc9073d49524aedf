import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FixedWindowServer } from '../../testing/fixed-window-server.ts'
import type { FixedWindowServerOptions } from '../../testing/fixed-window-server.ts'
import { createManualClock } from '../../testing/manual-clock.ts'
import type { ManualClock } from '../../testing/manual-clock.ts'
import type { Lease } from '../limiter.ts'
import { createMemoryStore } from './memory-store.ts'
import { createSharedRateLimiter } from './shared-limiter.ts'
import type { SharedRateLimiter, SharedRateLimiterOptions } from './shared-limiter.ts'
import type { Store } from './store.ts'

const START = 1_000_000

/** A store that can be cut off, lose its log, and have its clock set. */
function createFragileStore(clock: ManualClock, latencyMs: number) {
  let inner = createMemoryStore({ clock })
  let [offsetMs, begun, reach] = [0, 0, 'there' as 'there' | 'refuses' | 'hangs' | 'hangs after writing']
  const pause = (): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, latencyMs))
  const store: Store = {
    async exchange({ cursor, claim, ...rest }) {
      await pause()
      if (reach === 'refuses') throw new Error('ECONNREFUSED')
      if (reach === 'hangs') return new Promise(() => {})
      const [seen, place = ''] = cursor.split(' ')
      const isAnew = cursor !== '' && Number(seen) !== begun
      const exchanged = await inner.exchange({
        ...rest,
        cursor: isAnew ? '' : place,
        claim: isAnew || !claim ? undefined : { ...claim, notBeforeMs: claim.notBeforeMs - offsetMs },
      })
      if (reach === 'hangs after writing') return new Promise(() => {})
      await pause()
      return {
        ...exchanged,
        cursor: `${begun} ${exchanged.cursor}`,
        isAnew,
        nowMs: exchanged.nowMs + offsetMs,
        begunAtMs: exchanged.begunAtMs + offsetMs,
        entries: exchanged.entries.map(({ atMs, text }) => ({ atMs: atMs + offsetMs, text })),
      }
    },
  }
  return {
    store,
    reach: (next: typeof reach) => void (reach = next),
    setClock: (ms: number) => void (offsetMs += ms),
    loseLog() {
      inner = createMemoryStore({ clock })
      begun += 1
    },
  }
}

interface World {
  readonly processes?: number
  readonly server?: Partial<FixedWindowServerOptions>
  readonly storeLatencyMs?: number
  readonly limiter?: Partial<SharedRateLimiterOptions>
  /** Chance in [0, 1). */
  readonly random?: () => number
}

/** An account, the store beside it, and processes that use both. */
function arrange({ processes = 8, server: options, storeLatencyMs = 1, limiter, random = () => 0.5 }: World = {}) {
  const clock = createManualClock({ now: START })
  const fragile = createFragileStore(clock, storeLatencyMs)
  const server = new FixedWindowServer({ windows: RATE_LIMIT_WINDOWS, described: 'longest', ...options })
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, ms))
  const sent: { process: number; at: number; status: number }[] = []
  const cutOff = new Set<number>()
  const limiters = Array.from({ length: processes }, (_, process) => {
    const store: Store = {
      exchange: (request) =>
        cutOff.has(process) ? Promise.reject(new Error('ETIMEDOUT')) : fragile.store.exchange(request),
    }
    return createSharedRateLimiter({ store, clock, newId: () => `process-${process}`, processes, ...limiter })
  })
  const call = async (process: number): Promise<void> => {
    for (let lease: Lease | undefined; ;) {
      lease = await (limiters[process] as SharedRateLimiter).acquire({ after: lease })
      const at = clock.now() - START
      await pause(5 + 45 * random())
      const admission = server.admit(clock.now())
      await pause(5 + 45 * random())
      const answer =
        admission.kind === 'refused' ? admission.answer() : new Response(null, { headers: admission.headers })
      if (admission.kind === 'admitted') admission.leave()
      sent.push({ process, at, status: answer.status })
      const verdict = lease.answered(answer)
      lease.release()
      if (verdict.kind === 'pass') return
    }
  }
  /** So many calls of each process, at once. */
  const burst = (calls: number): Promise<unknown> =>
    Promise.all(limiters.flatMap((_, process) => Array.from({ length: calls }, () => call(process))))
  const cut = (process: number): void => void cutOff.add(process)
  return { clock, sent, limiters, call, burst, cut, ...fragile }
}

const refused = (sent: readonly { status: number }[]): number => sent.filter(({ status }) => status === 429).length

/** One where all are served alike. */
function jain(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  return sum ** 2 / (values.length * values.reduce((total, value) => total + value ** 2, 0))
}

describe('processes that share a store', () => {
  test('overflow no window, whatever its phase, the latencies and what the headers describe, and lose no call', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          processes: fc.integer({ min: 1, max: 8 }),
          phaseMs: fc.nat(59_999),
          described: fc.constantFrom('longest', 'fewer-left', 'tightest', 'none'),
          rounding: fc.constantFrom('up', 'down', 'nearest'),
          start: fc.constantFrom('clock', 'first-request'),
          storeLatencyMs: fc.integer({ min: 0, max: 60 }),
          chances: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 7 }),
        }),
        async ({ processes, storeLatencyMs, chances, ...server }) => {
          let draws = 0
          const random = (): number => chances[draws++ % chances.length] as number
          const { clock, burst, sent } = arrange({ processes, storeLatencyMs, server, random })
          await clock.runUntilSettled(burst(Math.ceil(200 / processes)))
          expect(refused(sent)).toBe(0)
          expect(sent.length).toBeGreaterThanOrEqual(200)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('use the whole quota: 320 calls of eight leave in the third minute, as those of one would', async () => {
    const { clock, burst, sent } = arrange({ server: { phaseMs: 30_000 } })
    await clock.runUntilSettled(burst(40))
    // The windows begin at 50 s and 110 s; 20 calls are left for the third, and one group of ten waits a second.
    expect(Math.max(...sent.map(({ at }) => at))).toBeLessThan(113_500)
    expect(refused(sent)).toBe(0)
  })

  test('get the same share, whoever asks for more', async () => {
    const { clock, call, sent } = arrange({ processes: 4 })
    const calls = [200, 100, 100, 100].flatMap((count, process) => Array.from({ length: count }, () => call(process)))
    const all = Promise.all(calls)
    await clock.advance(30_000)
    expect(jain([0, 1, 2, 3].map((one) => sent.filter(({ process }) => process === one).length))).toBeGreaterThan(0.98)
    await clock.runUntilSettled(all)
  })

  test('leave nothing to those who want nothing', async () => {
    const { clock, call, sent } = arrange()
    await clock.runUntilSettled(Promise.all(Array.from({ length: 30 }, () => call(3))))
    expect(sent.map(({ at }) => at).toSorted((a, b) => a - b)[29]).toBeLessThan(2_300)
  })

  test('know of one another at once: who comes later keeps off the places that are taken', async () => {
    const { clock, call, sent } = arrange()
    await clock.runUntilSettled(Promise.all(Array.from({ length: 10 }, () => call(0))))
    await clock.runUntilSettled(call(1))
    expect(sent.at(-1)?.at).toBeGreaterThan(1_000)
  })

  test('learn the limit on parallel requests together', async () => {
    const { clock, burst, sent, limiters } = arrange({ server: { parallel: 4 } })
    await clock.runUntilSettled(burst(10))
    expect(refused(sent)).toBeLessThanOrEqual(6)
    expect(new Set(limiters.map((limiter) => limiter.snapshot().maxInFlight)).size).toBe(1)
  })

  test('wait together for what a 429 asks for', async () => {
    const { clock, limiters, call, sent } = arrange({ processes: 2 })
    const lease = await clock.runUntilSettled(Promise.resolve((limiters[0] as SharedRateLimiter).acquire()))
    lease.answered(new Response(null, { status: 429, headers: { 'retry-after': '7' } }))
    lease.release()
    await clock.advance(100)
    await clock.runUntilSettled(call(1))
    expect(sent[0]?.at).toBeGreaterThanOrEqual(7_000)
  })

  test('fail at once while a 429 has asked for a longer wait than allowed', async () => {
    const { clock, limiters } = arrange({ processes: 2, limiter: { maxRetryAfterMs: 10_000 } })
    const [one, other] = limiters as [SharedRateLimiter, SharedRateLimiter]
    const lease = await clock.runUntilSettled(Promise.resolve(one.acquire()))
    const calls = Array.from({ length: 20 }, async () => other.acquire())
    const waiting = Promise.all(calls).catch((error: unknown) => error)
    await clock.advance(100)
    lease.answered(new Response(null, { status: 429, headers: { 'retry-after': '3600' } }))
    lease.release()
    await clock.advance(1_000)
    expect(await waiting).toMatchObject({ kind: 'rate-limited' })
    await expect(other.acquire()).rejects.toMatchObject({ kind: 'rate-limited' })
  })

  test('a process that is cut off gives its places back after ten seconds', async () => {
    const { clock, limiters, call, cut, sent } = arrange({ processes: 2, limiter: { maxInFlight: 1 } })
    await clock.runUntilSettled(Promise.resolve((limiters[0] as SharedRateLimiter).acquire()))
    cut(0)
    const waiting = call(1)
    await clock.advance(10_000)
    expect(sent).toEqual([])
    await clock.advance(2_000)
    await waiting
    expect(sent).toHaveLength(1)
  })

  test('whoever is cut off while it waits does not keep the others waiting', async () => {
    const { clock, call, cut, sent } = arrange({ processes: 2 })
    const all = Promise.all(Array.from({ length: 40 }, (_, place) => call(place % 2)))
    await clock.advance(500)
    cut(0)
    await clock.advance(4_500)
    expect(sent.filter(({ process }) => process === 1)).toHaveLength(20)
    await clock.runUntilSettled(all)
  })

  test('a call that is aborted while it waits is refused at once, and the next takes its place', async () => {
    const { clock, limiters, call, sent } = arrange({ processes: 1, limiter: { maxInFlight: 1 } })
    const [limiter] = limiters as [SharedRateLimiter]
    const first = await clock.runUntilSettled(Promise.resolve(limiter.acquire()))
    const controller = new AbortController()
    const aborted = Promise.resolve(limiter.acquire({ signal: controller.signal })).catch((error: Error) => error.name)
    const next = call(0)
    await clock.advance(50)
    controller.abort()
    expect(await aborted).toBe('AbortError')
    first.release()
    await clock.runUntilSettled(next)
    expect(sent).toHaveLength(1)
  })

  test('a deadline that cannot be met is refused at once, and a full queue too', async () => {
    const { clock, limiters, burst } = arrange({ processes: 1, limiter: { maxQueue: 20 } })
    const [limiter] = limiters as [SharedRateLimiter]
    const all = burst(10)
    await clock.advance(500)
    await expect(limiter.acquire({ deadlineMs: clock.now() + 100 })).rejects.toMatchObject({ kind: 'deadline' })
    const waiting = burst(20)
    await expect(limiter.acquire()).rejects.toMatchObject({ kind: 'queue-full' })
    await clock.runUntilSettled(Promise.all([all, waiting]))
  })

  test.each(['there', 'refuses', 'hangs'] as const)(
    'set no timer once nobody waits and nothing is in flight, whether the store is there: it %s',
    async (how) => {
      const { clock, burst, reach } = arrange({ processes: 3 })
      await clock.runUntilSettled(burst(2))
      reach(how)
      await clock.runUntilSettled(burst(2))
      await clock.advance(3_000)
      expect(clock.pending).toBe(0)
    },
  )

  test('flush resolves when the others can see what has ended', async () => {
    const { clock, limiters } = arrange({ processes: 2, limiter: { maxInFlight: 1 } })
    const [one, other] = limiters as [SharedRateLimiter, SharedRateLimiter]
    const lease = await clock.runUntilSettled(Promise.resolve(one.acquire()))
    lease.release()
    await clock.runUntilSettled(one.flush())
    const startedAt = clock.now()
    await clock.runUntilSettled(Promise.resolve(other.acquire()))
    expect(clock.now() - startedAt).toBeLessThan(10)
  })
})

test.each([
  [{ processes: 0 }, 'processes: 0 is not a whole number from 1'],
  [{ processes: Number.NaN }, 'processes: NaN is not a whole number from 1: how many share the account'],
  [{ maxInFlight: 0 }, 'maxInFlight: 0 is not a number from 1'],
  [{ process: 3 }, '"process" is not an option. Allowed: windows, maxInFlight,'],
  [{ probe: 'once' }, '"probe" is not an option'],
  [{ store: {} }, 'store: {} is not a store, made by createRedisStore or createMemoryStore'],
])('%o is refused at once, because nothing could leave, or everything', (options, message) => {
  const store = createMemoryStore()
  expect(() => createSharedRateLimiter({ store, ...options } as SharedRateLimiterOptions)).toThrow(message)
})

describe('without the store', () => {
  test.each(['refuses', 'hangs'] as const)(
    'from the beginning, because it %s, each process keeps to its part, and all of them to the quota',
    async (how) => {
      const { clock, burst, sent, reach, limiters } = arrange()
      reach(how)
      const all = burst(10)
      await clock.advance(50_000)
      // An eighth of 10 a second is one, an eighth of 150 a minute is 18.
      expect(sent.length).toBeGreaterThan(70)
      expect(limiters[0]?.snapshot()).toMatchObject({
        store: 'away',
        storeFailure: new Error(how === 'hangs' ? 'The store does not answer' : 'ECONNREFUSED'),
        windows: [{ limit: 1 }, { limit: 18 }],
      })
      await clock.runUntilSettled(all)
      expect(refused(sent)).toBe(0)
    },
  )

  test('that went away, nothing leaves until what others may have sent has stopped to count; then each its part', async () => {
    const { clock, burst, sent, reach } = arrange({ server: { phaseMs: 30_000 } })
    const all = burst(60)
    await clock.advance(20_000)
    const before = sent.length
    reach('refuses')
    await clock.advance(25_000)
    expect(sent.length - before).toBeLessThanOrEqual(10)
    await clock.advance(60_000)
    expect(sent.length - before).toBeGreaterThan(100)
    reach('there')
    await clock.runUntilSettled(all)
    expect(refused(sent)).toBe(0)
    expect(sent).toHaveLength(480)
  })

  test.each(['away', 'there again, without its log'])(
    'which is %s, who has sent nothing yet leaves the places to those who have',
    async (state) => {
      const { clock, burst, call, sent, reach, loseLog } = arrange({ server: { phaseMs: 30_000 } })
      await clock.runUntilSettled(burst(1))
      await clock.runUntilSettled(Promise.all(Array.from({ length: 140 }, () => call(0))))
      if (state === 'away') reach('refuses')
      else loseLog()
      await clock.runUntilSettled(Promise.all(Array.from({ length: 8 }, (_, place) => call(1 + (place % 7)))))
      expect(refused(sent)).toBe(0)
    },
  )

  test('that lost its log is told again what was sent, so that a newcomer knows it', async () => {
    const { clock, call, sent, loseLog } = arrange({ processes: 2, server: { phaseMs: 30_000 } })
    const first = Promise.all(Array.from({ length: 160 }, () => call(0)))
    await clock.advance(16_000)
    loseLog()
    await clock.advance(2_000)
    await clock.runUntilSettled(Promise.all([call(1), call(1), first]))
    expect(refused(sent)).toBe(0)
  })

  test('that lost its log while requests were in flight, which then ended: they hold no place for ever', async () => {
    const { clock, burst, sent, reach, loseLog } = arrange({ server: { phaseMs: 2_840, described: 'fewer-left' } })
    const all = burst(40)
    await clock.advance(34)
    reach('refuses')
    await clock.advance(24_000)
    loseLog()
    reach('there')
    await clock.advance(240_000)
    await all
    expect(sent).toHaveLength(320)
  })

  test.each([0, 5_000, 45_000])(
    'that comes back after %d ms without its log, the quota is kept: each tells what it knew',
    async (awayMs) => {
      const { clock, burst, sent, reach, loseLog } = arrange({ server: { phaseMs: 10_000 } })
      const all = burst(60)
      await clock.advance(9_000)
      if (awayMs > 0) reach('refuses')
      loseLog()
      await clock.advance(awayMs)
      reach('there')
      await clock.runUntilSettled(all)
      expect(refused(sent)).toBe(0)
      expect(sent).toHaveLength(480)
    },
  )

  test('that does not answer although it has written: the places are given back', async () => {
    const { clock, burst, sent, reach, limiters } = arrange({ processes: 2, limiter: { maxInFlight: 2 } })
    const all = burst(30)
    await clock.advance(3_000)
    reach('hangs after writing')
    await clock.advance(2_500)
    reach('there')
    await clock.runUntilSettled(all)
    expect(refused(sent)).toBe(0)
    expect(limiters.map((limiter) => limiter.snapshot().inFlight)).toEqual([0, 0])
    expect(sent).toHaveLength(60)
  })

  test.each([3_600_000, -3_600_000])(
    'whose clock is set by %d ms, the quota is kept, and nobody waits for an hour',
    async (ms) => {
      const { clock, burst, sent, setClock } = arrange()
      const all = burst(60)
      await clock.advance(9_000)
      setClock(ms)
      await clock.runUntilSettled(all)
      expect(refused(sent)).toBe(0)
      expect(clock.now() - START).toBeLessThan(300_000)
    },
  )

  test('for as long as nobody calls, nothing is lost: the next calls have the whole quota', async () => {
    const { clock, burst, sent, loseLog } = arrange({ processes: 2 })
    await clock.runUntilSettled(burst(1))
    await clock.advance(3_600_000)
    loseLog()
    const startedAt = clock.now()
    await clock.runUntilSettled(burst(10))
    expect(clock.now() - startedAt).toBeLessThan(3_000)
    expect(refused(sent)).toBe(0)
  })

  test('again and again, no window overflows and no call is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          phaseMs: fc.nat(59_999),
          described: fc.constantFrom('longest', 'fewer-left', 'none'),
          outages: fc.array(
            fc.record({
              afterMs: fc.nat(40_000),
              forMs: fc.nat(40_000),
              how: fc.constantFrom('refuses', 'hangs', 'hangs after writing'),
              isLogLost: fc.boolean(),
            }),
            { minLength: 1, maxLength: 3 },
          ),
        }),
        async ({ outages, ...server }) => {
          const { clock, burst, sent, reach, loseLog } = arrange({ server })
          const all = burst(40)
          for (const { afterMs, forMs, how, isLogLost } of outages) {
            await clock.advance(afterMs)
            reach(how)
            await clock.advance(forMs)
            if (isLogLost) loseLog()
            reach('there')
          }
          await clock.runUntilSettled(all)
          expect(refused(sent)).toBe(0)
          expect(sent).toHaveLength(320)
        },
      ),
      { numRuns: 15 },
    )
  })
})
