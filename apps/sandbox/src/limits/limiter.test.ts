import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { LIST, bench } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'sandbox-limits-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Quota {
  readonly status: number
  readonly limit: string | undefined
  readonly remaining: string | undefined
  readonly reset: string | undefined
  readonly retryAfter: string | undefined
}

async function quotaOf({ ask }: Bench, token?: string): Promise<Quota> {
  const { status, headers } = await ask(`${LIST}?page=1,1&fields=id`, token === undefined ? {} : { token })
  return {
    status,
    limit: headers['x-ratelimit-limit'],
    remaining: headers['x-ratelimit-remaining'],
    reset: headers['x-ratelimit-reset'],
    retryAfter: headers['retry-after'],
  }
}

function granted(limit: number, remaining: number, reset: number): Quota {
  return {
    status: 200,
    limit: String(limit),
    remaining: String(remaining),
    reset: String(reset),
    retryAfter: undefined,
  }
}

function refused(seconds: number): Quota {
  return { status: 429, limit: undefined, remaining: undefined, reset: undefined, retryAfter: String(seconds) }
}

async function times(count: number, at: Bench): Promise<Quota[]> {
  const all: Quota[] = []
  for (let sent = 0; sent < count; sent += 1) all.push(await quotaOf(at))
  return all
}

describe('the windows', () => {
  test('let 10 requests of a second pass, and refuse the rest of it', async () => {
    const at = bench({ items: 0, startMs: 250 })
    expect((await times(11, at)).map(({ status }) => status)).toEqual([...Array<number>(10).fill(200), 429])
    expect(await quotaOf(at)).toEqual(refused(1))
    at.clock.moveTo(999)
    expect(await quotaOf(at)).toEqual(refused(1))
    at.clock.moveTo(1_000)
    expect(await quotaOf(at)).toEqual(granted(150, 139, 59))
    at.sandbox.close()
  })

  test('let 150 requests of a minute pass, and refuse the rest of it', async () => {
    const at = bench({ items: 0 })
    for (let second = 0; second < 15; second += 1) {
      at.clock.moveTo(second * 1_000)
      const all = await times(10, at)
      expect(all.at(-1)).toEqual(granted(150, 140 - second * 10, 60 - second))
    }
    // Both windows are used up: the one that refreshes last decides how long to wait.
    expect(await quotaOf(at)).toEqual(refused(46))
    at.clock.moveTo(15_001)
    expect(await quotaOf(at)).toEqual(refused(45))
    at.clock.moveTo(59_999)
    expect(await quotaOf(at)).toEqual(refused(1))
    at.clock.moveTo(60_000)
    expect(await quotaOf(at)).toEqual(granted(150, 149, 60))
    at.sandbox.close()
  })

  test('do not count what they refuse, and not what has no token', async () => {
    const at = bench({ items: 0 })
    await times(30, at)
    expect(await quotaOf(at, 'unknown')).toEqual({ ...granted(150, 150, 60), status: 401 })
    at.clock.moveTo(1_000)
    expect(await quotaOf(at)).toEqual(granted(150, 139, 59))
    at.sandbox.close()
  })

  test('count every answer but a 429: 400, 404 and 405 too', async () => {
    const at = bench({ items: 0 })
    const remaining: unknown[] = []
    for (const [path, method] of [
      [`${LIST}?page=0`, 'GET'],
      [`${LIST}/1`, 'GET'],
      ['/v1/nothing', 'GET'],
      [LIST, 'DELETE'],
    ] as const) {
      const { status, headers } = await at.ask(path, { method })
      remaining.push([status, headers['x-ratelimit-remaining']])
    }
    expect(remaining).toEqual([
      [400, '149'],
      [404, '148'],
      [404, '147'],
      [405, '146'],
    ])
    at.sandbox.close()
  })

  test('are shared by the tokens of an account, and by no other account', async () => {
    const at = bench({ items: 0 })
    const { sameAccount, otherAccount } = at.sandbox.tokens
    await times(9, at)
    expect(await quotaOf(at, sameAccount)).toEqual(granted(150, 140, 60))
    expect(await quotaOf(at, sameAccount)).toEqual(refused(1))
    expect(await quotaOf(at, otherAccount)).toEqual(granted(150, 149, 60))
    at.sandbox.close()
  })

  test('are counted and sent, but refuse nothing, when limits are off', async () => {
    const at = bench({ items: 0, limits: 'off' })
    const all = await times(160, at)
    expect(all[0]).toEqual(granted(150, 149, 60))
    expect(all.at(-1)).toEqual(granted(150, 0, 60))
    at.sandbox.close()
  })

  test('begin with the first request after the last one has ended, when that is chosen', async () => {
    const at = bench({ items: 0, startMs: 700, choices: { 'quota.window-start': 'first-request' } })
    await times(10, at)
    at.clock.moveTo(1_699)
    expect(await quotaOf(at)).toEqual(refused(1))
    at.clock.moveTo(5_000)
    expect(await quotaOf(at)).toEqual(granted(150, 139, 56))
    at.clock.moveTo(60_700)
    expect(await quotaOf(at)).toEqual(granted(150, 149, 60))
    at.sandbox.close()
  })

  test('described by the headers are the ones that were chosen', async () => {
    const shortest = bench({ items: 0, choices: { 'quota.described-window': 'shortest' } })
    expect(await quotaOf(shortest)).toEqual(granted(10, 9, 1))
    shortest.sandbox.close()
    const scarcest = bench({ items: 0, choices: { 'quota.described-window': 'fewest-remaining' } })
    for (let second = 0; second < 14; second += 1) {
      scarcest.clock.moveTo(second * 1_000)
      expect((await times(10, scarcest)).at(-1)).toEqual(granted(10, 0, 1))
    }
    scarcest.clock.moveTo(14_000)
    // Nine left in both: the minute refreshes last.
    expect(await quotaOf(scarcest)).toEqual(granted(150, 9, 46))
    scarcest.sandbox.close()
  })
})

