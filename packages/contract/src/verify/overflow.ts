import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseQuota, parseRetryAfter } from '@hood-exports/client/rate-limit'
import { askList } from './ask.ts'
import type { Ask } from './ask.ts'
import type { Complaint } from './complaint.ts'
import { count } from './count.ts'
import type { Holder } from './credential.ts'
import type { Desk } from './desk.ts'
import type { Answer, Exchange } from './exchange.ts'
import { sleep } from './pace.ts'
import type { Clock } from './pace.ts'
import type { Finding } from './findings.ts'
import type { LawName } from './law.ts'

const [BURST] = RATE_LIMIT_WINDOWS
const QUIET_MS = BURST.windowMs + 100
/** Two windows at most lie within less than one window's time: so many requests cannot all be admitted. */
const TOO_MANY = 2 * BURST.limit + 1
const A_MOMENT_MS = 50

export interface OverflowOptions {
  readonly desk: Desk
  readonly clock: Clock
  /** Requests that are needed anyway; their answers are remembered. */
  readonly asks: readonly Ask[]
  readonly holders: ReadonlySet<Holder>
  /** Whether answers have shown that something else uses the account, too. */
  readonly hasForeignTraffic: boolean
}

export interface OverflowResult {
  readonly findings: readonly Finding[]
  /** Laws that were looked at. */
  readonly looked: readonly LawName[]
}

/**
 * Sends more in one moment than a second allows, once, to see that it is refused, how, for whom and for how long.
 * Undefined details stay undefined: which window a 429 comes from, where windows begin, whether a 429 is counted.
 */
export async function overflow(options: OverflowOptions): Promise<OverflowResult> {
  const { desk, clock, asks, holders, hasForeignTraffic } = options
  const findings: Finding[] = []
  const complain: Complain = (ask, complaint) => {
    findings.push({ ask, complaint: { ...complaint, evidence: 'answer' } })
  }
  await sleep(QUIET_MS, clock)
  const burst = await sendUntilRefused(desk, clock, asks)
  const { refused, admitted } = burst
  if (isTooMuch(burst) || (mayStraddle(burst) && (await straddlesAgain(desk, clock)))) {
    const came = `${admitted.length} requests within ${Math.round(burst.spanMs)} ms were admitted`
    complain(admitted.at(-1)?.ask ?? askList({}), { law: 'quota-is-enforced', came })
    return { findings, looked: ['quota-is-enforced'] }
  }
  if (refused === undefined) return { findings, looked: [] }
  const wait = parseRetryAfter(refused.headers, clock.wallNow())
  // Requests of others are in flight, or the header is wrong, which the spec tells.
  if (wait.kind !== 'delay') return { findings, looked: ['quota-is-enforced'] }
  if (admitted.length < BURST.limit && !hasForeignTraffic && wait.ms <= 2 * BURST.windowMs) {
    const came = `a 429 after ${count(admitted.length, 'request')}, in a second before which there was silence`
    complain(refused.ask, { law: 'quota-is-enforced', came })
  }
  const last = admitted.findLast(({ headAtMs }) => headAtMs <= refused.sentAtMs)
  const quota = last && parseQuota(last.headers)
  if (last && quota?.kind === 'quota' && quota.limit === BURST.limit && quota.remaining > 0 && !hasForeignTraffic) {
    const came = `a 429 right after an answer that said ${quota.remaining} remaining of ${quota.limit}`
    complain(refused.ask, { law: 'quota-counts-down', came })
  }
  // Late ones of those that were sent together may have used up the next window.
  if (burst.manner === 'in-turn' || (await isRefusedStill(desk))) await compareAccounts({ desk, holders, complain })
  await judgeWait({ desk, clock, waitMs: wait.ms, refused, complain, hasForeignTraffic })
  await sleep(QUIET_MS, clock)
  const perAccount = holders.has('same') || holders.has('other') ? ['quota-per-account' as const] : []
  return { findings, looked: ['quota-is-enforced', 'retry-after-is-true', ...perAccount] }
}

interface Burst {
  readonly manner: 'in-turn' | 'together'
  readonly admitted: readonly Answer[]
  readonly refused: Answer | undefined
  /** From the first request to the last answer. */
  readonly spanMs: number
}

/** One after the other; and where that takes too long, all at once. */
async function sendUntilRefused(desk: Desk, clock: Clock, asks: readonly Ask[]): Promise<Burst> {
  const wanted = Array.from({ length: TOO_MANY }, (_, index) => asks[index] ?? askList({ page: [1, 1] }))
  const sent: Exchange[] = []
  for (const ask of wanted) {
    sent.push(await desk.askAtOnce(ask))
    const burst = burstOf(sent, 'in-turn')
    if (burst.refused !== undefined) return burst
    // A slow provider: one second is over before so many have been answered.
    if (burst.spanMs > 0.6 * BURST.windowMs) break
  }
  if (sent.length === TOO_MANY || desk.left < 2 * TOO_MANY) return burstOf(sent, 'in-turn')
  // What has been sent so far is in no window any more.
  await sleep(QUIET_MS, clock)
  return burstOf(await Promise.all(wanted.map((ask) => desk.askAtOnce(ask))), 'together')
}

