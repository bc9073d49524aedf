import { createBareRequester } from './bare-requester.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import type { ExportsClientOptions } from './options.ts'
import type { RateLimiter } from './rate-limit/limiter.ts'
import type { Requester } from './requester.ts'
import { createTransport } from './transport.ts'
import type { Transport } from './transport.ts'

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
  return connectOver(options, options?.limiter, createBareRequester)
}

/** A connection over any requester. Options are read at each call: some of them may be getters. */
export function connectOver(
  options: ExportsClientOptions,
  limiter: RateLimiter,
  createRequester: (transport: Transport) => Requester,
): Connection {
  // JavaScript may have given none: what is missing is told below.
  const given = options ?? ({} as ExportsClientOptions)
  const transport = createTransport(given, limiter)
  return { options: given, clock: given.clock ?? systemClock, transport, request: createRequester(transport) }
}
