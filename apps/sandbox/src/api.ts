import {
  answerAdmitted,
  errorAnswer,
  tooManyRequests,
  withHeaders,
  withQuota,
  withReason,
  withoutEnd,
} from '@hood-exports/provider'
import type { Answer, Call, Clock, Exchange, Faults } from '@hood-exports/provider'
import type { Choices } from './choices.ts'
import { bearerToken, findAccountByToken } from './data/account.ts'
import type { Account } from './data/account.ts'
import type { Database } from './data/database.ts'
import { applyDueChanges } from './data/lifecycle.ts'
import type { SandboxTime } from './data/sandbox-time.ts'
import { encodeAnswer } from './encode-answer.ts'
import type { Limiter, Scope } from './limits/limiter.ts'
import { createOperations } from './operations.ts'
import type { Overlays } from './overlay.ts'
import { createItemLister } from './query/list-items.ts'
import { routeOf } from './route.ts'
import type { Route } from './route.ts'

export interface ApiOptions {
  readonly database: Database
  readonly time: SandboxTime
  readonly limiter: Limiter
  readonly clock: Pick<Clock, 'sleep'>
  readonly faults: Faults
  readonly overlays: Overlays
  readonly choices: Choices
  readonly makingSeconds: number
  /** Aborted when the sandbox is closed. */
  readonly closing: AbortSignal
  readonly newOperationId: () => string
  readonly newTraceId: () => string
}

export type Api = (call: Call) => Promise<Exchange>

/**
 * What comes before and after an operation: token (401, not counted), limits (429, not counted), what a provider state
 * has armed, and faults. Whatever passed the limits is counted, whatever its answer.
 */
export function createApi(options: ApiOptions): Api {
  const { database, time, limiter, faults, overlays, choices, clock, closing, newTraceId } = options

  const errorMembers: Readonly<Record<number, readonly string[]>> = choices['errors.members']
  const fail = (status: number, reason: string | readonly string[] = []): Answer =>
    withReason(
      errorAnswer(status, { traceId: newTraceId(), members: errorMembers[status] }),
      'x-sandbox-reason',
      reason,
    )

  const operations = createOperations({
    ...options,
    lister: createItemLister(database, choices),
    hasReport: ({ id }, reportId) => {
      const overlay = overlays.of(id)
      return overlay.kind !== 'report-missing' || overlay.reportId !== reportId
    },
    fail,
    throwIfClosed: () => closing.throwIfAborted(),
  })

  const authenticate = (call: Call): Account | undefined => {
    const token = bearerToken(call.headers['authorization'])
    const account = token === undefined ? undefined : findAccountByToken(database, token)
    const overlay = account && overlays.of(account.id)
    if (overlay?.kind !== 'token-revoked') return account
    return overlay.token === undefined || overlay.token === token ? undefined : account
  }

  /** Whether a provider state has armed a refusal that the quota does not know of. */
  const isRefusedInParallel = ({ id }: Account, scope: Scope): boolean => {
    const overlay = overlays.of(id)
    if (overlay.kind === 'window-used-up') {
      limiter.useUp(id, scope, overlay.window)
      overlays.clear(id)
    }
    if (overlay.kind !== 'parallel-limit') return false
    overlays.spend(id, overlay)
    return true
  }

  const carryOut = async (call: Call, account: Account): Promise<Answer> => {
    const overlay = overlays.of(account.id)
    if (overlay.kind === 'server-fails') {
      overlays.spend(account.id, overlay)
      return fail(500)
    }
    applyDueChanges(database, time.now())
    const route = routeOf(call.path)
    const answer = await operations(call, route, account)
    return isRead(route) ? encodeAnswer(answer, choices['answer.encoding'][route.kind], call) : answer
  }

  const scopeOf = ({ kind }: Route): Scope =>
    (kind === 'view' || kind === 'download') && choices['quota.shared'][kind] === 'not-shared' ? kind : 'all'

  /** A 429 that no quota has caused asks for a second. */
  const scriptedError = (status: number): Answer => {
    const answer = fail(status, 'asked for by a scripted fault')
    return status === 429 ? withHeaders(answer, { 'retry-after': '1' }) : answer
  }

  return async (call) => {
    const account = authenticate(call)
    if (account === undefined) {
      const reason = 'send "Authorization: Bearer TOKEN" with a token of this sandbox; its page at / lists them'
      return withoutEnd(withQuota(fail(401, reason), limiter.untouchedQuota()))
    }
    const route = routeOf(call.path)
    const scope = scopeOf(route)
    if (isRefusedInParallel(account, scope)) return withoutEnd(await tooManyRequests(-1, fail))
    const latency = isRead(route) ? choices.latency[route.kind] : undefined
    return answerAdmitted(limiter.admit(account.id, scope), {
      error: fail,
      answer: () =>
        faults.exchange(call, {
          error: scriptedError,
          answer: async () => {
            if (latency !== undefined && latency.medianMs > 0) await clock.sleep(latency.medianMs, call.signal)
            return withoutEnd(await carryOut(call, account))
          },
        }),
    })
  }
}

function isRead(route: Route): route is Route & { readonly kind: 'list' | 'view' | 'download' } {
  return route.kind === 'list' || route.kind === 'view' || route.kind === 'download'
}
