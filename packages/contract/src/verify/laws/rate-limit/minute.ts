import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseRetryAfter } from '@hood-exports/client/rate-limit'
import type { Answer } from '../../exchange.ts'
import { sleep } from '../../pace.ts'
import type { Clock } from '../../pace.ts'
import type { Session } from '../../session.ts'
import { listRequest } from '../../test-request.ts'
import { count, violation } from '../../violation.ts'
import type { Violation } from '../../violation.ts'

const [BURST, STEADY] = RATE_LIMIT_WINDOWS

/** One more than a minute admits, twice, and those that a second refused. */
export const USE_UP_COST: number = 2 * (STEADY.limit + 1) + 20

/** The request that uses the minute up: the smallest there is. */
const REQUEST = listRequest({ fields: ['id'], page: [1, 1] }, { kind: 'token', of: 'third' })

/** Between two requests: a little fewer than a second admits. */
const PAUSE_MS = Math.ceil(BURST.windowMs / (BURST.limit - 1))
/** A longer wait is for the minute. */
const LONGEST_SECOND_MS = 2 * BURST.windowMs
/** Requests of before, or of another program. */
const SPARE = 2

interface UsedUp {
  readonly violations: readonly Violation<'minute-is-enforced'>[]
}

interface Filled {
  /** When each was sent that was admitted. */
  readonly admittedMs: readonly number[]
  /** When the minute is over; undefined: nothing was refused by it. */
  readonly endsAtMs: number | undefined
}

/**
 * Uses up the minute of the third account: one request more than it has is refused. Where the refusal came early, the
 * account may have been used before, so the minute that follows is used up as well.
 */
export async function useUpMinute(session: Session, clock: Clock): Promise<UsedUp> {
  const broken = (actual: string): UsedUp => ({
    violations: [{ ...violation('minute-is-enforced', REQUEST, actual), times: STEADY.limit + 1 }],
  })
  const startMs = clock.now()
  const first = await fill(session, clock)
  if (first.endsAtMs !== undefined && first.admittedMs.length >= STEADY.limit - SPARE) return { violations: [] }
  // Where nothing was refused, a window ended on the way, if there is one: half a window later none does.
  const nextMs = first.endsAtMs === undefined ? startMs + STEADY.windowMs / 2 : first.endsAtMs + BURST.windowMs
  await sleep(nextMs - clock.now(), clock)
  const second = await fill(session, clock)
  const sent = (admittedMs: readonly number[]): string => count(admittedMs.length, 'request')
  if (second.endsAtMs === undefined) {
    return broken(`${sent(second.admittedMs)} of a minute were admitted, and none was refused`)
  }
  const beginsAtMs = second.endsAtMs - STEADY.windowMs + BURST.windowMs
  const inOne = [...first.admittedMs, ...second.admittedMs].filter((sentAtMs) => sentAtMs > beginsAtMs)
  if (inOne.length > STEADY.limit) return broken(`${sent(inOne)} of a minute were admitted, before one was refused`)
  if (first.endsAtMs === undefined || second.admittedMs.length >= STEADY.limit - SPARE) return { violations: [] }
  return broken(`a 429 for the minute after ${sent(second.admittedMs)} of one that had just begun`)
}

/** Sends until the minute refuses, or has admitted too many. */
async function fill(session: Session, clock: Clock): Promise<Filled> {
  const admittedMs: number[] = []
  let refusals = 0
  while (admittedMs.length <= STEADY.limit) {
    const result = await session.sendAtOnce(REQUEST)
    if (result.kind === 'answer' && result.status === 429) {
      const waitMs = waitOf(result, clock)
      refusals += 1
      // One that names no time, and comes again and again, is that of the minute.
      if (waitMs > LONGEST_SECOND_MS) return { admittedMs, endsAtMs: clock.now() + waitMs }
      if (refusals > SPARE) return { admittedMs, endsAtMs: clock.now() + STEADY.windowMs }
      await sleep(Math.max(waitMs, BURST.windowMs), clock)
    } else {
      admittedMs.push(result.sentAtMs)
      refusals = 0
      await sleep(PAUSE_MS, clock)
    }
  }
  return { admittedMs, endsAtMs: undefined }
}

function waitOf({ headers }: Answer, clock: Clock): number {
  const wait = parseRetryAfter(headers, clock.wallNow())
  return wait.kind === 'delay' ? wait.ms : 0
}
