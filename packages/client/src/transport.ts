import * as checks from '#checks'
import { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { errorOf, invalidResponse } from './answer.ts'
import type { Answer, Sent } from './answer.ts'
import { isSuccess, runAttempt } from './attempt.ts'
import type { BodyKind } from './attempt.ts'
import { systemClock } from './clock.ts'
import { isExportsError } from './errors.ts'
import type { ExportsError } from './errors.ts'
import { createReporter } from './events.ts'
import type { CallEventBody, Reporter } from './events.ts'
import { addFacts, invalidOption, pastDeadline } from './failures.ts'
import type { OperationName } from './operation-name.ts'
import { checkBaseUrl } from './base-url.ts'
import type { CallOptions, ExportsClientOptions } from './options.ts'
import { parseRetryAfter, rateLimitFacts } from './rate-limit/headers.ts'
import type { Head } from './rate-limit/planner/response-facts.ts'
import { MAX_RETRY_AFTER_MS } from './rate-limit/rate-limiter.ts'
import type { Permit, RateLimiter } from './rate-limit/rate-limiter.ts'
import type { Post } from './post.ts'
import { retryDelay } from './retry.ts'
import { openScope } from './scope.ts'
import { askForToken, bearer } from './token.ts'
import type { TokenFunction } from './token.ts'

/** One call: what it is for, and its limits. */
export interface Call extends CallOptions {
  readonly operation: OperationName
  /** The export, or the report, that it is for. */
  readonly id?: string | undefined
  /** A stream is handed over at its head and keeps its slot until it ends. */
  readonly body: BodyKind
  /** Default: a GET. */
  readonly post?: Post | undefined
  /** The way out of a 404. */
  readonly notFound: string
  /** Sent besides ours. */
  readonly headers?: Headers | undefined
  /** The request that `signal` is of. */
  readonly request?: Request | undefined
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

/** The limiter of a client that was given none. */
export type LimiterOf = (options: ExportsClientOptions, origin: string) => RateLimiter

/** @throws ExportsError `invalid-options`. */
export function createTransport(options: ExportsClientOptions, createLimiter: LimiterOf): Transport {
  checks.clientOptions(options)
  const { token, clock = systemClock, random = Math.random, maxRetryAfterMs = MAX_RETRY_AFTER_MS } = options
  const baseUrl = checkBaseUrl(options.baseUrl)
  const { origin } = new URL(baseUrl)
  const fixedAuthorization = typeof token === 'function' ? undefined : bearer(token)
  const limiter = options.limiter ?? createLimiter(options, origin)
  const reporter = createReporter(options.onEvent)
  let calls = 0
  let tier: Tier | undefined

  /** Thousands of calls may wait at once: what a call needs beyond its place is made when it has one. */
  function send(url: string, call: Call): Promise<Answer> {
    const { signal, priority, deadlineMs = options.deadlineMs } = call
    const startedAt = clock.now()
    const isPlain = deadlineMs === undefined && !reporter.isWatched() && url.startsWith(`${origin}/`)
    const granted = isPlain ? limiter.acquire({ signal, priority }) : undefined
    if (!(granted instanceof Promise)) return carryOut(url, call, startedAt, granted)
    // The attempt rejects with a refusal, as with one later on.
    const carryOn = (place: Permit | Promise<Permit>): Promise<Answer> => carryOut(url, call, startedAt, place)
    return granted.then(carryOn, () => carryOn(granted))
  }

  async function carryOut(
    url: string,
    call: Call,
    startedAt: number,
    granted: Permit | Promise<Permit> | undefined,
  ): Promise<Answer> {
    const { operation, id, priority, body, post, idleTimeoutMs = 60_000 } = call
    const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 3 } = call
    const deadline = startedAt + (call.deadlineMs ?? options.deadlineMs ?? Infinity)
    const scope = openScope({ clock, signal: call.signal, deadline })
    const { signal } = scope
    const callId = ++calls
    let attempts = 0
    let failures = 0
    let waitedMs = granted && !(granted instanceof Promise) ? granted.waitedMs : 0
    let first = granted
    let permit: Permit | undefined
    let isRenewed = false
    let refusedToken: string | undefined
    /** A POST is out, and no answer says whether it was carried out. */
    let isUncertain = false
    let isStreaming = false
    /** The last answer's. */
    let head: { readonly headers: Headers; readonly wallMs: number } | undefined
    const sent = (): Sent => ({
      operation,
      id,
      url: url.startsWith(origin) ? url.slice(origin.length) : url,
      attempts,
    })

    // Without a listener no event is made.
    const report = reporter.isWatched()
      ? (event: CallEventBody) => reporter.report({ callId, operation, atMs: clock.wallNow(), ...event })
      : undefined

    /** A failure as an `ExportsError` with all that is known of the call; a bug stays as it is. */
    function explain(error: unknown): unknown {
      const failure = scope.explain(error)
      if (!isExportsError(failure)) return failure
      addFacts(failure, sent())
      if (head) addFacts(failure, { rateLimit: rateLimitFacts(head.headers, head.wallMs) })
      if (isUncertain) post?.leaveOpen(failure)
      return failure
    }

    /** The end of the call: of a download, that of its stream. */
    function finish(failure?: unknown): void {
      scope.close()
      const facts = { attempts, waitedMs, tookMs: clock.now() - startedAt }
      if (failure === undefined) report?.({ type: 'done', ...facts })
      else report?.({ type: 'failed', ...facts, kind: isExportsError(failure) ? failure.kind : 'bug' })
    }

    /** A place in the quota. A call whose place comes after its deadline fails at once, and says when it comes. */
    function place(): Permit | Promise<Permit> {
      if (first) {
        const given = first
        first = undefined
        return given
      }
      if (deadline < Infinity) {
        const at = limiter.estimate({ place: permit || (priority ?? 0) > 0 ? 'next' : 'last' })
        if (at > deadline) throw pastDeadline(undefined, Math.ceil(at - clock.now()))
      }
      const granted = limiter.acquire({ signal, priority, after: permit })
      return granted instanceof Promise ? wait(granted) : granted
    }

    async function wait(granted: Promise<Permit>): Promise<Permit> {
      const before = clock.now()
      report?.({ type: 'queued', attempt: attempts + 1, estimatedWaitMs: limiter.estimate() - before })
      try {
        return await granted
      } finally {
        waitedMs += clock.now() - before
      }
    }

    /** Milliseconds until another attempt; `undefined` when there is none. A 429 is bounded by its wait alone. */
    function delayOf({ kind, status, retryAfterMs, rateLimit }: ExportsError): number | undefined {
      if (kind === 'rate-limited') {
        report?.({ type: 'throttled', attempt: attempts, retryAfter: rateLimit?.retryAfter ?? 'unknown' })
        return retryAfterMs === undefined ? 0 : undefined
      }
      if (kind === 'unauthorized' && typeof token === 'function' && !isRenewed) {
        // A token that has just ended: the function may have another one.
        isRenewed = true
        return 0
      }
      if ((kind !== 'network' && kind !== 'timeout' && kind !== 'server') || isUncertain) return undefined
      const retryAfter = kind === 'server' && head ? parseRetryAfter(head.headers, head.wallMs) : undefined
      const delayMs = retryDelay({ failures, maxRetries, status, retryAfter, maxRetryAfterMs, random })
      if (delayMs === undefined || clock.now() + delayMs >= deadline) return undefined
      failures += 1
      report?.({ type: 'retried', attempt: attempts, reason: kind, delayMs })
      return delayMs
    }

    /** The token of a function; after a 401 another one, which a function that remembers gives a little later. */
    async function freshToken(): Promise<string> {
      const ask = () => askForToken(token as TokenFunction, { signal, clock, timeoutMs })
      let given = await ask()
      if (isRenewed && given === refusedToken) {
        await scope.pause(RENEWAL_MS)
        given = await ask()
      }
      refusedToken = given
      return given
    }

    function onHead({ status, headers }: Head, sentAt: number): void {
      permit?.answered({ status, headers })
      head = { headers, wallMs: clock.wallNow() }
      if (status >= 400 && status < 500) isUncertain = false
      if (!report) return
      const rateLimit = rateLimitFacts(headers, head.wallMs)
      report({ type: 'answered', attempt: attempts, status, serverMs: clock.now() - sentAt, rateLimit })
      const found = tierOf(rateLimit.limit)
      if (found === undefined || found === tier) return
      if (tier !== undefined || found !== DOCUMENTED_TIER) {
        report({ type: 'tier', tier: found, limits: RATE_LIMIT_TIERS[found] })
      }
      tier = found
    }

    async function attempt(): Promise<Answer> {
      const granted = place()
      const slot = (permit = granted instanceof Promise ? await granted : granted)
      let answer: Answer
      try {
        // Only now: a token that was asked for before the wait may have ended meanwhile.
        const authorization = fixedAuthorization ?? (await freshToken())
        const headers = {
          ...(call.headers && Object.fromEntries(call.headers)),
          accept: body === 'json' ? 'application/json' : '*/*',
          authorization,
          ...(post?.payload !== undefined && { 'content-type': 'application/json' }),
        }
        attempts += 1
        const sentAt = report ? clock.now() : 0
        const request = sent()
        report?.({ type: 'sent', attempt: attempts, url: request.url, waitedMs: slot.waitedMs })
        isUncertain = post !== undefined
        answer = await runAttempt({
          url,
          post,
          headers,
          sent: request,
          body:
            body === 'json'
              ? body
              : (response, guard) => {
                  isStreaming = true
                  return body(response, guard)
                },
          fetch: options.fetch ?? globalThis.fetch,
          clock,
          signal,
          timeoutMs,
          idleTimeoutMs,
          explain,
          onHead: (answered) => onHead(answered, sentAt),
          onEnd(failure) {
            slot.release()
            if (isStreaming) finish(failure)
          },
        })
      } catch (error) {
        slot.release()
        throw error
      }
      const { status, receivedAt } = answer
      if (!isSuccess(status)) {
        const { retryAfter } = rateLimitFacts(answer.headers, receivedAt)
        const isTooLong = status === 429 && typeof retryAfter === 'number' && retryAfter > maxRetryAfterMs
        throw errorOf(answer, call.notFound, isTooLong ? retryAfter : undefined)
      }
      if (body === 'json' && answer.json === undefined) throw invalidResponse(answer, 'JSON')
      return answer
    }

    try {
      if (!url.startsWith(`${origin}/`)) {
        throw invalidOption('url', url, `is not of ${origin}: the token is sent nowhere else`)
      }
      for (;;) {
        try {
          const answer = await attempt()
          if (!isStreaming) finish()
          return answer
        } catch (error) {
          const failure = scope.explain(error)
          if (post?.neverArrived(failure)) isUncertain = false
          const delayMs = isExportsError(failure) ? delayOf(failure) : undefined
          if (delayMs === undefined) throw failure
          if (delayMs > 0) await scope.pause(delayMs)
        }
      }
    } catch (error) {
      const failure = explain(error)
      finish(failure)
      throw failure
    }
  }

  return { ...reporter, baseUrl, limiter, send }
}

/** In this time a function that remembers its token has noticed that it has ended. */
const RENEWAL_MS = 1_000

type Tier = keyof typeof RATE_LIMIT_TIERS
const TIERS = Object.keys(RATE_LIMIT_TIERS) as readonly Tier[]
const DOCUMENTED_TIER = tierOf(RATE_LIMIT_WINDOWS[0].limit)

/** The tier that a limit belongs to. */
function tierOf(limit: number | undefined): Tier | undefined {
  return TIERS.find((name) => (RATE_LIMIT_TIERS[name] as readonly (number | undefined)[]).includes(limit))
}
