import * as checks from '#checks'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import type { ExportsClientOptions } from './options.ts'
import type { RateLimiter } from './rate-limit/rate-limiter.ts'
import { createRequester } from './request.ts'
import type { Requester } from './request.ts'
import { createTransport } from './transport.ts'
import type { LimiterOf, Transport } from './transport.ts'

/** What the calls work over; made by `connect`, and by every client for itself. */
export interface Connection {
  readonly options: ExportsClientOptions
  readonly clock: Clock
  readonly transport: Transport
  readonly request: Requester
  /** The page size that was taken after a larger one had been refused. */
  largestPage?: number
}

/** The options of a client, with a limiter: nothing is taken for granted that a small program could do without. */
export type ConnectOptions = ExportsClientOptions & { readonly limiter: RateLimiter }

/**
 * For the calls as functions, without openapi-fetch: a bundler leaves out each call that a program does not use.
 * Sends nothing, sets no timer and holds no socket until it is used.
 * @throws ExportsError `invalid-options`.
 */
export function connect(options: ConnectOptions): Connection {
  return connectOver(options, ({ limiter }) => {
    checks.limiter(limiter)
    return limiter as RateLimiter
  })
}

/**
 * A connection. Options are read at each call: some of them may be getters.
 * @param createLimiter makes a limiter where none is given
 */
export function connectOver(options: ExportsClientOptions, createLimiter: LimiterOf): Connection {
  // JavaScript may have given none: what is missing is an error of its own.
  const given = options ?? ({} as ExportsClientOptions)
  const transport = createTransport(given, createLimiter)
  return { options: given, clock: given.clock ?? systemClock, transport, request: createRequester(transport) }
}
