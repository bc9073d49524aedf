import { AcquireOptions, AnyExportsError, Clock, ExchangeReply, ExchangeRequest, ExportsError, ExportsErrorKind, ExportsErrorOf, Head, LimiterSnapshot, Permit, QuotaHeaders, RateLimitFacts, RateLimiter, RateLimiterOptions, RetryAfter, Store, Timer, WindowSnapshot, WindowSpec, WindowTold, createRateLimiter, isExportsError, parseQuota, parseRetryAfter, rateLimitFacts, systemClock } from "./shared.js";
import { Middleware } from "openapi-fetch";
interface RetryOptions {
  /** Failures of this call so far, before this one. */
  readonly failures: number;
  readonly maxRetries: number;
  /** Status of the answer; `undefined` for a network failure or a timeout. */
  readonly status: number | undefined;
  /** What the answer asked for. Default: nothing. */
  readonly retryAfter?: RetryAfter | undefined;
  /** The longest wait that an answer may ask for, in milliseconds. Default: no bound. */
  readonly maxRetryAfterMs?: number | undefined;
  /** Chance in [0, 1). */
  readonly random: () => number;
}
/**
 * Milliseconds until the next attempt: exponential with full jitter (0 up to 0.5, 1, 2 … 30 s), and not before a
 * `Retry-After` has passed; `undefined` when the failure is final. Network failures, timeouts and 5xx may pass by
 * themselves, but 501 and 505.
 */
export declare function retryDelay(options: RetryOptions): number | undefined;
/**
 * The limiter as an openapi-fetch middleware, for a client of your own: waits before a request, learns from its answer.
 *
 * Register it last, so that nothing between it and `fetch` can answer or throw: openapi-fetch then skips the remaining
 * hooks. It cannot retry: a 429 reaches your code, and the wait is kept for every later call. `createExportsClient`
 * limits under openapi-fetch instead, where neither is so.
 */
export declare function rateLimitMiddleware(limiter?: RateLimiter): Middleware;
/** A store in this process, for limiters that do not know of each other; and for tests. */
export declare function createMemoryStore({ clock }?: {
  readonly clock?: Clock | undefined;
}): Store;
interface SharedRateLimiterOptions extends Omit<RateLimiterOptions, "probe"> {
  /** What the processes of the account share. */
  readonly store: Store;
  /**
   * Processes of the account, at most. While the store is away each takes no more than this part of the quota, so that
   * all of them together stay within it. Default 8.
   */
  readonly processes?: number | undefined;
  /** Makes the name of this process, which no other has. Default: a random UUID. */
  readonly newId?: (() => string) | undefined;
}
interface SharedRateLimiter extends RateLimiter {
  snapshot(): LimiterSnapshot & StoreSnapshot;
  /** Resolves when the store has been told of everything that has ended. Call it before you close its connection. */
  flush(): Promise<void>;
}
interface StoreSnapshot {
  /** `away`: the store cannot be reached, and calls leave within this process's part of the quota. */
  readonly store: "shared" | "away";
  /** What the last exchange has failed with, while the store is away. */
  readonly storeFailure: unknown;
}
/**
 * One gate for all processes of an account: each place in the quota is asked of the store. While the store is away each
 * process goes on alone, in its part of the quota. A store that fails throws nothing: `snapshot()` tells why it is away.
 *
 * @throws ExportsError `invalid-options`
 */
export declare function createSharedRateLimiter(options: SharedRateLimiterOptions): SharedRateLimiter;
/** The end of a window lies between these moments. */
interface EndRange {
  readonly earliest: number;
  readonly latest: number;
}
/** What a store keeps of an account, as JSON. Moments are on the store's clock. */
interface AccountState {
  /** The last exchange. */
  readonly at: number;
  readonly epoch: number;
  readonly exchanges: number;
  /**
   * The places that requests take, each with the latest moment at which its request can have arrived at the API: a second
   * after it was granted, or its answer when that came earlier. A process that has died needs no looking after. Ascending.
   */
  readonly places: readonly Place[];
  readonly closedUntil: number;
  /** A 429 has closed the account, and no request that was sent after its wait was accepted yet. */
  readonly isHalfOpen: boolean;
  /** While it is half open: until when the one place that was granted is waited for. */
  readonly probeUntil: number;
  /** Since a 429: places in the shortest window at most, and one more for each `GROWTH_MS` after `since`. */
  readonly pace?: {
    readonly limit: number;
    readonly since: number;
  } | undefined;
  /** The last limit that an answer told. */
  readonly toldLimit?: number | undefined;
  readonly windows: Readonly<Record<string, WindowState>>;
}
type Place = readonly [id: string, arrivedBy: number];
interface WindowState {
  /** When the present window ends. */
  readonly ends?: EndRange | undefined;
  /** A window has ended: places up to this moment were in it, or in an earlier one. */
  readonly floor?: number | undefined;
  /** Requests of other clients that an answer has proven, and when they count no more. */
  readonly strangers?: {
    readonly count: number;
    readonly leaveAt: number;
  } | undefined;
}
/**
 * The rule that every store keeps: one exchange, at the moment `now` of the store's clock. A store around it reads the
 * state of an account, and writes the new one, in one transaction.
 */
export declare function exchangePlaces(known: AccountState | undefined, { windows, want, arrived, freed, told, closeMs, seen }: ExchangeRequest, now: number): {
  readonly state: AccountState;
  readonly reply: ExchangeReply;
};
export { type AccountState, type AcquireOptions, type AnyExportsError, type Clock, type EndRange, type ExchangeReply, type ExchangeRequest, ExportsError, type ExportsErrorKind, type ExportsErrorOf, type Head, type LimiterSnapshot, type Permit, type QuotaHeaders, type RateLimitFacts, type RateLimiter, type RateLimiterOptions, type RetryAfter, type RetryOptions, type SharedRateLimiter, type SharedRateLimiterOptions, type Store, type StoreSnapshot, type Timer, type WindowSnapshot, type WindowSpec, type WindowState, type WindowTold, createRateLimiter, isExportsError, parseQuota, parseRetryAfter, rateLimitFacts, systemClock };