import type { Admission, Clock, Limits, QuotaState, RateLimitWindow } from '@hood-exports/provider'
import type { Database } from '../data/database.ts'
import { inFlightCounter } from './in-flight.ts'
import { currentCount } from './window.ts'
import type { WindowCount, WindowStart } from './window.ts'

/** Which window `X-RateLimit-*` describes; the vendor does not say. */
export type HeaderWindow =
  | 'longest'
  | 'shortest'
  /** The one with the fewest requests left; of several, the one that refreshes last. */
  | 'fewest-remaining'

export interface Limiter {
  /** Counts one request of an account. A refused request is not counted. */
  admit(accountId: number): Admission
  /** For a request that is charged to no account. */
  untouchedQuota(): QuotaState
  /** Uses up what is left of a window, now. It was asked for, so requests are refused in every mode. */
  useUp(accountId: number, window: 'longest' | 'shortest'): void
  /** Gives an account its whole quota back; without one, every account. */
  refill(accountId?: number): void
  close(): void
}

export interface LimiterOptions {
  readonly limits: Limits
  /** Whether to refuse for what was counted; headers are sent in either case. */
  readonly mode: 'refuse' | 'count-only'
  readonly start: WindowStart
  readonly headerWindow: HeaderWindow
  readonly clock: Clock
}

interface Counted extends WindowCount {
  readonly window: RateLimitWindow
}

const READ = 'SELECT started_ms AS startedMs, used FROM window_counts WHERE account_id = ? AND window_ms = ?'
const WRITE = `INSERT INTO window_counts (account_id, window_ms, started_ms, used) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET started_ms = excluded.started_ms, used = excluded.used`

/** Counts in the database, so that processes on one file share the quota. */
export function createLimiter(database: Database, options: LimiterOptions): Limiter {
  const { limits, mode, start, headerWindow, clock } = options
  const { windows, parallel } = limits
  const inFlight = inFlightCounter(database)

  const read = (accountId: number, nowMs: number): Counted[] =>
    windows.map((window) => {
      const last = database.prepare(READ).get(accountId, window.windowMs) as WindowCount | undefined
      return { window, ...currentCount(window, start, last, nowMs) }
    })
  const save = (accountId: number, counts: readonly Counted[]): void => {
    for (const { window, startedMs, used } of counts) {
      database.prepare(WRITE).run(accountId, window.windowMs, startedMs, used)
    }
  }
  const lengths = windows.map(({ windowMs }) => windowMs)
  const lengthOf = (which: HeaderWindow): number => (which === 'longest' ? Math.max(...lengths) : Math.min(...lengths))
  const described = (counts: readonly Counted[], nowMs: number): QuotaState => {
    const states = counts.map(({ window: { limit, windowMs }, startedMs, used }) => ({
      limit,
      remaining: Math.max(0, limit - used),
      resetMs: startedMs + windowMs - nowMs,
    }))
    if (headerWindow === 'fewest-remaining') return states.reduce(scarcer)
    return states[lengths.indexOf(lengthOf(headerWindow))] as QuotaState
  }

  const count = (accountId: number): Admission => {
    const nowMs = clock.now()
    const counts = read(accountId, nowMs)
    const full = counts.filter(({ window, used }) => used >= (mode === 'refuse' ? window.limit : USED_UP))
    if (full.length > 0) {
      const waits = full.map(({ window, startedMs }) => startedMs + window.windowMs - nowMs)
      return { kind: 'used-up', waitMs: Math.max(...waits) }
    }
    const next = counts.map((counted) => ({ ...counted, used: counted.used + 1 }))
    save(accountId, next)
    return { kind: 'admitted', quota: described(next, nowMs), leave: NOTHING }
  }

  return {
    admit: (accountId) => {
      // The parallel limit first: a request that it refuses must not use a place in the windows.
      const leave = parallel === undefined || mode === 'count-only' ? NOTHING : inFlight.enter(accountId, parallel)
      if (leave === undefined) return { kind: 'too-many-in-parallel' }
      const admission = database.write(() => count(accountId))
      if (admission.kind === 'admitted') return { ...admission, leave }
      leave()
      return admission
    },
    untouchedQuota: () => {
      const nowMs = clock.now()
      const unused = windows.map((window) => ({ window, ...currentCount(window, start, undefined, nowMs) }))
      return described(unused, nowMs)
    },
    useUp: (accountId, which) => {
      const usedUp = lengthOf(which)
      database.write(() => {
        const counts = read(accountId, clock.now())
        save(
          accountId,
          counts.map((counted) => (counted.window.windowMs === usedUp ? { ...counted, used: USED_UP } : counted)),
        )
      })
    },
    refill: (accountId) => {
      database.write(() => {
        if (accountId === undefined) database.prepare('DELETE FROM window_counts').run()
        else database.prepare('DELETE FROM window_counts WHERE account_id = ?').run(accountId)
      })
    },
    close: () => inFlight.close(),
  }
}

/** More than can be counted to: a window that was used up on purpose refuses in every mode. */
const USED_UP = Number.MAX_SAFE_INTEGER
const NOTHING = (): void => {}

function scarcer(one: QuotaState, other: QuotaState): QuotaState {
  if (one.remaining !== other.remaining) return one.remaining < other.remaining ? one : other
  return one.resetMs >= other.resetMs ? one : other
}
