import * as checks from '#checks'
import { identity } from '#runtime'
import type { Answer } from './answer.ts'
import { checkBaseUrl } from './base-url.ts'
import type { Call, CallSetting } from './call.ts'
import { systemClock } from './clock.ts'
import { createReporter } from './events.ts'
import type { Reporter } from './events.ts'
import type { ExportsClientOptions } from './options.ts'
import { MAX_RETRY_AFTER_MS } from './rate-limit/rate-limiter.ts'
import type { Permit, RateLimiter } from './rate-limit/rate-limiter.ts'
import { runCall } from './run-call.ts'
import { createTierWatch } from './tier.ts'
import { createAuthorizer } from './token.ts'

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
  const { clock = systemClock, maxRetryAfterMs = MAX_RETRY_AFTER_MS } = options
  const baseUrl = checkBaseUrl(options.baseUrl)
  const { origin } = new URL(baseUrl)
  const setting: CallSetting = {
    options,
    origin,
    clock,
    maxRetryAfterMs,
    headers: { ...identity, ...Object.fromEntries(new Headers(options.headers)) },
    authorize: createAuthorizer(options.token),
    limiter: options.limiter ?? createLimiter(options, origin),
    reporter: createReporter(options.onEvent),
    watchTier: createTierWatch(),
  }
  const { limiter, reporter } = setting
  let calls = 0

  function send(url: string, call: Call): Promise<Answer> {
    const { operation, id } = call
    const { aroundCall } = options
    const callId = ++calls
    return aroundCall ? aroundCall({ callId, operation, id }, () => begin(url, call, callId)) : begin(url, call, callId)
  }

  /** Thousands of calls may wait at once: what a call needs beyond its place is made when it has one. */
  function begin(url: string, call: Call, callId: number): Promise<Answer> {
    const { signal, priority, deadlineMs = options.deadlineMs } = call
    const start = { callId, startedAt: clock.now() }
    const isPlain = deadlineMs === undefined && !reporter.isWatched() && url.startsWith(`${origin}/`)
    const granted = isPlain ? limiter.acquire({ signal, priority }) : undefined
    if (!(granted instanceof Promise)) return runCall(setting, url, call, { ...start, granted })
    // The call rejects with a refusal, as with one later on.
    const carryOn = (place: Permit | Promise<Permit>): Promise<Answer> =>
      runCall(setting, url, call, { ...start, granted: place })
    return granted.then(carryOn, () => carryOn(granted))
  }

  return { ...reporter, baseUrl, limiter, send }
}
