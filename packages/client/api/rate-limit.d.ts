import { Middleware } from "openapi-fetch";
/** Time, by injection. */
interface Clock {
  /** Milliseconds from an arbitrary moment; never goes back. */
  now(): number;
  /** Milliseconds since the epoch; jumps when somebody sets the clock. */
  wallNow(): number;
  /** Calls back once, `delayMs` from now, however far that is; `Infinity` is never. */
  setTimer(callback: () => void, delayMs: number): Timer;
}
interface Timer {
  cancel(): void;
}
/** The system's clock. Its timers keep a process alive: somebody waits for each of them. */
export declare const systemClock: Clock;
/** What `X-RateLimit-*` say. Every response that is not a 429 carries them. Source: vendor, rate limits guide. */
type QuotaHeaders = {
  readonly kind: "quota";
  /** Requests allowed in the window that is described; tells which window that is. */
  readonly limit: number;
  /** Requests left in it. */
  readonly remaining: number;
  /** Seconds until it refreshes, as sent: whole, rounding unknown. `undefined` when absent or absurd. */
  readonly resetS: number | undefined;
} | {
  readonly kind: "absent";
};
/** What `Retry-After` says. The vendor sends whole seconds, or -1 for the limit on parallel requests. */
type RetryAfter = {
  readonly kind: "delay";
  readonly ms: number;
} | {
  readonly kind: "after-in-flight";
} | {
  readonly kind: "absent";
};
/** Parses the quota; anything that is not a whole number from 0 counts as absent. */
export declare function parseQuota(headers: Headers): QuotaHeaders;
/**
 * Parses `Retry-After` (RFC 9110 §10.2.3): seconds, an HTTP date, or the vendor's -1.
 * @param wallNowMs milliseconds since the epoch, for dates; a date in the past is a delay of 0.
 */
export declare function parseRetryAfter(value: string | null, wallNowMs: number): RetryAfter;
/** The headers as facts for events and errors: only what was said. */
export declare function rateLimitFacts(headers: Headers, wallNowMs: number): RateLimitFacts;
/** What an answer said about the quota. Source: the vendor's rate limits guide. */
interface RateLimitFacts {
  /** Requests allowed in the window that the headers describe: 10 or 150. */
  limit?: number;
  /** Requests left in that window. */
  remaining?: number;
  /** Milliseconds until that window refreshes. The header is in whole seconds. */
  resetMs?: number;
  /** Milliseconds that a 429 asked to wait; `'after-in-flight'` for `Retry-After: -1`. */
  retryAfter?: number | "after-in-flight";
}
/** A fixed window of an account. */
interface WindowSpec {
  readonly name: string;
  /** Requests that the server accepts in each. */
  readonly limit: number;
  readonly windowMs: number;
}
/** The state of one window, for a meter. */
interface WindowSnapshot {
  readonly name: string;
  readonly limit: number;
  /** Requests that count now, as far as known here; others of the account are seen only in answers. */
  readonly used: number;
  readonly remaining: number;
  /** Milliseconds until it refreshes at the latest; `undefined` while the phase is unknown. */
  readonly refreshesInMs: number | undefined;
}
/** What an answer means for its call. */
type Verdict = {
  readonly kind: "pass";
} | {
  readonly kind: "retry";
} | {
  readonly kind: "refused-too-long";
  readonly waitMs: number;
};
/** The beginning of an answer. */
interface Head {
  readonly status: number;
  readonly headers: Headers;
}
interface RateLimiterOptions {
  /** The account's fixed windows. Default: the API's, 10 in 1 s and 150 in 60 s. */
  readonly windows?: readonly WindowSpec[] | undefined;
  /** Requests in flight at most. Default: six, and twice as many after as many answers, until a `Retry-After: -1`. */
  readonly maxInFlight?: number | undefined;
  /** Calls that may wait; one more is refused at once. Default: no bound. */
  readonly maxQueue?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. After a longer one every call fails at once, unsent,
   * until it has passed. Default 120,000.
   */
  readonly maxRetryAfterMs?: number | undefined;
  /**
   * What to do with a long window that is used up and whose end is not known exactly. `'never'`: wait until it is over
   * for certain. `'once'`: send one request alone to find out, at the risk of one 429. Default `'never'`.
   */
  readonly probe?: "never" | "once" | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
}
interface AcquireOptions {
  /** Gives the place up at once; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Higher goes first. Default 0. */
  readonly priority?: number | undefined;
  /** Moment on the clock by which the call must have left. A deadline that cannot be met is refused at once. */
  readonly deadlineMs?: number | undefined;
  /** Moment on the clock before which it must not leave: for back-off. */
  readonly notBeforeMs?: number | undefined;
  /** The lease of the attempt before: a retry keeps its place among the waiting. */
  readonly after?: Lease | undefined;
}
/** A place for one request. Release it, whatever happens. */
interface Lease {
  /** Milliseconds between asking and being granted. */
  readonly waitedMs: number;
  /** Place in the queue. */
  readonly order: number;
  /** To be told the head of the answer. */
  answered(head: Head): Verdict;
  /** The request has ended: its body was read, it failed, or it was aborted. Again is harmless. */
  release(): void;
}
interface LimiterSnapshot {
  readonly windows: readonly WindowSnapshot[];
  readonly queued: number;
  readonly inFlight: number;
  /** Requests in flight at most, as set or learnt. */
  readonly maxInFlight: number;
}
interface RateLimiter {
  /**
   * A place for one request: at once and without a promise or a timer while there is budget, else a promise.
   * @throws RateLimitRefusal as a rejection: `queue-full`, `deadline`, or `rate-limited` after a 429 whose wait is longer
   * than `maxRetryAfterMs`; on abort, the signal's reason.
   */
  acquire(options?: AcquireOptions): Lease | Promise<Lease>;
  /** The moment, on the clock, at which the last of `calls` calls made now could leave. */
  estimate(options?: {
    readonly calls?: number;
  }): number;
  snapshot(): LimiterSnapshot;
}
/**
 * One gate for everything that uses an account in this process.
 * @throws ExportsError `invalid-options`
 */
