import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FixedWindowServer } from '../../testing/fixed-window-server.ts'
import { createMemoryStore } from './memory-store.ts'
import { createSharedRateLimiter } from './shared-limiter.ts'
import type { SharedRateLimiter, SharedRateLimiterOptions } from './shared-limiter.ts'
import { createWorld, START } from './testing/world.ts'
import type { World } from './testing/world.ts'

/** Chances from a seed. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** One where all are served alike. */
function jain({ sent, limiters }: World, untilMs: number): number {
  const counts = limiters.map((_, one) => sent.filter(({ process, at }) => process === one && at < untilMs).length)
  const sum = counts.reduce((total, count) => total + count, 0)
  return sum ** 2 / (counts.length * counts.reduce((total, count) => total + count ** 2, 0))
}

const lastSentAt = ({ sent }: World): number => Math.max(...sent.map(({ at }) => at))

/** When the last of so many calls can leave at the earliest, by one who knows when the windows begin. */
function bestPossible(calls: number, phaseMs: number): number {
  const server = new FixedWindowServer({ windows: RATE_LIMIT_WINDOWS, phaseMs })
  let at = START
  for (let sent = 0; sent < calls;) {
    if (server.admit(at).kind === 'admitted') sent += 1
    else at = Math.floor((at - phaseMs) / 1_000) * 1_000 + phaseMs + 1_000
  }
  return at - START
}

function first({ limiters }: World): SharedRateLimiter {
  return limiters[0] as SharedRateLimiter
}

