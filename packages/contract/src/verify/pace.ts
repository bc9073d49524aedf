import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseQuota } from '@hood-exports/client/rate-limit'
import type { Clock } from '@hood-exports/client/rate-limit'
import type { Credential } from './credential.ts'
import type { Answer, Exchange } from './exchange.ts'

export type { Clock }

/** Keeps a run inside the quota of each account. It reads no clock and does not wait: it says when. */
export interface Pace {
  /** The moment from `nowMs` on at which the account of a credential has a place for one more request. */
  openingFor(credential: Credential, nowMs: number): number
  /** Counts a request that has ended at `nowMs`, whether it waited for its place or not. */
  count(exchange: Exchange, nowMs: number): void
}

const [BURST, STEADY] = RATE_LIMIT_WINDOWS

/** Whether a request counts itself in Remaining is not documented, so the last one of a window is not sent. */
const SPARE = 1
/** Reset may be rounded down. */
const ROUNDING_MS = 1_000
/** Waits for other users of the account. A provider that always reports more of them is not believed any more. */
const MOST_FOREIGN_WAITS = 3

/** What the newest answer said about the minute. */
interface Minute {
  readonly remaining: number
  readonly endsAtMs: number
}

interface Account {
  /** When the newest requests ended, in their order. */
  endedMs: number[]
  /** The same for those of the last minute that showed a token: others are not the account's. */
  ownEndedMs: number[]
  minute: Minute | undefined
  /** Ends of windows that other users had used up. */
  readonly foreignEndsMs: Set<number>
}

/**
 * Whatever the phase of a window is, as many requests as it takes are counted in it when the last of them has ended no
 * longer ago than it is long. For the minute the answers say more: what is left, and until when.
 */
export function createPace(): Pace {
  const accounts = new Map<string, Account>()
  const accountFor = (credential: Credential): Account => {
    const name = accountOf(credential)
    const known = accounts.get(name) ?? { endedMs: [], ownEndedMs: [], minute: undefined, foreignEndsMs: new Set() }
    accounts.set(name, known)
    return known
  }
  return {
    openingFor: (credential, nowMs) => {
      const account = accountFor(credential)
      const burst = slides(account.endedMs, BURST)
      return Math.max(nowMs, burst, credential.kind === 'token' ? minuteOpening(account, nowMs) : nowMs)
    },
    count: (exchange, nowMs) => {
      const { request } = exchange
      const account = accountFor(request.credential)
      account.endedMs = [...account.endedMs, nowMs].slice(-BURST.limit)
      if (request.credential.kind !== 'token') return
      account.ownEndedMs = [...account.ownEndedMs.filter((endedMs) => endedMs > nowMs - STEADY.windowMs), nowMs]
      const { minute } = account
      if (minute !== undefined) account.minute = { ...minute, remaining: minute.remaining - 1 }
      if (exchange.kind === 'no-answer' || exchange.status === 429) return
      const quota = parseQuota(exchange.headers)
      if (quota.kind === 'absent' || quota.limit !== STEADY.limit || quota.resetS === undefined) return
      const resetMs = Math.min(quota.resetS * 1_000 + ROUNDING_MS, STEADY.windowMs)
      account.minute = { remaining: quota.remaining, endsAtMs: exchange.headAtMs + resetMs }
    },
  }
}

/** When the requests of the run alone leave room for one more. */
function slides(endedMs: readonly number[], { limit, windowMs }: (typeof RATE_LIMIT_WINDOWS)[number]): number {
  return (endedMs.at(-limit) ?? -Infinity) + windowMs
}

function minuteOpening({ ownEndedMs, minute, foreignEndsMs }: Account, nowMs: number): number {
  const slidesAtMs = slides(ownEndedMs, STEADY)
  if (minute === undefined || minute.endsAtMs <= nowMs) return slidesAtMs
  if (minute.remaining > SPARE) return nowMs
  if (slidesAtMs > nowMs) return Math.min(slidesAtMs, minute.endsAtMs)
  // The run has not used up the minute by itself.
  if (!foreignEndsMs.has(minute.endsAtMs) && foreignEndsMs.size >= MOST_FOREIGN_WAITS) return nowMs
  foreignEndsMs.add(minute.endsAtMs)
  return minute.endsAtMs
}

/** Whose quota a request uses. One without a valid token uses none, and stays within the main account's second. */
export function accountOf(credential: Credential): 'main' | 'other' | 'third' {
  if (credential.kind !== 'token' || credential.of === 'same') return 'main'
  return credential.of
}

export function sleep(ms: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.setTimer(resolve, ms))
}

/**
 * Answers to requests that were in flight alone in their account. Which of several the provider counted first cannot
 * be known.
 */
export function aloneInFlight(answers: readonly Answer[]): readonly Answer[] {
  const byAccount = Map.groupBy(answers, ({ request }) => accountOf(request.credential))
  return answers.filter((one) =>
    byAccount
      .get(accountOf(one.request.credential))
      ?.every((other) => other === one || other.headAtMs <= one.sentAtMs || one.headAtMs <= other.sentAtMs),
  )
}
