import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseQuota } from '@hood-exports/client/rate-limit'
import type { Ask } from './ask.ts'
import type { Complaint } from './complaint.ts'
import { count } from './count.ts'
import type { Answer } from './exchange.ts'
import { accountOf } from './pace.ts'
import type { Finding } from './findings.ts'
import { underWayAlone } from './under-way-alone.ts'

/** What an answer said about the quota. */
interface Reading {
  readonly ask: Ask
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

/**
 * Looks at the quota that all answers of a run have told. Others may use the accounts as well, which headers describe
 * which window is open, and so is how Reset is rounded: only what none of this explains is complained about.
 */
export function judgeQuota(answers: readonly Answer[]): Finding[] {
  const readings: Reading[] = []
  const findings: Finding[] = []
  const alone = new Set(underWayAlone(answers))
  const counts = new Map<string, number>()
  const places = new Map<string, number>()
  for (const answer of answers) {
    const { ask, status, headers, sentAtMs, headAtMs } = answer
    const account = accountOf(ask.credential)
    if ([200, 202].includes(status) && ask.method !== 'HEAD') counts.set(account, (counts.get(account) ?? 0) + 1)
    const place = (places.get(account) ?? 0) + 1
    places.set(account, place)
    const quota = parseQuota(headers)
    // Who shows no valid token has no account; what is no number breaks the spec already.
    if (status === 429 || quota.kind === 'absent') continue
    const { limit, remaining, resetS } = quota
    const window = RATE_LIMIT_WINDOWS.find((known) => known.limit === limit)
    const stated = judgeStated({ headers, limit, window, resetS })
    findings.push(...stated.map((complaint) => ({ ask, complaint })))
    if (stated.length > 0 || window === undefined || resetS === undefined || ask.credential.kind !== 'token') continue
    if (ask.method === 'HEAD' || !alone.has(answer)) continue
    const counted = counts.get(account) ?? 0
    const { windowMs } = window
    const resetMs = resetS * 1_000
    readings.push({ ask, account, limit, windowMs, remaining, resetMs, sentAtMs, headAtMs, counted, place })
  }
  const series = Map.groupBy(readings, ({ account, limit }) => `${account} ${limit}`)
  for (const one of series.values()) {
    findings.push(
      ...judgeFall(one),
      ...judgeCertainFall(one),
      ...judgeSteps(one),
      ...judgeCosts(one),
      ...judgeEnds(one),
    )
  }
  return [...findings, ...judgeSharing(readings)]
}

interface Stated {
  readonly headers: Headers
  readonly limit: number
  readonly window: (typeof RATE_LIMIT_WINDOWS)[number] | undefined
  readonly resetS: number | undefined
}

function judgeStated({ headers, limit, window, resetS }: Stated): Complaint[] {
  if (window === undefined) {
    return [
      { law: 'quota-values', came: `X-RateLimit-Limit ${limit}, which is no documented window`, evidence: 'answer' },
    ]
  }
  const remaining = Number(headers.get('x-ratelimit-remaining'))
  if (remaining > limit) {
    return [{ law: 'quota-values', came: `${remaining} remaining of ${limit}`, evidence: 'answer' }]
  }
  if (resetS === undefined || resetS * 1_000 > window.windowMs) {
    const came = `X-RateLimit-Reset ${headers.get('x-ratelimit-reset')} for a window of ${window.windowMs / 1_000} s`
    return [{ law: 'quota-reset', came, evidence: 'answer' }]
  }
  return []
}

/** Where nothing is refused it stays at its least: 0, or 1 where a request does not count itself. */
const LEAST = 1

/** Whether the quota is larger than the requests in between allow: the window must have refreshed. */
function isRefreshed(earlier: Reading, later: Reading): boolean {
  return later.remaining > Math.max(LEAST, earlier.remaining - (later.counted - earlier.counted))
}

/** Within less than one window it refreshes at most once. */
function judgeFall(series: readonly Reading[]): Finding[] {
  const refreshes = series.flatMap((later, index) => {
    const earlier = series[index - 1]
    return earlier !== undefined && later.counted > earlier.counted && isRefreshed(earlier, later)
      ? [{ earlier, later }]
      : []
  })
  for (const [index, { later }] of refreshes.entries()) {
    const before = refreshes[index - 1]
    if (before === undefined || later.headAtMs - before.earlier.sentAtMs >= later.windowMs) continue
    const came = `${later.remaining} remaining of ${later.limit}, and ${before.later.remaining} ${Math.round(later.headAtMs - before.later.headAtMs)} ms before: it does not fall`
    return [{ ask: later.ask, complaint: { law: 'quota-counts-down', came, evidence: 'answer' } }]
  }
  return []
}

/** Before the window can have ended by what Reset said, it falls with every request. */
function judgeCertainFall(series: readonly Reading[]): Finding[] {
  for (const [index, later] of series.entries()) {
    const earlier = series[index - 1]
    if (earlier === undefined) continue
    const isSameWindow = later.headAtMs < earlier.sentAtMs + earlier.resetMs - 1_000
    if (!isSameWindow || !isRefreshed(earlier, later)) continue
    const came = `${later.remaining} remaining of ${later.limit} after ${earlier.remaining}, ${count(later.counted - earlier.counted, 'request')} later, in the same window`
    return [{ ask: later.ask, complaint: { law: 'quota-counts-down', came, evidence: 'answer' } }]
  }
  return []
}

const STEPS = 8

/** Others who use the account do not do so in step: the same fall by several, many times, is the provider's. */
function judgeSteps(series: readonly Reading[]): Finding[] {
  let [steps, size] = [0, 0]
  for (const [index, later] of series.entries()) {
    const earlier = series[index - 1]
    if (earlier === undefined || later.counted - earlier.counted !== 1 || isRefreshed(earlier, later)) continue
    const fall = earlier.remaining - later.remaining
    if (later.remaining <= LEAST || fall < 2) steps = 0
    else steps = fall === size ? steps + 1 : 1
    size = fall
    if (steps < STEPS) continue
    const came = `X-RateLimit-Remaining falls by ${fall} with each request, ${steps} times in a row`
    return [{ ask: later.ask, complaint: { law: 'quota-counts-down', came, evidence: 'answer' } }]
  }
  return []
}

const FEWEST_COSTS = 3

/** Others who use the account do not do so whenever one operation is called, and never else. */
function judgeCosts(series: readonly Reading[]): Finding[] {
  const steps = series.flatMap((later, index) => {
    const earlier = series[index - 1]
    if (earlier === undefined || later.counted - earlier.counted !== 1 || later.place - earlier.place !== 1) return []
    if (isRefreshed(earlier, later) || later.remaining <= LEAST) return []
    return [{ ask: later.ask, fall: earlier.remaining - later.remaining }]
  })
  for (const [operation, ones] of Map.groupBy(steps, ({ ask }) => ask.operation)) {
    const [first] = ones
    const others = steps.filter(({ ask }) => ask.operation !== operation)
    if (first === undefined || first.fall < 2 || ones.length < FEWEST_COSTS || others.length < STEPS) continue
    if (ones.some(({ fall }) => fall !== first.fall) || others.some(({ fall }) => fall !== 1)) continue
    const came = `X-RateLimit-Remaining falls by ${first.fall} with each ${operation}, and by 1 with other requests`
    return [{ ask: first.ask, complaint: { law: 'quota-counts-down', came, evidence: 'answer' } }]
  }
  return []
}

/** Rounding may hide up to a second on either side. */
const ROUNDING_MS = 1_000

/** Two answers tell the same end of the window, or ends that are a window apart. */
function judgeEnds(series: readonly Reading[]): Finding[] {
  const [first] = series
  if (first === undefined || first.windowMs < 10_000) return []
  const ends = (reading: Reading): readonly [number, number] => [
    reading.sentAtMs + reading.resetMs - ROUNDING_MS,
    reading.headAtMs + reading.resetMs + ROUNDING_MS,
  ]
  for (const later of series) {
    const [[start, end], [laterStart, laterEnd]] = [ends(first), ends(later)]
    const isSame = laterStart <= end && start <= laterEnd
    const isNext = laterEnd - start >= first.windowMs
    if (isSame || isNext) continue
    const came = `X-RateLimit-Reset ${later.resetMs / 1_000}, where ${first.resetMs / 1_000} had come ${((later.headAtMs - first.headAtMs) / 1_000).toFixed(1)} s before`
    return [{ ask: later.ask, complaint: { law: 'quota-reset', came, evidence: 'answer' } }]
  }
  return []
}

/** The quota of another account falls with the requests of the main one, again and again. */
function judgeSharing(readings: readonly Reading[]): Finding[] {
  const mains = readings.filter(({ account }) => account === 'main')
  for (const account of ['other', 'third']) {
    const series = readings.filter((reading) => reading.account === account && reading.windowMs >= 10_000)
    let shared = 0
    for (const [index, later] of series.entries()) {
      const earlier = series[index - 1]
      if (earlier === undefined || isRefreshed(earlier, later)) continue
      const between = mains.filter(
        ({ sentAtMs, headAtMs }) => sentAtMs >= earlier.headAtMs && headAtMs <= later.sentAtMs,
      ).length
      const own = later.counted - earlier.counted
      if (between < 2) continue
      const fall = earlier.remaining - later.remaining
      shared = fall === own + between ? shared + 1 : 0
      if (shared < 2) continue
      const came = `the quota of another account falls by ${fall} with ${count(own, 'request')} of its own and ${between} of the main account`
      return [{ ask: later.ask, complaint: { law: 'quota-per-account', came, evidence: 'answer' } }]
    }
  }
  return []
}