describe('processes that share a store', () => {
  test('overflow no window, whatever its phase, the latencies, what the headers describe and who is killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          processes: fc.integer({ min: 1, max: 8 }),
          phaseMs: fc.nat(59_999),
          described: fc.constantFrom('longest', 'fewer-left', 'tightest', 'none'),
          rounding: fc.constantFrom('up', 'down', 'nearest'),
          start: fc.constantFrom('clock', 'first-request'),
          storeLatencyMs: fc.integer({ min: 0, max: 60 }),
          seed: fc.nat(),
          killedAtMs: fc.array(fc.nat(20_000), { maxLength: 3 }),
        }),
        async ({ processes, storeLatencyMs, seed, killedAtMs, ...server }) => {
          const world = createWorld({
            processes: processes + killedAtMs.length,
            storeLatencyMs,
            server,
            random: chances(seed),
          })
          const { clock, call, kill } = world
          for (const [index, ms] of killedAtMs.entries()) clock.setTimer(() => kill(processes + index), ms)
          for (const index of killedAtMs.keys()) for (let n = 0; n < 60; n += 1) void call(processes + index)
          const calls = Array.from({ length: 200 }, (_, place) => call(place % processes))
          await clock.runUntilSettled(Promise.all(calls))
          expect(world.refused).toBe(0)
        },
      ),
      { numRuns: 25 },
    )
  })

  test.each([
    ['longest', 1.01],
    ['fewer-left', 1.04],
    // Without a word of when the minute ends, a place counts for a minute after its arrival.
    ['none', 1.08],
  ] as const)(
    'use the quota to the full: 1,000 calls of eight, with headers of "%s", within %f of the best possible',
    async (described, most) => {
      const world = createWorld({ server: { phaseMs: 35_000, described }, random: chances(7) })
      await world.clock.runUntilSettled(world.burst(125))
      expect(world.refused).toBe(0)
      expect(world.sent).toHaveLength(1_000)
      expect(lastSentAt(world) / bestPossible(1_000, 35_000)).toBeLessThan(most)
      expect(jain(world, 120_000)).toBeGreaterThan(0.95)
    },
  )

  test('get the same share, also where one asks for more', async () => {
    const world = createWorld({ processes: 4, random: chances(3) })
    const calls = [400, 100, 100, 100].flatMap((count, one) => Array.from({ length: count }, () => world.call(one)))
    await world.clock.advance(30_000)
    expect(jain(world, 30_000)).toBeGreaterThan(0.98)
    await world.clock.runUntilSettled(Promise.all(calls))
  })

  test('leave nothing to those who want nothing', async () => {
    const world = createWorld()
    await world.clock.runUntilSettled(Promise.all(Array.from({ length: 30 }, () => world.call(3))))
    expect(lastSentAt(world)).toBeLessThan(2_300)
  })

  test('know of one another at once: the next keeps off the places that are taken', async () => {
    const world = createWorld()
    await world.clock.runUntilSettled(Promise.all(Array.from({ length: 10 }, () => world.call(0))))
    await world.clock.runUntilSettled(world.call(1))
    expect(lastSentAt(world)).toBeGreaterThan(1_000)
  })

  test('keep the order of calls within a priority, and a higher one goes first', async () => {
    const { clock, call } = createWorld({ processes: 1, limiter: { maxInFlight: 1 } })
    const order: string[] = []
    const note = async (name: string, priority: number): Promise<void> => {
      await call(0, priority)
      order.push(name)
    }
    const names = Array.from({ length: 15 }, (_, place) => `call ${place}`)
    await clock.runUntilSettled(Promise.all([...names.map((name) => note(name, 0)), note('urgent', 1)]))
    expect(order).toEqual(['urgent', ...names])
  })

  test('wait together for what a 429 asks for; then one request goes first, and the rest when it was accepted', async () => {
    const world = createWorld({ server: { described: 'none' } })
    const { clock, limiters, burst, sent } = world
    const permit = await clock.runUntilSettled(Promise.resolve(first(world).acquire()))
    permit.answered(new Response(null, { status: 429, headers: { 'retry-after': '7' } }))
    permit.release()
    await clock.runUntilSettled(limiters[0]?.flush() as Promise<void>)
    await clock.runUntilSettled(burst(1))
    const times = sent.map(({ at }) => at).toSorted((a, b) => a - b)
    expect(times[0]).toBeGreaterThanOrEqual(7_000)
    // There and back again.
    expect((times[1] as number) - (times[0] as number)).toBeGreaterThanOrEqual(55)
  })

  test('meet a full quota that others have used with one request each at most, and then with one in all', async () => {
    const world = createWorld({ server: { described: 'none', phaseMs: 10_000 }, random: chances(5) })
    for (let second = -15; second < 0; second += 1) {
      for (let count = 0; count < 10; count += 1) world.server.admit(START + second * 1_000)
    }
    await world.clock.runUntilSettled(world.burst(20))
    expect(world.refused).toBeLessThanOrEqual(10)
    expect(world.sent).toHaveLength(160 + world.refused)
  })

  test('leave to other clients what Remaining proves that they have used', async () => {
    const world = createWorld({ server: { phaseMs: 35_000 } })
    for (let second = 0; second < 10; second += 1) {
      for (let count = 0; count < 10; count += 1) world.server.admit(START - 4_000 + second * 100)
    }
    await world.clock.runUntilSettled(world.burst(20))
    expect(world.refused).toBe(0)
  })

  test('leave to a client that goes on what it will use until the minute ends', async () => {
    const world = createWorld({ processes: 2, server: { phaseMs: 35_000 }, random: chances(13) })
    let refused = 0
    for (let second = 0; second < 180; second += 1) {
      world.clock.setTimer(
        () => {
          if (world.server.admit(world.clock.now()).kind === 'refused') refused += 1
        },
        second * 1_000 + 500,
      )
    }
    await world.clock.runUntilSettled(world.burst(100))
    // Half of the places of a minute would be gone after 15 s, and the other client refused for the rest of it.
    expect(refused).toBeLessThan(36)
    expect(world.refused).toBeLessThanOrEqual(4)
  })

  test('do not believe a Remaining that cannot be: 300 calls take a minute more at most', async () => {
    const world = createWorld({
      random: chances(11),
      answers: (headers) => ({ ...headers, 'X-RateLimit-Remaining': '0' }),
    })
    await world.clock.runUntilSettled(world.burst(38))
    expect(world.refused).toBe(0)
    expect(lastSentAt(world)).toBeLessThan(bestPossible(304, 0) + 60_000)
  })

  test('fail at once while a 429 has asked for a longer wait than allowed', async () => {
    const world = createWorld({ processes: 2, limiter: { maxRetryAfterMs: 10_000, maxInFlight: 20 } })
    const [one, other] = world.limiters as [SharedRateLimiter, SharedRateLimiter]
    const permit = await world.clock.runUntilSettled(Promise.resolve(one.acquire()))
    const waiting = Promise.all(Array.from({ length: 20 }, async () => other.acquire())).catch(
      (error: unknown) => error,
    )
    await world.clock.advance(100)
    permit.answered(new Response(null, { status: 429, headers: { 'retry-after': '3600' } }))
    permit.release()
    await expect(Promise.resolve(one.acquire())).rejects.toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 3_600_000,
    })
    await world.clock.advance(1_200)
    expect(await waiting).toMatchObject({ kind: 'rate-limited' })
    await expect(Promise.resolve(other.acquire())).rejects.toMatchObject({ kind: 'rate-limited' })
  })

  test('learn the limit on parallel requests, each for itself', async () => {
    const world = createWorld({ processes: 2, server: { parallel: 4 } })
    await world.clock.runUntilSettled(world.burst(40))
    expect(world.refused).toBeLessThanOrEqual(12)
    expect(world.sent).toHaveLength(80 + world.refused)
  })

  test('take the limits of the tier that an answer tells, unless windows were given', async () => {
    const windows = RATE_LIMIT_WINDOWS.map((spec, index) => ({ ...spec, limit: [1, 15][index] as number }))
    const world = createWorld({ server: { windows, described: 'tightest' }, random: chances(4) })
    await world.clock.runUntilSettled(world.burst(3))
    expect(first(world).snapshot().windows).toMatchObject([{ limit: 1 }, { limit: 15 }])
    expect(world.refused).toBeLessThanOrEqual(12)
    world.reach('refuses')
    await world.clock.runUntilSettled(world.call(0))
    expect(first(world).snapshot().windows).toMatchObject([{ limit: 1 }, { limit: 1 }])
    const told = createWorld({ server: { windows, described: 'tightest' }, limiter: { windows } })
    await told.clock.runUntilSettled(told.burst(3))
    expect(told.refused).toBe(0)
  })

  test('a call that is aborted while it waits is refused at once, and the next takes its place', async () => {
    const world = createWorld({ processes: 1, limiter: { maxInFlight: 1 } })
    const { clock, call, sent } = world
    const permit = await clock.runUntilSettled(Promise.resolve(first(world).acquire()))
    const controller = new AbortController()
    const aborted = Promise.resolve(first(world).acquire({ signal: controller.signal })).catch(
      (error: Error) => error.name,
    )
    const next = call(0)
    await clock.advance(50)
    controller.abort()
    expect(await aborted).toBe('AbortError')
    permit.release()
    await clock.runUntilSettled(next)
    expect(sent).toHaveLength(1)
  })

  test('a place that no call wants any more is given back', async () => {
    const world = createWorld({ processes: 1 })
    const controller = new AbortController()
    const aborted = Promise.resolve(first(world).acquire({ signal: controller.signal })).catch(() => undefined)
    controller.abort()
    await world.clock.runUntilSettled(aborted)
    await world.clock.advance(1_000)
    expect(first(world).snapshot()).toMatchObject({ inFlight: 0, queued: 0, windows: [{ used: 0 }, { used: 0 }] })
  })

  test('a full queue refuses the next call', async () => {
    const world = createWorld({ processes: 1, limiter: { maxQueue: 20 } })
    const waiting = world.burst(20)
    await expect(Promise.resolve(first(world).acquire())).rejects.toMatchObject({ kind: 'queue-full' })
    await world.clock.runUntilSettled(waiting)
  })

  test.each(['there', 'refuses', 'hangs'] as const)(
    'set no timer once no call waits and none is in flight, whether the store is there: it %s',
    async (how) => {
      const { clock, burst, reach } = createWorld({ processes: 3 })
      await clock.runUntilSettled(burst(2))
      reach(how)
      await clock.runUntilSettled(burst(2))
      await clock.advance(3_000)
      expect(clock.pending).toBe(0)
    },
  )

  test('flush resolves when the others can see what has ended', async () => {
    const world = createWorld({ processes: 2, limiter: { windows: [{ name: 'one', limit: 1, windowMs: 10 }] } })
    const [one, other] = world.limiters as [SharedRateLimiter, SharedRateLimiter]
    const permit = await world.clock.runUntilSettled(Promise.resolve(one.acquire()))
    permit.answered(new Response(null))
    permit.release()
    await world.clock.runUntilSettled(one.flush())
    const startedAt = world.clock.now()
    await world.clock.runUntilSettled(Promise.resolve(other.acquire()))
    expect(world.clock.now() - startedAt).toBeLessThan(20)
  })

  test('tell how much of each window is used, and when a call could leave', async () => {
    const world = createWorld({ processes: 2, server: { phaseMs: 20_000 } })
    await world.clock.runUntilSettled(world.burst(10))
    await world.clock.runUntilSettled(first(world).flush())
    const [, steady] = first(world).snapshot().windows
    expect(steady).toMatchObject({ name: 'steady', limit: 150, used: 20, remaining: 130 })
    // The minute ends 40 s after the beginning.
    expect(steady?.refreshesInMs).toBeGreaterThan(START + 40_000 - world.clock.now())
    const now = world.clock.now()
    expect(first(world).estimate({ calls: 1 })).toBeLessThanOrEqual(now + 1_000)
    expect(first(world).estimate({ calls: 290 })).toBeGreaterThanOrEqual(now + 60_000)
  })
})

