import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseQuota } from '@hood-exports/client/rate-limit'
import type { Answer } from '../../exchange.ts'
import { accountOf, aloneInFlight } from '../../pace.ts'
import type { TestRequest } from '../../test-request.ts'
import { count, violation } from '../../violation.ts'
import type { Violation } from '../../violation.ts'

/** What an answer said about the quota. */
interface Reading {
  readonly request: TestRequest
  readonly account: string
  readonly limit: number
  readonly windowMs: number
  readonly remaining: number
  readonly resetMs: number
  readonly sentAtMs: number
  readonly headAtMs: number
  /** Admitted answers of its account up to and with this one; those that are certain to be counted. */
  readonly counted: number
  /** Which of all answers to its account it is. */
  readonly place: number
}

type Judged = Violation<'quota-values' | 'quota-counts-down' | 'quota-reset' | 'quota-per-account'>

/**
 * Looks at the quota that all answers of a run describe. Other requests may use the accounts as well, which headers
 * describe which window is open, and so is how Reset is rounded: only what none of this explains is a violation.
 */
export function judgeQuota(answers: readonly Answer[]): Judged[] {
  const readings: Reading[] = []
  const violations: Judged[] = []
  const alone = new Set(aloneInFlight(answers))
  const counts = new Map<string, number>()
  const places = new Map<string, number>()
  const increment = (counter: Map<string, number>, name: string, by: number): number => {
    const next = (counter.get(name) ?? 0) + by
    counter.set(name, next)
    return next
  }
  for (const answer of answers) {
    const { request, status, headers, sentAtMs, headAtMs } = answer
    const account = accountOf(request.credential)
    const isCounted = [200, 202].includes(status) && request.method !== 'HEAD'
    const counted = increment(counts, account, isCounted ? 1 : 0)
    const place = increment(places, account, 1)
    const quota = parseQuota(headers)
    // What is no number breaks the spec already.
    if (status === 429 || quota.kind === 'absent') continue
    const { limit, remaining, resetS } = quota
    const window = RATE_LIMIT_WINDOWS.find((known) => known.limit === limit)
    const stated = judgeStated({ request, headers, limit, window, resetS })
    violations.push(...stated)
    // A request without a valid token has no account.
    if (stated.length > 0 || window === undefined || resetS === undefined || request.credential.kind !== 'token')
      continue
    if (request.method === 'HEAD' || !alone.has(answer)) continue
    const { windowMs } = window
    const resetMs = resetS * 1_000
    readings.push({ request, account, limit, windowMs, remaining, resetMs, sentAtMs, headAtMs, counted, place })
  }
  const series = Map.groupBy(readings, ({ account, limit }) => `${account} ${limit}`)
  for (const one of series.values()) {
    for (const judge of [judgeFall, judgeSteps, judgeCosts, judgeEnds]) {
      const broken = judge(one)
      if (broken !== undefined) violations.push(broken)
    }
  }
  return [...violations, ...judgeSharing(readings)]
}

interface Stated {
  readonly request: TestRequest
  readonly headers: Headers
  readonly limit: number
  readonly window: (typeof RATE_LIMIT_WINDOWS)[number] | undefined
  readonly resetS: number | undefined
}

function judgeStated({ request, headers, limit, window, resetS }: Stated): Judged[] {
  if (window === undefined) {
    return [violation('quota-values', request, `X-RateLimit-Limit ${limit}, which is no documented window`)]
  }
  const remaining = Number(headers.get('x-ratelimit-remaining'))
  if (remaining > limit) return [violation('quota-values', request, `${remaining} remaining of ${limit}`)]
  if (resetS !== undefined && resetS * 1_000 <= window.windowMs) return []
  const actual = `X-RateLimit-Reset ${headers.get('x-ratelimit-reset')} for a window of ${window.windowMs / 1_000} s`
  return [violation('quota-reset', request, actual)]
}

/** Where nothing is refused it stays at its least: 0, or 1 where a request does not count itself. */
const LEAST = 1

/** Remaining is an estimate: this much more than the requests in between allow says nothing. */
export function slackOf(limit: number): number {
  return Math.max(3, limit / 30)
}

/** Two neighbours in a series. */
interface Step {
  readonly earlier: Reading
  readonly later: Reading
  readonly requests: number
  readonly fall: number
  /** Whether more is left than the requests in between allow: a new window, or an estimate. */
  readonly isRaised: boolean
}

function stepsOf(series: readonly Reading[]): Step[] {
  return series.slice(1).map((later, index) => {
    const earlier = series[index] as Reading
    const requests = later.counted - earlier.counted
    const isRaised = later.remaining > Math.max(LEAST, earlier.remaining - requests)
    return { earlier, later, requests, fall: earlier.remaining - later.remaining, isRaised }
  })
}

/** Steps in which the window must have refreshed. */
function refreshesOf(series: readonly Reading[]): Step[] {
  const capacity = ({ remaining, counted }: Reading): number => remaining + counted
  let least = Infinity
  return stepsOf(series).filter(({ earlier, later }) => {
    least = Math.min(least, capacity(earlier))
    const isRefreshed = later.remaining > Math.max(LEAST, least - later.counted) + slackOf(later.limit)
    if (isRefreshed) least = Infinity
    return isRefreshed
  })
}

