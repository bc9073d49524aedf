import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseQuota, parseRetryAfter } from '@hood-exports/client/rate-limit'
import type { TokenOwner } from '../../credential.ts'
import type { Answer, Exchange } from '../../exchange.ts'
import { sleep } from '../../pace.ts'
import type { Clock } from '../../pace.ts'
import type { Session } from '../../session.ts'
import { listRequest } from '../../test-request.ts'
import type { TestRequest } from '../../test-request.ts'
import { count, violation } from '../../violation.ts'
import type { Violation } from '../../violation.ts'
import { slackOf } from './quota.ts'
import { OVER_MS, isParallel } from './refusals.ts'

const [BURST, STEADY] = RATE_LIMIT_WINDOWS
const QUIET_MS = BURST.windowMs + 100
/** Two windows at most lie within less than one window's time: this many requests cannot all be admitted. */
const TOO_MANY = 2 * BURST.limit + 1
const A_MOMENT_MS = 50
const PROBES = 2

export interface BurstOptions {
  readonly session: Session
  readonly clock: Clock
  /** Requests that are needed anyway; their answers are remembered. */
  readonly requests: readonly TestRequest[]
  readonly tokenOwners: ReadonlySet<TokenOwner>
  /** Whether answers have shown that something else uses the account, too. */
  readonly hasForeignTraffic: boolean
}

export interface BurstResult {
  readonly violations: readonly Violation[]
  /** Laws that were looked at. */
  readonly checked: readonly string[]
}

/** What a burst shows is seen again by another one. */
function inBurst(law: string, request: TestRequest, actual: string): Violation {
  return { ...violation(law, request, actual), times: BURST.limit + 1 }
}

const smallest = (owner: TokenOwner = 'main'): TestRequest =>
  listRequest({ page: [1, 1] }, { kind: 'token', of: owner })

/**
 * Sends more in one moment than a second allows, once, to see that it is refused, how, for which accounts and for how long.
 * Undefined details stay undefined: which window a 429 comes from, where windows begin, whether a 429 is counted.
 */
export async function sendBurst(options: BurstOptions): Promise<BurstResult> {
  const { session, clock, requests, tokenOwners, hasForeignTraffic } = options
  await sleep(QUIET_MS, clock)
  const burst = await sendUntilRefused(session, clock, requests)
  const { refused, admitted } = burst
  if (isTooMuch(burst) || (mayStraddle(burst) && (await straddlesAgain(session, clock)))) {
    const actual = `${admitted.length} requests within ${Math.round(burst.spanMs)} ms were admitted`
    const request = admitted.at(-1)?.request ?? smallest()
    return { violations: [inBurst('quota-is-enforced', request, actual)], checked: ['quota-is-enforced'] }
  }
  if (refused === undefined) {
    if (burst.isParallel) await probeParallel(session, clock)
    return { violations: [], checked: burst.isParallel ? ['retry-after-is-true'] : [] }
  }
  const wait = parseRetryAfter(refused.headers, clock.wallNow())
  // Other requests are in flight, or the header is wrong, which breaks the spec.
  if (wait.kind !== 'delay') return { violations: [], checked: ['quota-is-enforced'] }
  const early = hasForeignTraffic ? [] : judgeEarlyRefusal(burst, refused, wait.ms)
  // Late ones of those that were sent together may have used up the next window.
  const isSteady = burst.manner === 'in-turn' || isRefusal(await session.sendAtOnce(smallest()))
  const sharing = isSteady ? await compareAccounts(session, tokenOwners) : []
  const waiting = await judgeWait(options, refused, wait.ms)
  await sleep(QUIET_MS, clock)
  const perAccount = tokenOwners.has('same') || tokenOwners.has('other') ? ['quota-per-account'] : []
  return {
    violations: [...early, ...sharing, ...waiting],
    checked: ['quota-is-enforced', 'retry-after-is-true', ...perAccount],
  }
}

/** Asks again when nothing is in flight any more; what comes is judged at the end of the run. */
async function probeParallel(session: Session, clock: Clock): Promise<void> {
  let probes = 0
  while (probes < 2 * PROBES) {
    await sleep(OVER_MS + A_MOMENT_MS, clock)
    const again = await session.sendAtOnce(smallest())
    probes += 1
    if (again.kind === 'answer' && isParallel(again)) continue
    if (probes > PROBES) break
    // A window has just begun: what fills it leaves time for all probes before its end.
    await sendUntilRefused(session, clock, [])
    probes = PROBES
  }
  await sleep(QUIET_MS, clock)
}

interface Burst {
  readonly manner: 'in-turn' | 'together'
  readonly admitted: readonly Answer[]
  readonly refused: Answer | undefined
  /** Whether one was refused by the limit of requests in flight. */
  readonly isParallel: boolean
  /** From the first request to the last answer. */
  readonly spanMs: number
}