test.each([
  [{ processes: 0 }, 'processes: 0 is not a whole number from 1'],
  [{ processes: Number.NaN }, 'processes: NaN is not a whole number from 1: how many share the account'],
  [{ maxInFlight: 0 }, 'maxInFlight: 0 is not a number from 1'],
  [{ process: 3 }, '"process" is not an option. Allowed: windows, maxInFlight,'],
  [{ probe: 'once' }, '"probe" is not an option'],
  [{ store: {} }, 'store: {} is not a store, made by createRedisStore, createFileStore or createMemoryStore'],
])('%o is refused at once, because nothing could leave, or everything', (options, message) => {
  const store = createMemoryStore()
  expect(() => createSharedRateLimiter({ store, ...options } as SharedRateLimiterOptions)).toThrow(message)
})

describe('without the store', () => {
  test.each(['refuses', 'hangs'] as const)(
    'from the beginning, because it %s, each process keeps to its part, and all of them to the quota',
    async (how) => {
      const world = createWorld()
      world.reach(how)
      const all = world.burst(10)
      await world.clock.advance(50_000)
      // An eighth of 10 a second is one, an eighth of 150 a minute is 18.
      expect(world.sent.length).toBe(80)
      expect(first(world).snapshot()).toMatchObject({
        store: 'away',
        storeFailure: new Error(how === 'hangs' ? 'The store has not answered for 1000 ms' : 'ECONNREFUSED'),
        windows: [{ limit: 1 }, { limit: 18 }],
      })
      await world.clock.runUntilSettled(all)
      expect(world.refused).toBe(0)
    },
  )

  test('that goes away and comes back, calls go on at once, and none is lost', async () => {
    const world = createWorld({ server: { phaseMs: 30_000 }, random: chances(9) })
    const { clock, sent, reach } = world
    const all = world.burst(60)
    await clock.advance(5_000)
    reach('refuses')
    const before = sent.length
    await clock.advance(10_000)
    expect(sent.length - before).toBeGreaterThan(60)
    reach('there')
    await clock.runUntilSettled(all)
    expect(world.refused).toBe(0)
    expect(sent).toHaveLength(480)
    expect(first(world).snapshot().store).toBe('shared')
  })

  test('in which one process has used the minute alone, the others meet two 429s each at most', async () => {
    const world = createWorld({ server: { phaseMs: 30_000 }, random: chances(2) })
    const { clock, call, reach } = world
    await clock.runUntilSettled(Promise.all(Array.from({ length: 140 }, () => call(0))))
    reach('refuses')
    await clock.runUntilSettled(world.burst(5))
    expect(world.refused).toBeLessThanOrEqual(14)
  })

  test.each([500, 5_000, 45_000])(
    'that loses everything in the middle, and is away for %d ms: few 429s, and no call is lost',
    async (awayMs) => {
      const world = createWorld({ server: { phaseMs: 10_000 }, random: chances(6) })
      const { clock, sent, reach, lose } = world
      const all = world.burst(60)
      await clock.advance(9_000)
      reach('refuses')
      lose()
      await clock.advance(awayMs)
      reach('there')
      await clock.runUntilSettled(all)
      expect(world.refused).toBeLessThanOrEqual(2)
      expect(sent).toHaveLength(480 + world.refused)
    },
  )

  test('that loses everything unnoticed is told again by those who know, so that a newcomer knows it', async () => {
    const world = createWorld({ processes: 2, server: { phaseMs: 30_000 } })
    const { clock, call, lose } = world
    const busy = Promise.all(Array.from({ length: 160 }, () => call(0)))
    await clock.advance(16_000)
    lose()
    await clock.advance(1_000)
    await clock.runUntilSettled(Promise.all([call(1), call(1), busy]))
    expect(world.refused).toBeLessThanOrEqual(1)
  })

  test('that does not answer although it has written: the places are given back', async () => {
    const world = createWorld({ processes: 2, limiter: { maxInFlight: 2 } })
    const { clock, sent, reach, limiters } = world
    const all = world.burst(30)
    await clock.advance(3_000)
    reach('hangs after writing')
    await clock.advance(2_500)
    reach('there')
    await clock.runUntilSettled(all)
    expect(world.refused).toBe(0)
    expect(limiters.map((limiter) => limiter.snapshot().inFlight)).toEqual([0, 0])
    expect(sent).toHaveLength(60)
  })

  test.each([-20_000, -3_600_000, 3_600_000])(
    'whose clock is set by %d ms: few 429s, and no call waits for an hour',
    async (ms) => {
      const world = createWorld({ random: chances(8) })
      const { clock, sent } = world
      const all = world.burst(60)
      await clock.advance(9_000)
      clock.setWall(clock.wallNow() + ms)
      await clock.runUntilSettled(all)
      expect(world.refused).toBeLessThanOrEqual(2)
      expect(sent).toHaveLength(480 + world.refused)
      expect(clock.now() - START).toBeLessThan(300_000)
    },
  )
})