function burstOf(exchanges: readonly Exchange[], manner: Burst['manner']): Burst {
  const answers = exchanges.filter((exchange) => exchange.kind === 'answer')
  const refused = answers.find(({ status, headers }) => status === 429 && headers.get('retry-after')?.trim() !== '-1')
  const spanMs =
    Math.max(...answers.map(({ headAtMs }) => headAtMs)) - Math.min(...answers.map(({ sentAtMs }) => sentAtMs))
  return { manner, admitted: answers.filter(({ status }) => status !== 429), refused, spanMs }
}

/** More than two windows allow, which is as many as so short a time can touch. */
function isTooMuch({ admitted, spanMs }: Burst): boolean {
  return admitted.length > BURST.limit * (Math.floor(spanMs / BURST.windowMs) + 2)
}

/** More than one window allows: its end must have come in the middle of the burst. */
function mayStraddle({ admitted, spanMs }: Burst): boolean {
  return admitted.length > BURST.limit && spanMs < STRADDLED_MS
}

const STRADDLED_MS = 200

/** Whether a window ends in the middle of a burst half a window later, too: no window does. */
async function straddlesAgain(desk: Desk, clock: Clock): Promise<boolean> {
  await sleep(2.5 * BURST.windowMs - STRADDLED_MS, clock)
  return mayStraddle(await sendUntilRefused(desk, clock, []))
}

async function isRefusedStill(desk: Desk): Promise<boolean> {
  const answer = await desk.askAtOnce(askList({ page: [1, 1] }))
  return answer.kind === 'answer' && answer.status === 429
}

type Complain = (ask: Ask, complaint: Omit<Complaint, 'evidence'>) => void

/** While the main token is refused, before and after: another token of the account is, too; another account is not. */
async function compareAccounts({
  desk,
  holders,
  complain,
}: {
  readonly desk: Desk
  readonly holders: ReadonlySet<Holder>
  readonly complain: Complain
}): Promise<void> {
  const main = askList({ page: [1, 1] })
  for (const holder of ['same', 'other'] as const) {
    if (!holders.has(holder)) continue
    const ask = askList({ page: [1, 1] }, { kind: 'token', of: holder })
    const between = await desk.askAtOnce(ask)
    const after = await desk.askAtOnce(main)
    if (between.kind !== 'answer' || after.kind !== 'answer' || after.status !== 429) return
    if (holder === 'same' && between.status !== 429) {
      const came = `the status ${between.status}, while the first token of the account is refused with 429`
      complain(ask, { law: 'quota-per-account', came })
    }
    if (holder === 'other' && between.status === 429) {
      complain(ask, { law: 'quota-per-account', came: 'a 429 that another account has earned' })
    }
  }
}

async function judgeWait({
  desk,
  clock,
  waitMs,
  refused,
  complain,
  hasForeignTraffic,
}: {
  readonly desk: Desk
  readonly clock: Clock
  readonly waitMs: number
  readonly refused: Answer
  readonly complain: Complain
  readonly hasForeignTraffic: boolean
}): Promise<void> {
  if (waitMs > RATE_LIMIT_WINDOWS[1].windowMs + BURST.windowMs) {
    const came = `Retry-After ${waitMs / 1_000}, longer than the longest window`
    return complain(refused.ask, { law: 'retry-after-is-true', came })
  }
  if (waitMs === 0) {
    const atOnce = await desk.askAtOnce(askList({ page: [1, 1] }))
    if (atOnce.kind !== 'answer' || atOnce.status !== 429) return
    return complain(refused.ask, { law: 'retry-after-is-true', came: 'Retry-After 0, and a 429 at once' })
  }
  // Rounded up or down, or the minute is used up and the wait is true: only one of the windows ends within a second.
  const isLong = waitMs > 2 * BURST.windowMs
  await sleep((isLong ? BURST.windowMs : Math.max(waitMs, BURST.windowMs)) + A_MOMENT_MS, clock)
  const again = await desk.askAtOnce(askList({ page: [1, 1] }))
  if (again.kind !== 'answer') return
  if (isLong && again.status !== 429) {
    const came = `Retry-After ${waitMs / 1_000}, while a request was admitted after ${BURST.windowMs / 1_000} s`
    complain(refused.ask, { law: 'retry-after-is-true', came })
  }
  if (!isLong && again.status === 429 && !hasForeignTraffic) {
    const came = `another 429, after the ${waitMs / 1_000} s of Retry-After`
    complain(again.ask, { law: 'retry-after-is-true', came })
  }
}
