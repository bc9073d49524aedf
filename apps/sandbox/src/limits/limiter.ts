import type { Admission, Clock, Limits, QuotaState, RateLimitWindow } from '@hood-exports/provider'
import type { Choices } from '../choices.ts'
import type { Database } from '../data/database.ts'
import { inFlightCounter } from './in-flight.ts'
import { currentCount } from './window.ts'
import type { WindowCount, WindowStart } from './window.ts'

/** What a request is counted with: the quota of all, or one of its own. */
export type Scope = 'all' | 'view' | 'download'

export interface Limiter {
  /** Counts one request of an account. */
  admit(accountId: number, scope: Scope): Admission
  /** For a request that is charged to no account. */
  untouchedQuota(): QuotaState | undefined
  /** Uses up what is left of a window, now. It was asked for, so requests are refused in every mode. */
  useUp(accountId: number, scope: Scope, window: 'longest' | 'shortest'): void
  /** Gives an account its whole quota back; without one, every account. */
  refill(accountId?: number): void
  close(): void
}

export interface LimiterOptions {
  readonly limits: Limits
  /** Whether to refuse for what was counted; headers are sent in either case. */
  readonly mode: 'refuse' | 'count-only'
  readonly choices: Choices
  /** Where windows that follow the clock begin, after whole multiples of their length. */
  readonly phaseMs: number
  readonly clock: Clock
}

interface Counted extends WindowCount {
  readonly window: RateLimitWindow
}

const READ =
  'SELECT started_ms AS startedMs, used FROM window_counts WHERE account_id = ? AND scope = ? AND window_ms = ?'
const WRITE = `INSERT INTO window_counts (account_id, scope, window_ms, started_ms, used) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET started_ms = excluded.started_ms, used = excluded.used`

/** Counts in the database, so that processes on one file share the quota. */
export function createLimiter(database: Database, options: LimiterOptions): Limiter {
  const { limits, mode, choices, phaseMs, clock } = options
  const { windows, parallel } = limits
  const start: WindowStart =
    choices['quota.window-start'] === 'clock' ? { kind: 'clock', phaseMs } : { kind: 'first-request' }
  const costs: Readonly<Record<number, 'counted' | 'free'>> = choices['quota.refused-cost']
  const inFlight = inFlightCounter(database)

  const read = (accountId: number, scope: Scope, nowMs: number): Counted[] =>
    windows.map((window) => {
      const last = database.prepare(READ).get(accountId, scope, window.windowMs) as WindowCount | undefined
      return { window, ...currentCount(window, start, last, nowMs) }
    })
  const save = (accountId: number, scope: Scope, counts: readonly Counted[]): void => {
    for (const { window, startedMs, used } of counts) {
      database.prepare(WRITE).run(accountId, scope, window.windowMs, startedMs, used)
    }
  }
  const add = (accountId: number, scope: Scope, counts: readonly Counted[], more: 1 | -1): Counted[] => {
    const next = counts.map((counted) => ({ ...counted, used: Math.max(0, counted.used + more) }))
    save(accountId, scope, next)
    return next
  }
  const lengths = windows.map(({ windowMs }) => windowMs)
  const lengthOf = (which: 'longest' | 'shortest'): number =>
    which === 'longest' ? Math.max(...lengths) : Math.min(...lengths)
  const described = (counts: readonly Counted[], nowMs: number): QuotaState | undefined => {
    const which = choices['quota.described-window']
    if (which === 'none') return undefined
    const states = counts.map(({ window: { limit, windowMs }, startedMs, used }) => ({
      limit,
      remaining: Math.max(0, limit - used),
      leftMs: startedMs + windowMs - nowMs,
    }))
    const { leftMs, ...state } =
      which === 'fewest-remaining' ? states.reduce(scarcer) : (states[lengths.indexOf(lengthOf(which))] as OpenWindow)
    return { ...state, resetSeconds: ROUNDED[choices['quota.reset-rounding']](leftMs / 1_000) }
  }

  const count = (accountId: number, scope: Scope): Admission => {
    const nowMs = clock.now()
    const counts = read(accountId, scope, nowMs)
    const full = counts.filter(({ window, used }) => used >= (mode === 'refuse' ? window.limit : USED_UP))
    if (full.length > 0) {
      if (costs[429] === 'counted') add(accountId, scope, counts, 1)
      const waits = full.map(({ window, startedMs }) => startedMs + window.windowMs - nowMs)
      return { kind: 'used-up', waitMs: Math.max(...waits) }
    }
    const next = add(accountId, scope, counts, 1)
    return {
      kind: 'admitted',
      quotaAfter: (status) => (costs[status] === 'free' ? giveBack(accountId, scope) : described(next, nowMs)),
      leave: NOTHING,
    }
  }
  const giveBack = (accountId: number, scope: Scope): QuotaState | undefined =>
    database.write(() => {
      const nowMs = clock.now()
      return described(add(accountId, scope, read(accountId, scope, nowMs), -1), nowMs)
    })

  return {
    admit: (accountId, scope) => {
      // The parallel limit first: a request that it refuses must not use a place in the windows.
      const leave = parallel === undefined || mode === 'count-only' ? NOTHING : inFlight.enter(accountId, parallel)
      if (leave === undefined) return { kind: 'too-many-in-parallel' }
      const admission = database.write(() => count(accountId, scope))
      if (admission.kind === 'admitted') return { ...admission, leave }
      leave()
      return admission
    },
    untouchedQuota: () => {
      const nowMs = clock.now()
      const unused = windows.map((window) => ({ window, ...currentCount(window, start, undefined, nowMs) }))
      return described(unused, nowMs)
    },
    useUp: (accountId, scope, which) => {
      const usedUp = lengthOf(which)
      database.write(() => {
        const counts = read(accountId, scope, clock.now())
        save(
          accountId,
          scope,
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
const ROUNDED = { up: Math.ceil, down: Math.floor, nearest: Math.round }

interface OpenWindow {
  readonly limit: number
  readonly remaining: number
  readonly leftMs: number
}

function scarcer(one: OpenWindow, other: OpenWindow): OpenWindow {
  if (one.remaining !== other.remaining) return one.remaining < other.remaining ? one : other
  return one.leftMs >= other.leftMs ? one : other
}
