import { errorOf, invalidResponse } from './answer.ts'
import type { Answer } from './answer.ts'
import { aborted, isSuccess, runAttempt } from './attempt.ts'
import type { BodyKind } from './attempt.ts'
import { systemClock } from './clock.ts'
import { ExportsError, isExportsError, leaveOpen } from './errors.ts'
import type { ExportsErrorFacts } from './errors.ts'
import { createReporter } from './events.ts'
import type { CallEventBody, OperationName, Reporter } from './events.ts'
import { neverArrived } from './never-arrived.ts'
import { CLIENT_RULES, checkBaseUrl, checkOption, checkOptions } from './options.ts'
import type { CallOptions, ExportsClientOptions } from './options.ts'
import { rateLimitFacts } from './rate-limit/headers.ts'
import { MAX_RETRY_AFTER_MS } from './rate-limit/limiter.ts'
import type { Lease, RateLimiter } from './rate-limit/limiter.ts'
import { retryDelay } from './rate-limit/retry.ts'
import { askForToken, bearer } from './token.ts'
import type { TokenFunction } from './token.ts'

/** One call: what it is for, and its limits. */
export interface Call extends CallOptions {
  readonly operation: OperationName
  /** A stream is handed over at its head and keeps its slot until it ends. */
  readonly body: BodyKind
  /** Default `GET`. A `POST` is sent again only where it never arrived: see {@link neverArrived}. */
  readonly method?: 'GET' | 'POST' | undefined
  /** The body of a `POST`: JSON. */
  readonly payload?: string | undefined
  /** Sent besides ours. */
  readonly headers?: Headers | undefined
  /** Milliseconds without a byte after which a stream fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined
}

/** Sends requests: deadline → retry → limiter → origin guard and token → `fetch`. */
export interface Transport extends Reporter {
  readonly baseUrl: string
  readonly limiter: RateLimiter
  /** Resolves with a successful answer; everything else rejects with an `ExportsError`. */
  send(url: string, call: Call): Promise<Answer>
}

/** @throws ExportsError `invalid-options`. */
export function createTransport(options: ExportsClientOptions, limiter: RateLimiter): Transport {
  checkOptions(options, CLIENT_RULES)
  checkOption('limiter', limiter, CLIENT_RULES.limiter)
  const { token, clock = systemClock, random = Math.random, maxRetryAfterMs = MAX_RETRY_AFTER_MS } = options
  const baseUrl = checkBaseUrl(options.baseUrl)
  const { origin } = new URL(baseUrl)
  const fixedAuthorization = typeof token === 'function' ? undefined : bearer(token)
  const reporter = createReporter(options.onEvent)
  let calls = 0

  async function send(url: string, call: Call): Promise<Answer> {
    const { signal, operation, priority, body, method = 'GET', payload, idleTimeoutMs = 60_000 } = call
    const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 3 } = call
    const { deadlineMs = options.deadlineMs ?? Infinity } = call
    const startedAt = clock.now()
    const deadline = startedAt + deadlineMs
    const callId = ++calls
    let attempts = 0
    let failures = 0
    let waitedMs = 0
    let lease: Lease | undefined
    let notBeforeMs: number | undefined
    /** Whether a POST is out whose fate no answer has told. */
    let isUncertain = false
    /** Of the last answer. */
    let head: { readonly headers: Headers; readonly wallMs: number } | undefined
    const rateLimit = () => head && rateLimitFacts(head.headers, head.wallMs)
    const shownUrl = () => (url.startsWith(origin) ? url.slice(origin.length) : url)
    const facts = (): ExportsErrorFacts => ({ attempts, url: shownUrl(), rateLimit: rateLimit() })

    // Nobody listens: no event is made.
    const tell = reporter.isWatched()
      ? (event: CallEventBody) => reporter.report({ callId, operation, atMs: clock.wallNow(), ...event })
      : undefined

    async function wait(granted: Promise<Lease>): Promise<Lease> {
      const before = clock.now()
      tell?.({ type: 'queued', attempt: attempts + 1, estimatedWaitMs: limiter.estimate() - before })
      try {
        return await granted
      } finally {
        waitedMs += clock.now() - before
      }
    }

    /** Whether a failed attempt is followed by another; a 429 is bounded by the deadline and its wait alone. */
    function mayRetry({ kind, status, retryAfterMs }: ExportsError): boolean {
      notBeforeMs = undefined
      if (kind === 'rate-limited') {
        tell?.({ type: 'throttled', attempt: attempts, retryAfter: rateLimit()?.retryAfter ?? 'unknown' })
        return retryAfterMs === undefined
      }
      if (kind !== 'network' && kind !== 'timeout' && kind !== 'server') return false
      if (isUncertain) return false
      const delayMs = retryDelay({ failures, maxRetries, status, random })
      if (delayMs === undefined || clock.now() + delayMs >= deadline) return false
      failures += 1
      notBeforeMs = clock.now() + delayMs
      tell?.({ type: 'retried', attempt: attempts, reason: kind, delayMs })
      return true
    }

    for (;;) {
      try {
        if (!url.startsWith(`${origin}/`)) {
          throw new ExportsError('invalid-options', `${url} is not of ${origin}: the token is sent nowhere else`)
        }
        const authorization =
          fixedAuthorization ?? (await askForToken(token as TokenFunction, { signal, deadline, clock, facts }))
        const headers = {
          accept: body === 'json' ? 'application/json' : '*/*',
          authorization,
          ...(payload !== undefined && { 'content-type': 'application/json' }),
        }
        const granted = limiter.acquire({ signal, priority, deadlineMs: deadline, after: lease, notBeforeMs })
        const slot = (lease = granted instanceof Promise ? await wait(granted) : granted)
        attempts += 1
        let refusedMs: number | undefined
        const sentAt = tell && clock.now()
        tell?.({ type: 'sent', attempt: attempts, url: shownUrl(), waitedMs: slot.waitedMs })
        isUncertain = method === 'POST'
        const answer = await runAttempt({
          url,
          method,
          payload,
          headers: call.headers ? { ...Object.fromEntries(call.headers), ...headers } : headers,
          body,
          fetch: options.fetch ?? globalThis.fetch,
          clock,
          signal,
          timeoutMs,
          idleTimeoutMs,
          deadline,
          facts,
          onHead(answered) {
            const { status, headers } = answered
            const verdict = slot.answered(answered)
            if (verdict.kind === 'refused-too-long') refusedMs = verdict.waitMs
            head = { headers, wallMs: clock.wallNow() }
            if (status >= 400 && status < 500) isUncertain = false
            if (status === 429) {
              // A limiter that others share may wait longer than this client does.
              const { retryAfter } = rateLimitFacts(headers, head.wallMs)
              if (typeof retryAfter === 'number' && retryAfter > maxRetryAfterMs) refusedMs = retryAfter
            }
            tell?.({
              type: 'answered',
              attempt: attempts,
              status,
              serverMs: clock.now() - (sentAt as number),
              rateLimit: rateLimitFacts(headers, head.wallMs),
            })
          },
          onEnd: () => slot.release(),
        })
        if (!isSuccess(answer.status)) throw errorOf(answer, operation, refusedMs)
        if (body === 'json' && answer.json === undefined) throw invalidResponse(answer, 'JSON')
        tell?.({ type: 'done', attempts, waitedMs, tookMs: clock.now() - startedAt })
        return answer
      } catch (error) {
        const failure = inOurWords(error, signal, facts())
        if (neverArrived(failure)) isUncertain = false
        if (isExportsError(failure) && mayRetry(failure)) continue
        if (isExportsError(failure) && isUncertain) leaveOpen(failure)
        const kind = isExportsError(failure) ? failure.kind : 'bug'
        tell?.({ type: 'failed', attempts, waitedMs, tookMs: clock.now() - startedAt, kind })
        throw failure
      }
    }
  }

  return { ...reporter, baseUrl, limiter, send }
}

/** An abort, or a refusal of the limiter, as an `ExportsError`; anything else is a bug and stays as it is. */
function inOurWords(error: unknown, signal: AbortSignal | undefined, facts: ExportsErrorFacts): unknown {
  if (isExportsError(error)) return error
  if (signal?.aborted) return aborted(signal.reason, facts)
  const { kind, message, retryAfterMs } = error as { kind?: unknown; message?: string; retryAfterMs?: number }
  if (kind !== 'deadline' && kind !== 'queue-full' && kind !== 'rate-limited') return error
  return new ExportsError(kind, message ?? kind, { ...facts, retryAfterMs, cause: error })
}