/** Within less than one window it refreshes at most once, and not before the end that Reset has named. */
function judgeFall(series: readonly Reading[]): Judged | undefined {
  const refreshes = refreshesOf(series)
  for (const [index, { earlier, later, requests }] of refreshes.entries()) {
    const before = refreshes[index - 1]
    if (before !== undefined && later.headAtMs - before.earlier.sentAtMs < later.windowMs) {
      const actual = `${later.remaining} remaining of ${later.limit}, and ${before.later.remaining} ${Math.round(later.headAtMs - before.later.headAtMs)} ms before: it does not fall`
      return { ...violation('quota-counts-down', later.request, actual), comparedWith: before.later.request }
    }
    if (later.headAtMs < earlier.sentAtMs + earlier.resetMs - ROUNDING_MS) {
      const actual = `${later.remaining} remaining of ${later.limit} after ${earlier.remaining}, ${count(requests, 'request')} later, in the same window`
      return { ...violation('quota-counts-down', later.request, actual), comparedWith: earlier.request }
    }
  }
  return undefined
}

const STEPS = 8

/** Other users of the account do not act in step: the same fall by several, many times, is the provider's. */
function judgeSteps(series: readonly Reading[]): Judged | undefined {
  let [steps, size] = [0, 0]
  for (const { later, requests, fall, isRaised } of stepsOf(series)) {
    if (requests !== 1) continue
    if (isRaised || later.remaining <= LEAST || fall < 2) steps = 0
    else steps = fall === size ? steps + 1 : 1
    size = fall
    if (steps < STEPS) continue
    const actual = `X-RateLimit-Remaining falls by ${fall} with each request, ${steps} times in a row`
    return violation('quota-counts-down', later.request, actual)
  }
  return undefined
}

const FEWEST_COSTS = 2
/** The share of the other steps that may differ: one of them may include an answer that did not count. */
const MOST_EXCEPTIONS = 0.05

/** Other users of the account are not in step with one operation alone. */
function judgeCosts(series: readonly Reading[]): Judged | undefined {
  const steps = stepsOf(series).filter(
    ({ earlier, later, requests, isRaised }) =>
      requests === 1 && later.place - earlier.place === 1 && !isRaised && later.remaining > LEAST,
  )
  for (const [operation, ones] of Map.groupBy(steps, ({ later }) => later.request.operation)) {
    const [first] = ones
    const others = steps.filter(({ later }) => later.request.operation !== operation)
    if (first === undefined || first.fall < 2 || ones.length < FEWEST_COSTS || others.length < STEPS) continue
    const exceptions = others.filter(({ fall }) => fall !== 1).length
    if (ones.some(({ fall }) => fall !== first.fall) || exceptions > others.length * MOST_EXCEPTIONS) continue
    const actual = `X-RateLimit-Remaining falls by ${first.fall} with each ${operation}, and by 1 with other requests`
    return violation('quota-counts-down', first.later.request, actual)
  }
  return undefined
}

/** Rounding may hide up to a second on either side. */
const ROUNDING_MS = 1_000

/** Two answers name the same end of the window, or ends that are a window apart. */
function judgeEnds(series: readonly Reading[]): Judged | undefined {
  const [first] = series
  if (first === undefined || first.windowMs < 10_000) return undefined
  const ends = (reading: Reading): readonly [number, number] => [
    reading.sentAtMs + reading.resetMs - ROUNDING_MS,
    reading.headAtMs + reading.resetMs + ROUNDING_MS,
  ]
  const [start, end] = ends(first)
  const later = series.find((reading) => {
    const [laterStart, laterEnd] = ends(reading)
    const isSame = laterStart <= end && start <= laterEnd
    const isNext = laterEnd - start >= first.windowMs
    return !isSame && !isNext
  })
  if (later === undefined) return undefined
  const actual = `X-RateLimit-Reset ${later.resetMs / 1_000}, where ${first.resetMs / 1_000} had come ${((later.headAtMs - first.headAtMs) / 1_000).toFixed(1)} s before`
  return { ...violation('quota-reset', later.request, actual), comparedWith: first.request }
}

/** An estimate may be this wrong once or twice. */
const NO_ESTIMATE = 3

/** The quota of another account falls with the requests of the main one, again and again. */
function judgeSharing(readings: readonly Reading[]): Judged[] {
  const mains = readings.filter(({ account }) => account === 'main')
  for (const account of ['other', 'third']) {
    const series = readings.filter((reading) => reading.account === account && reading.windowMs >= 10_000)
    let shared = 0
    for (const { earlier, later, fall, isRaised } of stepsOf(series)) {
      if (isRaised) continue
      const between = mains.filter(
        ({ sentAtMs, headAtMs }) => sentAtMs >= earlier.headAtMs && headAtMs <= later.sentAtMs,
      ).length
      if (between < 2) continue
      const own = later.place - earlier.place
      shared = fall === own + between ? shared + 1 : 0
      if (shared < NO_ESTIMATE) continue
      const actual = `the quota of another account falls by ${fall} with ${count(own, 'request')} of its own and ${between} of the main account`
      return [violation('quota-per-account', later.request, actual)]
    }
  }
  return []
}
