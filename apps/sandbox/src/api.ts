import { bearerToken } from './data/account.ts'
import type { Account } from './data/account.ts'
import { currentAccountFinder } from './data/current-account.ts'
import type { Database } from './data/database.ts'
import type { SandboxTime } from './data/sandbox-time.ts'
import type { Answer } from './http/answer.ts'
import type { Call } from './http/call.ts'
import { errorAnswer } from './http/error-answer.ts'
import type { ErrorStatus } from './http/error-answer.ts'
import { FAULT_HEADER, applyFault, parseFaults } from './http/fault.ts'
import type { Route } from './http/route.ts'
import type { Clock } from './limits/clock.ts'
import type { Limiter } from './limits/limiter.ts'
import type { WindowState } from './limits/window.ts'
import type { Overlay } from './overlay.ts'
import { NO_OVERLAY, spend } from './overlay.ts'
import { createOperations } from './operations.ts'
import type { WireForm } from './query/item-reader.ts'
import { createItemLister } from './query/list-items.ts'
import { BadRequest } from './query/parameters.ts'

export interface ApiOptions {
  readonly database: Database
  readonly time: SandboxTime
  readonly limiter: Limiter
  readonly clock: Clock
  readonly faults: 'on' | 'off'
  readonly form: WireForm
  readonly makingSeconds: number
  readonly newOperationId: () => string
  readonly newTraceId: () => string
}

/** An answer, and what to call when its last byte has been sent or the caller has gone. */
export interface Exchange {
  readonly answer: Answer
  readonly end: () => void
}

/** The sandbox was closed before, or while, it answered. */
export class SandboxClosed extends Error {
  override readonly name = 'SandboxClosed'

  constructor() {
    super('The sandbox is closed: create another one')
  }
}

export interface Api {
  answer(call: Call, route: Route): Promise<Exchange> | Exchange
  setOverlay(overlay: Overlay): void
  /** Ends scripted delays that are under way; a request that waited for one gets an error. */
  close(): void
}

/**
 * What comes before and after an operation: token (401, not counted), limits (429, not counted), what a provider state
 * has armed, and faults. Whatever passed the limits is counted, whatever its answer.
 */
export function createApi(options: ApiOptions): Api {
  const { database, time, limiter, clock, faults, newTraceId } = options
  const findAccount = currentAccountFinder(database, { clock, time })
  const closing = new AbortController()
  let overlay: Overlay = NO_OVERLAY

  const fail = (status: ErrorStatus, reason?: string): Answer =>
    errorAnswer({ status, traceId: newTraceId(), ...(reason === undefined ? {} : { reason }) })

  const throwIfClosed = (): void => {
    if (closing.signal.aborted) throw new SandboxClosed()
  }

  const operations = createOperations({
    ...options,
    lister: createItemLister(database, options.form),
    hasReport: ({ id }, reportId) =>
      overlay.kind !== 'report-missing' || overlay.accountId !== id || overlay.reportId !== reportId,
    fail,
    throwIfClosed,
  })

  const authenticate = (call: Call): Account | undefined => {
    const token = bearerToken(call.header('authorization'))
    const account = token === undefined ? undefined : findAccount(token)
    if (account === undefined || overlay.kind !== 'token-revoked' || overlay.accountId !== account.id) return account
    return overlay.token === undefined || overlay.token === token ? undefined : account
  }

  const armedRefusal = (account: Account): Answer | undefined => {
    if (overlay.kind === 'none' || overlay.accountId !== account.id) return undefined
    if (overlay.kind === 'window-used-up') {
      limiter.useUp(account.id, overlay.window)
      overlay = NO_OVERLAY
    } else if (overlay.kind === 'parallel-limit') {
      overlay = spend(overlay)
      return tooMany(-1)
    }
    return undefined
  }

  const tooMany = (retryAfter: number): Answer => {
    const answer = fail(429)
    return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } }
  }

  const answerCounted = (call: Call, route: Route, account: Account): Answer | Promise<Answer> => {
    if (overlay.kind === 'server-fails' && overlay.accountId === account.id) {
      overlay = spend(overlay)
      return fail(500)
    }
    try {
      const answer = operations(call, route, account)
      return answer instanceof Promise ? answer.catch(refuse) : answer
    } catch (error) {
      return refuse(error)
    }
  }

  const refuse = (error: unknown): Answer => {
    if (error instanceof BadRequest) return fail(400, error.message)
    throw error
  }

  const faultyExchange = async (
    call: Call,
    route: Route,
    account: Account,
    quota: WindowState,
    end: () => void,
  ): Promise<Exchange> => {
    try {
      if (faults === 'off') throw new BadRequest('faults are off: start the sandbox with --faults on')
      const scripted = parseFaults(call.header(FAULT_HEADER))
      for (const fault of scripted) if (fault.kind === 'delay') await clock.sleep(fault.ms, closing.signal)
      throwIfClosed()
      // Its exports may have changed meanwhile.
      const answer = await answerCounted(call, route, authenticate(call) ?? account)
      return {
        answer: withQuota(
          scripted.reduce((given, fault) => applyFault(given, fault, newTraceId()), answer),
          quota,
        ),
        end,
      }
    } catch (error) {
      if (error instanceof BadRequest) return { answer: withQuota(fail(400, error.message), quota), end }
      end()
      throw error
    }
  }

  return {
    setOverlay: (next) => {
      overlay = next
    },
    close: () => closing.abort(),
    answer: (call, route) => {
      const account = authenticate(call)
      if (account === undefined) {
        const reason = 'send "Authorization: Bearer TOKEN" with a token of this sandbox; its page at / lists them'
        return { answer: withQuota(fail(401, reason), limiter.untouchedQuota()), end: NOTHING }
      }
      const refusal = armedRefusal(account)
      if (refusal !== undefined) return { answer: refusal, end: NOTHING }
      const admission = limiter.admit(account.id)
      if (admission.kind === 'too-many-in-parallel') return { answer: tooMany(-1), end: NOTHING }
      if (admission.kind === 'window-used-up') return { answer: tooMany(wholeSeconds(admission.waitMs)), end: NOTHING }
      const { quota, leave } = admission
      if (call.header(FAULT_HEADER) !== undefined) return faultyExchange(call, route, account, quota, leave)
      const settled = (answer: Answer): Exchange => ({ answer: withQuota(answer, quota), end: leave })
      const broken = (error: unknown): never => {
        leave()
        throw error
      }
      try {
        const answer = answerCounted(call, route, account)
        return answer instanceof Promise ? answer.then(settled, broken) : settled(answer)
      } catch (error) {
        return broken(error)
      }
    },
  }
}

const NOTHING = (): void => {}

/** Rounded up: who waits this long does not come too early. Never 0, which would be "now". */
function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}

/** Every answer that is not a 429 carries the quota, unless a fault has made it a 429. */
function withQuota(answer: Answer, { limit, remaining, resetMs }: WindowState): Answer {
  if (answer.status === 429) return { ...answer, headers: { 'retry-after': '1', ...answer.headers } }
  const quota = {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)),
  }
  return { ...answer, headers: { ...answer.headers, ...quota } }
}