interface Sent {
  readonly at: number
  readonly isGranted: boolean
}

/** The whole history, counted again for every request. */
function modelQuota(history: Sent[], nowMs: number, phaseMs: number): Quota {
  const windows = [
    { limit: 10, length: 1_000 },
    { limit: 150, length: 60_000 },
  ].map(({ limit, length }) => {
    const windowOf = (at: number): number => Math.floor((at - phaseMs) / length)
    const used = history.filter(({ at, isGranted }) => isGranted && windowOf(at) === windowOf(nowMs)).length
    return { limit, used, resetMs: (windowOf(nowMs) + 1) * length + phaseMs - nowMs }
  })
  const full = windows.filter(({ limit, used }) => used >= limit)
  history.push({ at: nowMs, isGranted: full.length === 0 })
  if (full.length > 0) return refused(Math.ceil(Math.max(...full.map(({ resetMs }) => resetMs)) / 1_000))
  const minute = windows[1] as (typeof windows)[number]
  return granted(minute.limit, minute.limit - minute.used - 1, Math.ceil(minute.resetMs / 1_000))
}

let files = 0

describe.each(['in memory', 'in a file'])('with counts %s', (where) => {
  test('every phase gives the headers and the Retry-After that counting by hand gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(59_999),
        fc.nat(3_600_000),
        fc.array(fc.tuple(fc.constantFrom(1, 3, 10, 11), fc.constantFrom(0, 1, 333, 999, 1_000, 5_000, 59_000)), {
          minLength: 5,
          maxLength: 40,
        }),
        async (phaseMs, startMs, bursts) => {
          const at = bench({
            items: 0,
            startMs,
            windowPhaseMs: phaseMs,
            ...(where === 'in a file' ? { database: join(folder, `${files++}.db`) } : {}),
          })
          const history: Sent[] = []
          for (const [count, pauseMs] of bursts) {
            for (let sent = 0; sent < count; sent += 1) {
              expect(await quotaOf(at)).toEqual(modelQuota(history, at.clock.now(), phaseMs))
            }
            at.clock.advance(pauseMs)
          }
          at.sandbox.close()
        },
      ),
      { numRuns: where === 'in a file' ? 4 : 120 },
    )
  }, 60_000)
})

test('a request that waits for Retry-After is let through, and not a millisecond before the window ends', async () => {
  for (let phaseMs = 0; phaseMs < 1_000; phaseMs += 37) {
    const at = bench({ items: 0, windowPhaseMs: phaseMs })
    await times(10, at)
    const { retryAfter } = await quotaOf(at)
    at.clock.moveTo((phaseMs === 0 ? 1_000 : phaseMs) - 1)
    expect((await quotaOf(at)).status).toBe(429)
    at.clock.moveTo(Number(retryAfter) * 1_000)
    expect((await quotaOf(at)).status).toBe(200)
    at.sandbox.close()
  }
})

describe('the parallel limit', () => {
  const limits = { windows: [{ limit: 100, windowMs: 60_000 }], parallel: 2 }
  const FILE = `${LIST}/1000000/download`

  test('is a 429 with Retry-After -1, until a download has been read to its end', async () => {
    const at = bench({ items: 1, limits })
    const [first, second] = [await at.send(FILE), await at.send(FILE)]
    expect(await quotaOf(at)).toEqual(refused(-1))
    await first.text()
    expect(await quotaOf(at)).toEqual(granted(100, 97, 60))
    await second.text()
    at.sandbox.close()
  })

  test('is freed by a download that is given up', async () => {
    const at = bench({ items: 1, limits: { ...limits, parallel: 1 } })
    const given = await at.send(FILE)
    expect((await quotaOf(at)).status).toBe(429)
    await given.body?.cancel()
    expect((await quotaOf(at)).status).toBe(200)
    at.sandbox.close()
  })

  test('is freed by a download that is aborted', async () => {
    const at = bench({ items: 1, limits: { ...limits, parallel: 1 } })
    const abort = new AbortController()
    const given = await at.send(FILE, { signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(given.text()).rejects.toThrow('enough')
    expect((await quotaOf(at)).status).toBe(200)
    at.sandbox.close()
  })

  test('is of each account, and what it refuses is not counted in the windows', async () => {
    const at = bench({ items: 1, limits: { ...limits, parallel: 1 } })
    const given = await at.send(FILE)
    expect(await times(3, at)).toEqual([refused(-1), refused(-1), refused(-1)])
    expect((await quotaOf(at, at.sandbox.tokens.otherAccount)).status).toBe(200)
    await given.text()
    expect(await quotaOf(at)).toEqual(granted(100, 98, 60))
    at.sandbox.close()
  })

  test('is never used up by requests that a window refuses', async () => {
    const at = bench({ items: 1, limits: { windows: [{ limit: 1, windowMs: 60_000 }], parallel: 1 } })
    await times(5, at)
    at.clock.moveTo(60_000)
    expect((await quotaOf(at)).status).toBe(200)
    at.sandbox.close()
  })
})
