import type { Admission, Clock, Limits, QuotaState } from '@hood-exports/provider'
import type { Database } from '../data/database.ts'
import { inFlightCounter } from './in-flight.ts'
import { currentCount, windowState } from './window.ts'
import type { WindowStart } from './window.ts'
import { windowStore } from './window-store.ts'

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
  /** Gives every account its whole quota back. */
  refill(): void
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

export function createLimiter(database: Database, options: LimiterOptions): Limiter {
  const { limits, mode, start, headerWindow, clock } = options
  const { windows, parallel } = limits
  const store = windowStore(
    database,
    windows.map(({ windowMs }) => windowMs),
  )
  const inFlight = inFlightCounter(database)

  const lengths = windows.map(({ windowMs }) => windowMs)
  const placeOf = (which: HeaderWindow): number =>
    lengths.indexOf(which === 'longest' ? Math.max(...lengths) : Math.min(...lengths))
  const described = (states: readonly QuotaState[]): QuotaState =>
    headerWindow === 'fewest-remaining' ? states.reduce(scarcer) : (states[placeOf(headerWindow)] as QuotaState)

  const count = (accountId: number): Admission =>
    store.update<Admission>(accountId, (last) => {
      const nowMs = clock.now()
      const counts = windows.map((window, index) => currentCount(window, start, last[index], nowMs))
      const full = windows
        .map((window, index) => ({ window, used: counts[index] ?? UNUSED }))
        .filter(({ window, used }) => used.used >= (mode === 'refuse' ? window.limit : USED_UP))
        .map(({ window, used }) => windowState(window, used, nowMs))
      if (full.length > 0) {
        return {
          next: undefined,
          result: { kind: 'used-up', waitMs: Math.max(...full.map(({ resetMs }) => resetMs)) },
        }
      }
      const next = counts.map(({ startedMs, used }) => ({ startedMs, used: used + 1 }))
      const quota = described(windows.map((window, index) => windowState(window, next[index] ?? UNUSED, nowMs)))
      return { next, result: { kind: 'admitted', quota, leave: () => {} } }
    })

  return {
    admit: (accountId) => {
      // The parallel limit first: a request that it refuses must not use a place in the windows.
      const leave = parallel === undefined || mode === 'count-only' ? NOTHING : inFlight.enter(accountId, parallel)
      if (leave === undefined) return { kind: 'too-many-in-parallel' }
      const admission = count(accountId)
      if (admission.kind === 'admitted') return { ...admission, leave }
      leave()
      return admission
    },
    untouchedQuota: () => {
      const nowMs = clock.now()
      return described(
        windows.map((window) => windowState(window, currentCount(window, start, undefined, nowMs), nowMs)),
      )
    },
    useUp: (accountId, which) => {
      const index = placeOf(which)
      store.update(accountId, (last) => {
        const nowMs = clock.now()
        const next = windows.map((window, place) => {
          const now = currentCount(window, start, last[place], nowMs)
          return place === index ? { ...now, used: USED_UP } : now
        })
        return { next, result: undefined }
      })
    },
    refill: () => store.clear(),
    close: () => inFlight.close(),
  }
}

/** More than can be counted to: a window that was used up on purpose refuses in every mode. */
const USED_UP = Number.MAX_SAFE_INTEGER
const UNUSED = { startedMs: 0, used: 0 }
const NOTHING = (): void => {}

function scarcer(one: QuotaState, other: QuotaState): QuotaState {
  if (one.remaining !== other.remaining) return one.remaining < other.remaining ? one : other
  return one.resetMs >= other.resetMs ? one : other
}
