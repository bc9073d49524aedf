import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseQuota, parseRetryAfter } from '@hood-exports/client/rate-limit'
import { count } from './count.ts'
import type { Answer } from './exchange.ts'
import { accountOf } from './pace.ts'
import type { Finding } from './findings.ts'
import { underWayAlone } from './under-way-alone.ts'

export interface RefusalOptions {
  /** Everything of the run, in its order. */
  readonly answers: readonly Answer[]
  /** Those that were sent without regard to the quota. */
  readonly atOnce: ReadonlySet<Answer>
  readonly hasForeignTraffic: boolean
  /** `off`: the run does not pace itself, so what it uses up may be refused any number of times. */
  readonly limits: 'on' | 'off'
}

const [BURST, STEADY] = RATE_LIMIT_WINDOWS

/** So many 429s are no accident of latency. */
const NO_ACCIDENT = 3

/** A 429 that the run's own requests do not explain, on an account that nothing else uses. */
export function judgeRefusals({ answers, atOnce, hasForeignTraffic, limits }: RefusalOptions): Finding[] {
  if (hasForeignTraffic) return []
  const start = answers[0]?.sentAtMs ?? 0
  let close = 0
  return answers.flatMap((answer) => {
    const { ask, status, headers, sentAtMs, headAtMs } = answer
    if (status !== 429 || atOnce.has(answer)) return []
    const wait = parseRetryAfter(headers, 0)
    const account = accountOf(ask.credential)
    const own = (spanMs: number): number =>
      answers.filter(
        (other) =>
          other !== answer &&
          accountOf(other.ask.credential) === account &&
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
    const came = `a 429 after ${sent}, never more than ${BURST.limit} of them in a second`
    return [{ ask, complaint: { law: 'no-refusal-inside-quota', came, evidence: 'answer' } as const }]
  })
}

/** Whether the minute may have had nothing left, as far as the headers before tell. */
function mayBeUsedUp(answers: readonly Answer[], refused: Answer): boolean {
  const account = accountOf(refused.ask.credential)
  const before = answers.filter(
    ({ ask, headAtMs }) => accountOf(ask.credential) === account && headAtMs < refused.headAtMs,
  )
  const last = before.findLastIndex(({ headers }) => {
    const quota = parseQuota(headers)
    return quota.kind === 'quota' && quota.limit === STEADY.limit
  })
  const told = before[last] && parseQuota(before[last].headers)
  return told?.kind !== 'quota' || told.remaining <= before.length - 1 - last
}

/** Whether the quota fell by more than the run's own requests explain: something else uses the account. */
export function hasForeignTraffic(answers: readonly Answer[]): boolean {
  const last = new Map<string, { remaining: number; counted: number; resetS: number }>()
  const alone = new Set(underWayAlone(answers))
  let counted = 0
  let falls = 0
  for (const answer of answers) {
    const { ask, status, headers } = answer
    if (accountOf(ask.credential) !== 'main' || ask.credential.kind !== 'token') continue
    counted += 1
    if (!alone.has(answer)) continue
    const quota = parseQuota(headers)
    if (status === 429 || quota.kind === 'absent') continue
    const key = String(quota.limit)
    const before = last.get(key)
    if (before !== undefined && before.remaining - quota.remaining > counted - before.counted) falls += 1
    last.set(key, { remaining: quota.remaining, counted, resetS: quota.resetS ?? 0 })
  }
  return falls > 0
}
