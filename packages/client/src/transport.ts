import { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { errorOf, invalidResponse } from './answer.ts'
import type { Answer } from './answer.ts'
import { isSuccess, runAttempt } from './attempt.ts'
import type { BodyKind } from './attempt.ts'
import { systemClock } from './clock.ts'
import { isExportsError } from './errors.ts'
import type { ExportsError, ExportsErrorFacts } from './errors.ts'
import { createReporter } from './events.ts'
import type { CallEventBody, Reporter } from './events.ts'
import { addFacts, invalidOption, leaveOpen, pastDeadline } from './failures.ts'
import { neverArrived } from './never-arrived.ts'
import type { OperationName } from './operation-name.ts'
import { checkBaseUrl } from './base-url.ts'
import { checkOptions } from './check.ts'
import { CLIENT_RULES } from './options.ts'
import type { CallOptions, ExportsClientOptions } from './options.ts'
import { parseRetryAfter, rateLimitFacts } from './rate-limit/headers.ts'
import { MAX_RETRY_AFTER_MS } from './rate-limit/rate-limiter.ts'
import type { Permit, RateLimiter } from './rate-limit/rate-limiter.ts'
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

/** The limiter of a client that was given none. */
export type LimiterOf = (options: ExportsClientOptions, origin: string) => RateLimiter

/** @throws ExportsError `invalid-options`. */
export function createTransport(options: ExportsClientOptions, createLimiter: LimiterOf): Transport {
  checkOptions(options, CLIENT_RULES)
  const { token, clock = systemClock, random = Math.random, maxRetryAfterMs = MAX_RETRY_AFTER_MS } = options
  const baseUrl = checkBaseUrl(options.baseUrl)
  const { origin } = new URL(baseUrl)
  const fixedAuthorization = typeof token === 'function' ? undefined : bearer(token)
  const limiter = options.limiter ?? createLimiter(options, origin)
  const reporter = createReporter(options.onEvent)
  let calls = 0
  let tier: Tier | undefined

  /** Thousands of calls may wait at once: what a call needs beyond its place is made when it has one. */
  async function send(url: string, call: Call): Promise<Answer> {
    const { signal, priority, deadlineMs = options.deadlineMs } = call
    const startedAt = clock.now()
    const isPlain = deadlineMs === undefined && !reporter.isWatched() && url.startsWith(`${origin}/`)
    let granted = isPlain ? limiter.acquire({ signal, priority }) : undefined
    if (granted instanceof Promise) {
      try {
        granted = await granted
      } catch (error) {
        // The attempt rejects with it, as with a refusal later on.
        granted = Promise.reject(error)
      }
    }
    return carryOut(url, call, startedAt, granted)
  }

  async function carryOut(
    url: string,
    call: Call,
    startedAt: number,
    granted: Permit | Promise<Permit> | undefined,
  ): Promise<Answer> {
    const { operation, priority, body, method = 'GET', payload, idleTimeoutMs = 60_000 } = call
    const { timeoutMs = options.timeoutMs ?? 30_000, maxRetries = options.maxRetries ?? 3 } = call
    const { deadlineMs = options.deadlineMs ?? Infinity } = call
    const deadline = startedAt + deadlineMs
    const callId = ++calls
    let attempts = 0
    let failures = 0
    let waitedMs = granted && !(granted instanceof Promise) ? granted.waitedMs : 0
    let first = granted
    let permit: Permit | undefined
    let isRenewed = false
    let refusedToken: string | undefined
    /** Whether a POST is out whose fate no answer has told. */
    let isUncertain = false
    /** Of the last answer. */
    let head: { readonly headers: Headers; readonly wallMs: number } | undefined
    const rateLimit = () => head && rateLimitFacts(head.headers, head.wallMs)
    const shownUrl = () => (url.startsWith(origin) ? url.slice(origin.length) : url)
    const facts = (): ExportsErrorFacts => ({
      operation,
      id: call.id,
      attempts,
      url: shownUrl(),
      rateLimit: rateLimit(),
    })
    const scope = openScope({ clock, signal: call.signal, deadline, facts })
    const { signal } = scope

    // Without a listener no event is made.
    const tell = reporter.isWatched()
      ? (event: CallEventBody) => reporter.report({ callId, operation, atMs: clock.wallNow(), ...event })
      : undefined

    /** A place in the quota. A call whose place comes after its deadline fails at once, and says when it comes. */
    function place(): Permit | Promise<Permit> {
      if (first) {
        const given = first
        first = undefined
        return given
      }
      if (deadline < Infinity) {
        const at = limiter.estimate({ place: permit || (priority ?? 0) > 0 ? 'next' : 'last' })
        if (at > deadline) throw pastDeadline({ ...facts(), retryAfterMs: Math.ceil(at - clock.now()) })
      }
      const granted = limiter.acquire({ signal, priority, after: permit })
      return granted instanceof Promise ? wait(granted) : granted
    }

    async function wait(granted: Promise<Permit>): Promise<Permit> {
      const before = clock.now()
      tell?.({ type: 'queued', attempt: attempts + 1, estimatedWaitMs: limiter.estimate() - before })
      try {
        return await granted
      } finally {
        waitedMs += clock.now() - before
      }
    }

    /** Milliseconds until another attempt; `undefined` when there is none. A 429 is bounded by its wait alone. */
    function delayOf({ kind, status, retryAfterMs }: ExportsError): number | undefined {
      if (kind === 'rate-limited') {
        tell?.({ type: 'throttled', attempt: attempts, retryAfter: rateLimit()?.retryAfter ?? 'unknown' })
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
      tell?.({ type: 'retried', attempt: attempts, reason: kind, delayMs })
      return delayMs
    }

    /** The token of a function; after a 401 another one, which a function that remembers gives a little later. */
    async function freshToken(): Promise<string> {
      const limits = { signal, clock, timeoutMs, facts }
      let given = await askForToken(token as TokenFunction, limits)
      if (isRenewed && given === refusedToken) {
        await scope.pause(RENEWAL_MS)
        given = await askForToken(token as TokenFunction, limits)
      }
      refusedToken = given
      return given
    }

    async function attempt(): Promise<Answer> {
      const granted = place()
      const slot = (permit = granted instanceof Promise ? await granted : granted)
      let refusedMs: number | undefined
      let answer: Answer
      try {
        // Only now: a token that was asked for before the wait may have ended meanwhile.
        const authorization = fixedAuthorization ?? (await freshToken())
        const headers = {
          ...(call.headers && Object.fromEntries(call.headers)),
          accept: body === 'json' ? 'application/json' : '*/*',
          authorization,
          ...(payload !== undefined && { 'content-type': 'application/json' }),
        }
        attempts += 1
        const sentAt = tell && clock.now()
        tell?.({ type: 'sent', attempt: attempts, url: shownUrl(), waitedMs: slot.waitedMs })
        isUncertain = method === 'POST'
        answer = await runAttempt({
          url,
          method,
          payload,
          headers,
          body,
          fetch: options.fetch ?? globalThis.fetch,
          clock,
          signal: call.signal,
          timeoutMs,
          idleTimeoutMs,
          deadline,
          facts,
          onHead(answered) {
            const { status, headers } = answered
            slot.answered(answered)
            head = { headers, wallMs: clock.wallNow() }
            if (status >= 400 && status < 500) isUncertain = false
            if (status === 429) {
              const { retryAfter } = rateLimitFacts(headers, head.wallMs)
              if (typeof retryAfter === 'number' && retryAfter > maxRetryAfterMs) refusedMs = retryAfter
            }
            if (!tell) return
            const told = rateLimitFacts(headers, head.wallMs)
            tell({
              type: 'answered',
              attempt: attempts,
              status,
              serverMs: clock.now() - (sentAt as number),
              rateLimit: told,
            })
            const found = tierOf(told.limit)
            if (found === undefined || found === tier) return
            if (tier !== undefined || found !== DOCUMENTED_TIER)
              tell({ type: 'tier', tier: found, limits: RATE_LIMIT_TIERS[found] })
            tier = found
          },
          onEnd: () => slot.release(),
        })
      } catch (error) {
        slot.release()
        throw error
      }
      if (!isSuccess(answer.status)) throw errorOf(answer, operation, refusedMs)
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
          tell?.({ type: 'done', attempts, waitedMs, tookMs: clock.now() - startedAt })
          return answer
        } catch (error) {
          const failure = scope.explain(error)
          if (neverArrived(failure)) isUncertain = false
          const delayMs = isExportsError(failure) ? delayOf(failure) : undefined
          if (delayMs === undefined) throw failure
          if (delayMs > 0) await scope.pause(delayMs)
        }
      }
    } catch (error) {
      const failure = scope.explain(error)
      if (isExportsError(failure)) {
        addFacts(failure, facts())
        if (isUncertain) leaveOpen(failure)
      }
      const kind = isExportsError(failure) ? failure.kind : 'bug'
      tell?.({ type: 'failed', attempts, waitedMs, tookMs: clock.now() - startedAt, kind })
      throw failure
    } finally {
      scope.close()
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
