import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseQuota, parseRetryAfter } from '@hood-exports/client/rate-limit'
import type { Answer } from '../../exchange.ts'
import type { RunFacts } from '../../law.ts'
import { accountOf, aloneInFlight } from '../../pace.ts'
import { count, violation } from '../../violation.ts'
import type { Violation } from '../../violation.ts'

const [BURST, STEADY] = RATE_LIMIT_WINDOWS

/** This many 429s are no accident of latency. */
const NO_ACCIDENT = 3

/** Refusals of requests that the run sends together, and of their repetitions. */
const MOST_OVERLAPPING = 6

/** A 429 that the run's own requests do not explain, on an account that nothing else uses. */
export function judgeRefusals({ answers, atOnce, limits }: RunFacts): Violation<'no-refusal-inside-quota'>[] {
  if (hasForeignTraffic(answers)) return []
  const start = answers[0]?.sentAtMs ?? 0
  let close = 0
  let overlapping = 0
  return answers.flatMap((answer) => {
    const { request, status, headers, sentAtMs, headAtMs } = answer
    if (status !== 429 || atOnce.has(answer)) return []
    if (isParallel(answer) && !isQuietBefore(answer, answers) && ++overlapping <= MOST_OVERLAPPING) return []
    const wait = parseRetryAfter(headers, 0)
    const account = accountOf(request.credential)
    const own = (spanMs: number): number =>
      answers.filter(
        (other) =>
          other !== answer &&
          accountOf(other.request.credential) === account &&
          other.headAtMs >= sentAtMs - spanMs &&
          other.headAtMs <= headAtMs,
      ).length
    const isBurst = wait.kind === 'delay' && wait.ms <= 2 * BURST.windowMs
    // What was sent before the run is not known: it may have used up either window.
    if (isBurst && sentAtMs - start < BURST.windowMs) return []
    // The run keeps inside every window, wherever it begins; but not by much.
    const isUsedUp = isBurst && own(BURST.windowMs) >= BURST.limit
    if (isUsedUp && (limits === 'off' || ++close < NO_ACCIDENT)) return []
    if (own(STEADY.windowMs) >= STEADY.limit) return []
    // A short wait may also be the rest of a minute that was used up before the run.
    if (sentAtMs - start < STEADY.windowMs && wait.kind === 'delay' && mayBeUsedUp(answers, answer)) return []
    const sent = `${count(own(STEADY.windowMs), 'request')} in the minute before`
    const actual = `a 429 after ${sent}, never more than ${BURST.limit} of them in a second`
    return [violation('no-refusal-inside-quota', request, actual)]
  })
}

/**
 * Why a refusal of the minute proves nothing: it came before the run had sent so many, in a minute that may have been
 * used before. The minutes that follow are the run's own.
 */
export function doubtfulRefusal({ answers, atOnce }: RunFacts): string | undefined {
  const [start, end] = [answers[0]?.sentAtMs ?? 0, answers.at(-1)?.headAtMs ?? 0]
  const early = answers.findIndex((answer) => {
    const wait = parseRetryAfter(answer.headers, answer.headAtWallMs)
    const isOfMinute = answer.status === 429 && wait.kind === 'delay' && wait.ms > 2 * BURST.windowMs
    return isOfMinute && !atOnce.has(answer) && answer.sentAtMs - start < STEADY.windowMs
  })
  const sent = `${count(early, 'request')} of the run`
  if (early === -1 || early >= STEADY.limit || end - start > 2 * STEADY.windowMs) return undefined
  return `a 429 for the minute came after ${sent}: another program uses the account, or a minute has fewer than ${STEADY.limit}, which --thorough tells apart`
}

/** A request that has been answered this long ago is in flight no more, also where its place is given back late. */
export const OVER_MS = 150
/** One may wait for a request of another program. */
const NO_OVERLAP = 2

/** A 429 that waits for a request in flight, where none is: on an account that nothing else uses. */
export function judgeParallel({ answers, noAnswers }: RunFacts): Violation<'retry-after-is-true'>[] {
  if (noAnswers.length > 0 || hasForeignTraffic(answers)) return []
  const lonely = answers.filter((answer) => isParallel(answer) && isQuietBefore(answer, answers))
  const [first] = lonely
  if (first === undefined || lonely.length < NO_OVERLAP) return []
  return [
    violation('retry-after-is-true', first.request, `${lonely.length} times Retry-After -1, with nothing in flight`),
  ]
}

/** Whether an answer is a refusal that names no time, as it waits for a request in flight. */
export function isParallel({ status, headers }: Answer): boolean {
  return status === 429 && parseRetryAfter(headers, 0).kind === 'after-in-flight'
}

function isQuietBefore(one: Answer, answers: readonly Answer[]): boolean {
  const account = accountOf(one.request.credential)
  return answers.every(
    (other) =>
      other === one ||
      accountOf(other.request.credential) !== account ||
      other.headAtMs <= one.sentAtMs - OVER_MS ||
      other.sentAtMs > one.headAtMs,
  )
}

/** Whether the minute may have had nothing left, as far as the headers before say. */
function mayBeUsedUp(answers: readonly Answer[], refused: Answer): boolean {
  const account = accountOf(refused.request.credential)
  const before = answers.filter(
    ({ request, headAtMs }) => accountOf(request.credential) === account && headAtMs < refused.headAtMs,
  )
  const last = before.findLastIndex(({ headers }) => {
    const quota = parseQuota(headers)
    return quota.kind === 'quota' && quota.limit === STEADY.limit
  })
  const known = before[last] && parseQuota(before[last].headers)
  return known?.kind !== 'quota' || known.remaining <= before.length - 1 - last
}

/** Whether the quota fell by more than the run's own requests explain: something else uses the account. */
export function hasForeignTraffic(answers: readonly Answer[]): boolean {
  const last = new Map<number, { readonly remaining: number; readonly counted: number }>()
  const alone = new Set(aloneInFlight(answers))
  let counted = 0
  return answers.some((answer) => {
    const { request, status, headers } = answer
    if (accountOf(request.credential) !== 'main' || request.credential.kind !== 'token') return false
    counted += 1
    const quota = parseQuota(headers)
    if (!alone.has(answer) || status === 429 || quota.kind === 'absent') return false
    const before = last.get(quota.limit)
    last.set(quota.limit, { remaining: quota.remaining, counted })
    return before !== undefined && before.remaining - quota.remaining > counted - before.counted
  })
}