export declare function createRateLimiter(options?: RateLimiterOptions): RateLimiter;
/** Why the limiter gave no place. `retryAfterMs`: when the call could leave instead, from now, where known. */
export declare class RateLimitRefusal extends Error {
  readonly kind: "queue-full" | "deadline" | "rate-limited";
  readonly retryAfterMs: number | undefined;
  constructor(kind: RateLimitRefusal["kind"], message: string, retryAfterMs?: number);
}
interface RetryOptions {
  /** Failures of this call so far, before this one. */
  readonly failures: number;
  readonly maxRetries: number;
  /** Status of the answer; `undefined` for a network failure or a timeout. */
  readonly status: number | undefined;
  /** Chance in [0, 1). */
  readonly random: () => number;
}
/**
 * Milliseconds until the next attempt, exponential with full jitter (0 up to 0.5, 1, 2 … 30 s);
 * `undefined` when the failure is final.
 */
export declare function retryDelay({ failures, maxRetries, status, random }: RetryOptions): number | undefined;
/**
 * The limiter as an openapi-fetch middleware, for a client of your own: waits before a request, learns from its answer.
 *
 * Register it last, so that nothing between it and `fetch` can answer or throw: openapi-fetch then skips the remaining
 * hooks. It cannot retry: a 429 reaches your code, and the wait is kept for every later call. `createExportsClient`
 * limits under openapi-fetch instead, where neither is so.
 */
export declare function rateLimitMiddleware(limiter?: RateLimiter): Middleware;
/** A log that processes share, and one clock for all of them. */
interface Store {
  /**
   * Appends to the log and reads what is new in it, in one step that nobody can come in between.
   * Rejects when the log cannot be reached; whether anything was appended is then unknown.
   */
  exchange(request: Exchange): Promise<Exchanged>;
}
interface Exchange {
  /** How far the caller has read, as the exchange before said; empty the first time. */
  readonly cursor: string;
  /** Entries to append in any case. */
  readonly reports: readonly string[];
  /** Entries to append after them if nobody has appended anything since the cursor, and the moment has come. */
  readonly claim: Claim | undefined;
  /** How long entries must be kept, in milliseconds. When nobody comes for so long, the log may be dropped. */
  readonly keptMs: number;
}
interface Claim {
  readonly entries: readonly string[];
  /** In milliseconds, on the store's clock. */
  readonly notBeforeMs: number;
}
interface Exchanged {
  /** Milliseconds on the store's clock. */
  readonly nowMs: number;
  readonly cursor: string;
  /** When the log was begun, in milliseconds on the store's clock. */
  readonly begunAtMs: number;
  /** Whether the log was begun anew since the cursor: then `entries` are all it has. */
  readonly isAnew: boolean;
  readonly isClaimed: boolean;
  /** Everything after the cursor in the order of the log, the caller's own included. */
  readonly entries: readonly LogEntry[];
}
interface LogEntry {
  /** When it was appended, in milliseconds on the store's clock. */
  readonly atMs: number;
  readonly text: string;
}
/** A store in this process, for limiters that do not know of each other; and for tests. */
export declare function createMemoryStore({ clock }?: {
  readonly clock?: Clock | undefined;
}): Store;
/**
 * - `shared`: the store is there, and the quota is everybody's
 * - `away`: it is not, or was not yet; calls leave within this process's part of the quota
 * - `returning`: it is there again, and others may not have noticed
 */
type StoreState = "shared" | "away" | "returning";
interface StoreSnapshot {
  readonly store: StoreState;
  /** What the last exchange has failed with, while the store is away; `undefined` before the first, too. */
  readonly storeFailure: unknown;
}
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
/**
 * One gate for all processes of an account: the limiter of one process, whose memory is a log that all of them write
 * and read. Nobody decides for others: each process asks for places, and gets them only if it has read everything.
 *
 * Without the store each goes on alone, in its part of the quota, once everything that others may have sent has
 * stopped to count. A store that fails throws nothing: `snapshot()` tells why it is away.
 *
 * @throws ExportsError `invalid-options`
 */
export declare function createSharedRateLimiter(options: SharedRateLimiterOptions): SharedRateLimiter;
export type { AcquireOptions, Claim, Clock, Exchange, Exchanged, Head, Lease, LimiterSnapshot, LogEntry, QuotaHeaders, RateLimitFacts, RateLimiter, RateLimiterOptions, RetryAfter, RetryOptions, SharedRateLimiter, SharedRateLimiterOptions, Store, StoreSnapshot, StoreState, Timer, Verdict, WindowSnapshot, WindowSpec };