import { accept, ofCall, requestIdOf } from './answer.ts'
import type { Answer, Sent } from './answer.ts'
import { runAttempt } from './attempt.ts'
import type { RawAnswer } from './attempt.ts'
import { initOf } from './call.ts'
import type { Call, CallSetting, CallStart } from './call.ts'
import { openCallLog } from './call-log.ts'
import { isExportsError } from './errors.ts'
import type { ExportsError } from './errors.ts'
import { watch } from './events.ts'
import { invalidOption, pastDeadline } from './failures.ts'
import { parseRetryAfter, rateLimitFacts } from './rate-limit/headers.ts'
import type { Permit } from './rate-limit/rate-limiter.ts'
import { retryDelay } from './retry.ts'
import { openScope } from './scope.ts'

/**
 * One call, from its place in the quota to the end of its answer, with all of its attempts.
 * @throws ExportsError
 */
export async function runCall(setting: CallSetting, url: string, call: Call, start: CallStart): Promise<Answer> {
  const { options, origin, clock, limiter, reporter, maxRetryAfterMs } = setting
  const { callId, startedAt } = start
  const { operation, id, priority, body, post, idleTimeoutMs = 60_000 } = call
  const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 3 } = call
  const deadline = startedAt + (call.deadlineMs ?? options.deadlineMs ?? Infinity)
  const scope = openScope({ clock, signal: call.signal, deadline })
  const { signal } = scope
  const log = reporter.isWatched() ? openCallLog({ reporter, clock, callId, operation, startedAt }) : undefined
  const sent: Sent = { operation, id, url: url.startsWith(origin) ? url.slice(origin.length) : url, attempts: 0 }
  let { granted } = start
  let permit: Permit | undefined
  let failures = 0
  let authorization: string | undefined
  /** What a 401 refused; a function may have another one. */
  let refused: string | undefined
  /** A POST is out, and no answer says whether it was carried out. */
  let isUncertain = false
  let isStreaming = false
  /** The last answer's. */
  let head: RawAnswer | undefined

  /** A failure as an `ExportsError` with all that is known of the call; a bug stays as it is. */
  function explain(error: unknown): unknown {
    const failure = scope.explain(error)
    if (!isExportsError(failure)) return failure
    ofCall(failure, sent, head && { rateLimit: rateLimitFacts(head.headers, head.receivedAt) })
    if (isUncertain) post?.leaveOpen(failure)
    return failure
  }

  /** The end of the call: of a download, that of its stream. */
  function finish(failure?: unknown): void {
    scope.close()
    const kind = isExportsError(failure) ? failure.kind : 'bug'
    log?.end(sent.attempts, failure === undefined ? undefined : kind)
  }

  /** A place in the quota. A call whose place comes after its deadline fails at once, and says when it comes. */
  function acquire(): Permit | Promise<Permit> {
    if (deadline < Infinity) {
      const at = limiter.estimate({ place: permit || (priority ?? 0) > 0 ? 'next' : 'last' })
      if (at > deadline) throw pastDeadline(undefined, Math.ceil(at - clock.now()))
    }
    const place = limiter.acquire({ signal, priority, after: permit })
    if (place instanceof Promise) {
      const estimatedWaitMs = limiter.estimate() - clock.now()
      log?.report({ type: 'queued', attempt: sent.attempts + 1, estimatedWaitMs })
      log?.enter('waitedMs')
    }
    return place
  }

  async function attempt(): Promise<Answer> {
    log?.enter('prepareMs')
    const place = granted ?? acquire()
    granted = undefined
    const slot = (permit = place instanceof Promise ? await place : place)
    log?.enter('prepareMs')
    try {
      // Only now: a token that was asked for before the wait may have ended meanwhile.
      const given = setting.authorize({ scope, clock, timeoutMs, refused })
      authorization = typeof given === 'string' ? given : await given
      sent.attempts += 1
      isUncertain = post !== undefined
      log?.report({ type: 'sent', attempt: sent.attempts, url: sent.url, waitedMs: slot.waitedMs })
      log?.enter('serverMs')
      const init = initOf(call, setting.headers, authorization)
      // Taken out: browsers and workers refuse their own `fetch` as a method of anything else.
      const { fetch = globalThis.fetch } = options
      const raw = await runAttempt({
        send: (signal) => fetch(url, { ...init, signal }),
        openStream:
          body === 'json'
            ? undefined
            : (response, controller, onEnd) => {
                isStreaming = true
                return body(response, { controller, clock, idleTimeoutMs, onEnd, explain })
              },
        clock,
        signal,
        timeoutMs,
        onHead,
        onEnd(failure) {
          slot.release()
          if (isStreaming) finish(failure)
        },
      })
      return accept(raw, sent, maxRetryAfterMs)
    } catch (error) {
      slot.release()
      throw error
    }
  }

  function onHead(answer: RawAnswer): void {
    const { status, headers, receivedAt } = answer
    permit?.answered(answer)
    head = answer
    if (status >= 400 && status < 500) isUncertain = false
    if (!log) return
    const rateLimit = rateLimitFacts(headers, receivedAt)
    log.report({ type: 'answered', attempt: sent.attempts, status, serverMs: log.enter('bodyMs'), rateLimit })
    const tier = setting.watchTier(rateLimit.limit)
    if (tier) log.report({ type: 'tier', ...tier })
  }

  /** Milliseconds until another attempt; `undefined` when there is none. A 429 is bounded by its wait alone. */
  function delayOf({ kind, status, retryAfterMs, rateLimit }: ExportsError): number | undefined {
    const { attempts } = sent
    if (kind === 'rate-limited') {
      log?.report({ type: 'throttled', attempt: attempts, retryAfter: rateLimit?.retryAfter ?? 'unknown' })
      return retryAfterMs === undefined ? 0 : undefined
    }
    if (kind === 'unauthorized' && typeof options.token === 'function' && refused === undefined) {
      // A token that has just ended: the function may have another one.
      refused = authorization
      return 0
    }
    if ((kind !== 'network' && kind !== 'timeout' && kind !== 'server') || isUncertain) return undefined
    const retryAfter = kind === 'server' && head ? parseRetryAfter(head.headers, head.receivedAt) : undefined
    const { random = Math.random } = options
    const delayMs = retryDelay({ failures, maxRetries, status, retryAfter, maxRetryAfterMs, random })
    if (delayMs === undefined || clock.now() + delayMs >= deadline) return undefined
    failures += 1
    log?.report({ type: 'retried', attempt: attempts, reason: kind, delayMs })
    return delayMs
  }

  try {
    if (!url.startsWith(`${origin}/`)) {
      throw invalidOption('url', url, `is not of ${origin}: the token is sent nowhere else`)
    }
    for (;;) {
      try {
        const answer = await attempt()
        const { status, headers } = answer
        watch(call.onResponse, { ...sent, status, headers, requestId: requestIdOf(headers) })
        if (!isStreaming) finish()
        return answer
      } catch (error) {
        const failure = scope.explain(error)
        if (post?.neverArrived(failure)) isUncertain = false
        const delayMs = isExportsError(failure) ? delayOf(failure) : undefined
        if (delayMs === undefined) throw failure
        log?.enter('backOffMs')
        if (delayMs > 0) await scope.pause(delayMs)
      }
    }
  } catch (error) {
    const failure = explain(error)
    // Made by a timer or an abort, it knows nothing of the caller.
    captureStackTrace?.(failure)
    finish(failure)
    throw failure
  }
}

/** Where the engine has it (V8, JavaScriptCore). */
const { captureStackTrace } = Error as { readonly captureStackTrace?: (error: unknown) => void }
