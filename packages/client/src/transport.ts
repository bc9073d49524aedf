import { abortable } from './abortable.ts'
import { errorOf, invalidResponse } from './answer.ts'
import type { Answer } from './answer.ts'
import { aborted, runAttempt } from './attempt.ts'
import { systemClock } from './clock.ts'
import { ExportsError, isExportsError } from './errors.ts'
import type { ExportsErrorFacts } from './errors.ts'
import type { ExportsEvent, Operation } from './events.ts'
import { bearer, checkBaseUrl, checkNumber } from './options.ts'
import type { CallOptions, ExportsClientOptions } from './options.ts'
import { rateLimitFacts } from './rate-limit/headers.ts'
import { createRateLimiter } from './rate-limit/limiter.ts'
import type { Lease, RateLimiter } from './rate-limit/limiter.ts'
import { retryDelay } from './rate-limit/retry.ts'

/** One call: what it is for, and its limits. */
export interface Call extends CallOptions {
  readonly operation: Operation
  /** A `stream` is handed over at its head and keeps its slot until it ends. */
  readonly body: 'json' | 'stream'
  /** Milliseconds without a byte after which a stream fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined
}

/** Sends GET requests: deadline → retry → limiter → origin guard and token → `fetch`. */
export interface Transport {
  readonly baseUrl: string
  readonly limiter: RateLimiter
  /** Resolves with a successful answer; everything else rejects with an `ExportsError`. */
  send(url: string, call: Call): Promise<Answer>
  emit(event: ExportsEvent): void
}

export function createTransport(options: ExportsClientOptions): Transport {
  const { token, onEvent, clock = systemClock, random = Math.random, maxRetryAfterMs = 120_000 } = options
  const baseUrl = checkBaseUrl(options.baseUrl)
  const { origin } = new URL(baseUrl)
  if (typeof token !== 'function') bearer(token)
  checkNumber('maxRetryAfterMs', maxRetryAfterMs, 0)
  const limiter = options.limiter ?? createRateLimiter({ clock, maxRetryAfterMs })
  let calls = 0

  function emit(event: ExportsEvent): void {
    try {
      onEvent?.(event)
    } catch {
      // Watching cannot break a call.
    }
  }

  async function send(url: string, call: Call): Promise<Answer> {
    const { signal, operation, priority } = call
    const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 3 } = call
    const { deadlineMs = options.deadlineMs ?? Infinity, idleTimeoutMs = 60_000 } = call
    const shownUrl = url.startsWith(origin) ? url.slice(origin.length) : url
    const startedAt = clock.now()
    const deadline = startedAt + deadlineMs
    const callId = ++calls
    let attempts = 0
    let failures = 0
    let waitedMs = 0
    let lease: Lease | undefined
    let notBeforeMs: number | undefined
    let rateLimit: ExportsErrorFacts['rateLimit']
    const facts = (): ExportsErrorFacts => ({ attempts, url: shownUrl, rateLimit })
    const common = () => ({ callId, operation, atMs: clock.wallNow() }) as const

    async function authorize(): Promise<string> {
      if (typeof token !== 'function') return bearer(token)
      const given = (async () => token())().catch((error: unknown) => {
        // Neither its message nor the error itself is kept: they could hold the token.
        const name = error instanceof Error ? error.name : typeof error
        throw new ExportsError('invalid-options', `token: the function given for it failed with a ${name}`, facts())
      })
      return bearer(await (signal ? abortable(given, signal) : given))
    }

    /** Waits for a slot; a refusal of the limiter in this package's words. */
    async function nextLease(): Promise<Lease> {
      const before = clock.now()
      try {
        const granted = limiter.acquire({ signal, priority, deadlineMs: deadline, after: lease, notBeforeMs })
        if (!(granted instanceof Promise)) return granted
        if (onEvent) {
          emit({ ...common(), type: 'queued', attempt: attempts + 1, estimatedWaitMs: limiter.estimate() - before })
        }
        return await granted
      } finally {
        waitedMs += clock.now() - before
      }
    }

    /** One attempt, from the token to the end of its body. */
    async function attempt(): Promise<Answer> {
      const authorization = await authorize()
      lease = await nextLease()
      const slot = lease
      const attemptNo = ++attempts
      const sentAt = clock.now()
      let refusedMs: number | undefined
      emit({ ...common(), type: 'sent', attempt: attemptNo, url: shownUrl, waitedMs: slot.waitedMs })
      const answer = await runAttempt({
        url,
        authorization,
        body: call.body,
        fetch: options.fetch ?? globalThis.fetch,
        clock,
        signal,
        timeoutMs,
        idleTimeoutMs,
        deadline,
        facts,
        onHead({ status, headers }) {
          const verdict = slot.answered({ status, headers })
          if (verdict.kind === 'refused-too-long') refusedMs = verdict.waitMs
          rateLimit = rateLimitFacts(headers, clock.wallNow())
          emit({ ...common(), type: 'answered', attempt: attemptNo, status, serverMs: clock.now() - sentAt, rateLimit })
        },
        onEnd: () => slot.release(),
      })
      if (answer.status < 200 || answer.status > 299) throw errorOf(answer, refusedMs)
      if (call.body === 'json' && answer.json === undefined) throw invalidResponse(answer, 'JSON')
      return answer
    }

    /** Whether a failed attempt is followed by another; a 429 is bounded by the deadline and its wait alone. */
    function mayRetry(error: ExportsError): boolean {
      notBeforeMs = undefined
      const { kind, status, retryAfterMs } = error
      if (kind === 'rate-limited') {
        emit({ ...common(), type: 'throttled', attempt: attempts, retryAfter: rateLimit?.retryAfter ?? 'unknown' })
        return retryAfterMs === undefined
      }
      if (kind !== 'network' && kind !== 'timeout' && kind !== 'server') return false
      const delayMs = retryDelay({ failures, maxRetries, status, random })
      if (delayMs === undefined || clock.now() + delayMs >= deadline) return false
      failures += 1
      notBeforeMs = clock.now() + delayMs
      emit({ ...common(), type: 'retried', attempt: attempts, reason: kind, delayMs })
      return true
    }

    try {
      if (new URL(url).origin !== origin) {
        throw new ExportsError('invalid-options', `${url} is not of ${origin}: the token is sent nowhere else`)
      }
      for (;;) {
        try {
          const answer = await attempt()
          emit({ ...common(), type: 'done', attempts, waitedMs, tookMs: clock.now() - startedAt })
          return answer
        } catch (error) {
          const failure = inOurWords(error, signal, facts())
          if (!isExportsError(failure) || !mayRetry(failure)) throw failure
        }
      }
    } catch (error) {
      const failure = inOurWords(error, signal, facts())
      const kind = isExportsError(failure) ? failure.kind : 'bug'
      emit({ ...common(), type: 'failed', attempts, waitedMs, tookMs: clock.now() - startedAt, kind })
      throw failure
    }
  }

  return { baseUrl, limiter, send, emit }
}

/** An abort, or a refusal of the limiter, as an `ExportsError`; anything else is a bug and stays as it is. */
function inOurWords(error: unknown, signal: AbortSignal | undefined, facts: ExportsErrorFacts): unknown {
  if (isExportsError(error)) return error
  if (signal?.aborted) return aborted(signal.reason, facts)
  const { kind, message, retryAfterMs } = error as { kind?: unknown; message?: string; retryAfterMs?: number }
  if (kind !== 'deadline' && kind !== 'queue-full') return error
  return new ExportsError(kind, message ?? kind, { ...facts, retryAfterMs, cause: error })
}
