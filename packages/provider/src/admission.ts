import type { Answer, Exchange } from './answer.ts'
import { withHeaders, withoutEnd } from './answer.ts'
import { BadRequest } from './bad-request.ts'
import type { ErrorMaker } from './fault.ts'

/** A window at one moment, as `X-RateLimit-*` describes it. */
export interface QuotaState {
  readonly limit: number
  readonly remaining: number
  /** Whole seconds until the window refreshes. */
  readonly resetSeconds: number
}

/** What a quota says to one request. */
export type Admission =
  | {
      readonly kind: 'admitted'
      /** Called once, with the status of the answer: the quota that its headers describe. Undefined: it has none. */
      readonly quotaAfter: (status: number) => QuotaState | undefined
      readonly leave: () => void
    }
  | { readonly kind: 'used-up'; readonly waitMs: number }
  | { readonly kind: 'too-many-in-parallel' }

export interface AdmittedSource {
  /** @throws BadRequest for a request that is a 400; it is counted all the same. */
  readonly answer: () => Promise<Exchange>
  readonly error: (status: number, reason?: string) => Answer | Promise<Answer>
}

/**
 * A 429 for a request that the quota refuses; else its answer with the quota, which is left when the answer has ended.
 * Without an admission nothing is counted.
 */
export async function answerAdmitted(
  admission: Admission | undefined,
  { answer, error }: AdmittedSource,
): Promise<Exchange> {
  if (admission?.kind === 'too-many-in-parallel') return withoutEnd(await tooManyRequests(-1, error))
  if (admission?.kind === 'used-up') return withoutEnd(await tooManyRequests(wholeSeconds(admission.waitMs), error))
  const counted = (given: Answer): Answer =>
    admission === undefined ? given : withQuota(given, admission.quotaAfter(given.status))
  try {
    const exchange = await answer()
    const end = (): void => {
      exchange.end()
      admission?.leave()
    }
    return { ...exchange, answer: counted(exchange.answer), end }
  } catch (failure) {
    admission?.leave()
    if (!(failure instanceof BadRequest)) throw failure
    return withoutEnd(counted(await error(400, failure.message)))
  }
}

/** @param retryAfter Seconds; -1 is the limit on parallel requests. */
export async function tooManyRequests(retryAfter: number, error: ErrorMaker): Promise<Answer> {
  return withHeaders(await error(429), { 'retry-after': String(retryAfter) })
}

/** Every answer that is not a 429 carries the quota, unless a fault has made it a 429. */
export function withQuota(answer: Answer, quota: QuotaState | undefined): Answer {
  if (answer.status === 429 || quota === undefined) return answer
  const { limit, remaining, resetSeconds } = quota
  return withHeaders(answer, {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(resetSeconds),
  })
}

/** Rounded up, so that the next request does not come too early. Never 0, which would be "now". */
function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000))
}