/** One after the other; and where that takes too long, all at once. */
async function sendUntilRefused(session: Session, clock: Clock, requests: readonly TestRequest[]): Promise<Burst> {
  const wanted = Array.from({ length: TOO_MANY }, (_, index) => requests[index] ?? smallest())
  const sent: Exchange[] = []
  for (const request of wanted) {
    sent.push(await session.sendAtOnce(request))
    const burst = burstOf(sent, 'in-turn')
    if (burst.refused !== undefined) return burst
    // A slow provider: one second is over before enough have been answered.
    if (burst.spanMs > 0.6 * BURST.windowMs) break
  }
  if (sent.length === TOO_MANY || session.left < 2 * TOO_MANY) return burstOf(sent, 'in-turn')
  // What has been sent so far is in no window any more.
  await sleep(QUIET_MS, clock)
  return burstOf(await Promise.all(wanted.map((request) => session.sendAtOnce(request))), 'together')
}

function burstOf(exchanges: readonly Exchange[], manner: Burst['manner']): Burst {
  const answers = exchanges.filter((exchange) => exchange.kind === 'answer')
  const refused = answers.find((answer) => answer.status === 429 && !isParallel(answer))
  const spanMs =
    Math.max(...answers.map(({ headAtMs }) => headAtMs)) - Math.min(...answers.map(({ sentAtMs }) => sentAtMs))
  return {
    manner,
    admitted: answers.filter(({ status }) => status !== 429),
    refused,
    isParallel: answers.some(isParallel),
    spanMs,
  }
}

/** More than two windows allow, which is as many as this short a time can touch. */
function isTooMuch({ admitted, spanMs }: Burst): boolean {
  return admitted.length > BURST.limit * (Math.floor(spanMs / BURST.windowMs) + 2)
}

const STRADDLED_MS = 200

/** More than one window allows: its end must have come in the middle of the burst. */
function mayStraddle({ admitted, spanMs }: Burst): boolean {
  return admitted.length > BURST.limit && spanMs < STRADDLED_MS
}

/** Whether a window ends in the middle of a burst half a window later, too: no window does. */
async function straddlesAgain(session: Session, clock: Clock): Promise<boolean> {
  await sleep(2.5 * BURST.windowMs - STRADDLED_MS, clock)
  return mayStraddle(await sendUntilRefused(session, clock, []))
}

function isRefusal(exchange: Exchange): boolean {
  return exchange.kind === 'answer' && exchange.status === 429
}

/** A refusal of fewer requests than a second allows, or while some are said to be left. */
function judgeEarlyRefusal({ admitted }: Burst, refused: Answer, waitMs: number): Violation[] {
  const violations: Violation[] = []
  if (admitted.length < BURST.limit && waitMs <= 2 * BURST.windowMs) {
    const actual = `a 429 after ${count(admitted.length, 'request')}, in a second before which there was silence`
    violations.push(inBurst('quota-is-enforced', refused.request, actual))
  }
  const last = admitted.findLast(({ headAtMs }) => headAtMs <= refused.sentAtMs)
  const quota = last && parseQuota(last.headers)
  if (quota?.kind === 'quota' && quota.limit === BURST.limit && quota.remaining > slackOf(quota.limit)) {
    const actual = `a 429 right after an answer that said ${quota.remaining} remaining of ${quota.limit}`
    violations.push(violation('quota-counts-down', refused.request, actual))
  }
  return violations
}

/** While the main token is refused, before and after: another token of the account is, too; another account is not. */
async function compareAccounts(session: Session, tokenOwners: ReadonlySet<TokenOwner>): Promise<Violation[]> {
  const violations: Violation[] = []
  for (const owner of ['same', 'other'] as const) {
    if (!tokenOwners.has(owner)) continue
    const request = smallest(owner)
    const between = await session.sendAtOnce(request)
    const after = await session.sendAtOnce(smallest())
    if (between.kind !== 'answer' || !isRefusal(after)) return violations
    if (owner === 'same' && between.status !== 429) {
      const actual = `the status ${between.status}, while the first token of the account is refused with 429`
      violations.push(inBurst('quota-per-account', request, actual))
    }
    if (owner === 'other' && between.status === 429) {
      violations.push(inBurst('quota-per-account', request, 'a 429 that another account has earned'))
    }
  }
  return violations
}

async function judgeWait(
  { session, clock, hasForeignTraffic }: BurstOptions,
  { request }: Answer,
  waitMs: number,
): Promise<Violation[]> {
  const untrue = (actual: string): Violation[] => [inBurst('retry-after-is-true', request, actual)]
  const waitS = waitMs / 1_000
  if (waitMs > STEADY.windowMs + BURST.windowMs) return untrue(`Retry-After ${waitS}, longer than the longest window`)
  if (waitMs === 0) {
    return isRefusal(await session.sendAtOnce(smallest())) ? untrue('Retry-After 0, and a 429 at once') : []
  }
  // Rounded up or down, or the minute is used up and the wait is true: only one of the windows ends within a second.
  const isLong = waitMs > 2 * BURST.windowMs
  await sleep((isLong ? BURST.windowMs : Math.max(waitMs, BURST.windowMs)) + A_MOMENT_MS, clock)
  const again = await session.sendAtOnce(smallest())
  if (again.kind !== 'answer') return []
  if (isLong && again.status !== 429) {
    return untrue(`Retry-After ${waitS}, while a request was admitted after ${BURST.windowMs / 1_000} s`)
  }
  if (isLong || again.status !== 429 || hasForeignTraffic) return []
  return [inBurst('retry-after-is-true', again.request, `another 429, after the ${waitS} s of Retry-After`)]
}
