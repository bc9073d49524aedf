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
 * Parses `Retry-After` (RFC 9110 §10.2.3): seconds, an HTTP date, or the vendor's -1. A date is read against the `Date`
 * of the same answer, as the two clocks may differ; one in the past is a delay of 0.
 * @param wallNowMs milliseconds since the epoch, for a date in an answer without `Date`
 */
export declare function parseRetryAfter(headers: Headers, wallNowMs: number): RetryAfter;
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
/** The beginning of an answer. */
interface Head {
  readonly status: number;
  readonly headers: Headers;
}
/** A fixed window of an account's quota. */
interface WindowSpec {
  readonly name: string;
  /** Requests in a window. */
  readonly limit: number;
  readonly windowMs: number;
}
/** The state of one window, for a meter. */
interface WindowSnapshot {
  readonly name: string;
  readonly limit: number;
  /** Requests that count now, as far as known here: ours, and those of others that answers have shown. */
  readonly used: number;
  readonly remaining: number;
  /** Milliseconds until it refreshes at the latest; `undefined` while its end is not known. */
  readonly refreshesInMs: number | undefined;
}
interface RateLimiterOptions {
  /**
   * The account's fixed windows. Default: the API's, 10 in 1 s and 150 in 60 s; an account of another tier is told from
   * the `X-RateLimit-Limit` of an answer. Windows that you give are kept.
   */
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
   * What to do when a long window is used up and its end is not known. `'never'`: wait until it is over for certain.
   * `'once'`: send one request alone to find out, at the risk of one 429. Default `'never'`.
   */
  readonly probe?: "never" | "once" | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Chance, in [0, 1), for the jitter after a 429. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}
interface AcquireOptions {
  /** Gives the place up at once; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Higher goes first. Default 0. */
  readonly priority?: number | undefined;
  /** The permit of the attempt before: a retry keeps its place among the waiting. */
  readonly after?: Permit | undefined;
}
/** A place for one request. Release it, whatever happens. */
interface Permit {
  /** Milliseconds between asking and being granted. */
  readonly waitedMs: number;
  /** Place in the queue. */
  readonly order: number;
  /** Call it with the head of the answer. After a 429, acquire again with `after`: the wait is kept for every call. */
  answered(head: Head): void;
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
   * @throws ExportsError as a rejection: `queue-full`, or `rate-limited` after a 429 whose wait is longer than
   * `maxRetryAfterMs`; on abort, the signal's reason.
   */
  acquire(options?: AcquireOptions): Permit | Promise<Permit>;
  /** The moment, on the clock, at which the last of `calls` calls made now could leave; `next`: before all others. */
  estimate(options?: {
    readonly calls?: number | undefined;
    readonly place?: "last" | "next" | undefined;
  }): number;
  snapshot(): LimiterSnapshot;
}
/**
 * One gate for everything that uses an account in this process.
 * @throws ExportsError `invalid-options`
 */
export declare function createRateLimiter(options?: RateLimiterOptions): RateLimiter;
/** Path templates by operation. */
declare const PATHS: {
  readonly list: "/v1/hood/exports";
  readonly view: "/v1/hood/exports/{id}";
  readonly download: "/v1/hood/exports/{id}/download";
  readonly retry: "/v1/hood/exports/{id}/retry";
  readonly exportQuickReport: "/v1/hood/quick-reports/{id}/export";
};
/** The operations of the API; `raw` are the calls of `client.raw`. */
type OperationName = keyof typeof PATHS | "raw";
/**
 * What went wrong, as a discriminant:
 * - `invalid-options`, `invalid-query`: refused here, before anything was sent;
 * - `bad-request` 400, `unauthorized` 401, `not-found` 404, `server` 5xx, `unexpected-status`: the API's answer;
 * - `rate-limited`: a 429 whose wait is longer than the caller allows; `queue-full`: the bound on waiting calls;
 * - `network`, `timeout` (one attempt, or a silent download), `deadline` (the whole call), `aborted`: no answer;
 * - `invalid-response`: an answer that is not the documented shape;
 * - `size-mismatch`, `file`: a download that could not be kept;
 * - `export-failed`: an export that `makeExport` made and the API could not prepare.
 */
type ExportsErrorKind = "invalid-options" | "invalid-query" | "bad-request" | "unauthorized" | "not-found" | "rate-limited" | "queue-full" | "server" | "unexpected-status" | "network" | "timeout" | "deadline" | "aborted" | "invalid-response" | "size-mismatch" | "file" | "export-failed";
/** What is known about a failure. Never holds a token, a header of the request, or a body longer than 200 characters. */
interface ExportsErrorFacts {
  /** The call that failed. */
  operation?: OperationName | undefined;
  /** The export, or the report, that the call was for. */
  id?: string | undefined;
  /** HTTP status code of the last answer. */
  status?: number | undefined;
  /** The error body's `code`; of a `file` error the system's, such as `ENOSPC`. */
  code?: number | string | undefined;
  /** The error body's `title`. */
  title?: string | undefined;
  /** The error body's `message`; absent from documented 500s. */
  detail?: string | undefined;
  /** The error body's `trace_id`, for the vendor's support. Not always a UUID. */
  traceId?: string | undefined;
  /** Requests that were sent for this call; 0 when none was. */
  attempts?: number | undefined;
  /** Path and query of the request. */
  url?: string | undefined;
  /** What the last answer said about the quota. */
  rateLimit?: RateLimitFacts | undefined;
  /** Milliseconds to wait before the call can succeed, where known. */
  retryAfterMs?: number | undefined;
  /** `unknown`: a POST was sent, and no answer says whether it was carried out. Look before you send it again. */
  outcome?: "unknown" | undefined;
  /** What `makeExport` finds its export by: give it again to go on with the same export. */
  key?: string | undefined;
  /** The option or parameter that is refused, or that set the limit; the message names it exactly so. */
  option?: string | undefined;
  /** The rule that the value breaks, in words, as the message has it. */
  rule?: string | undefined;
  /** The refused value, for `invalid-query` and `invalid-options`. */
  value?: unknown;
  /** The values that are allowed instead, where there is a list. */
  allowed?: readonly string[] | undefined;
  /** Where `listAll` was, to resume from. */
  cursor?: string | undefined;
  /** The beginning of a body that is not the documented shape, at most 200 characters. */
  bodyStart?: string | undefined;
  /** Where the file is, or should have been. */
  path?: string | undefined;
  /** Bytes that came. */
  bytes?: number | undefined;
  /** Bytes that the item announces. */
  expectedBytes?: number | undefined;
  cause?: unknown;
}
interface Refused {
  readonly option: string;
  readonly rule: string;
}
interface Answered {
  readonly status: number;
  readonly operation: OperationName;
}
/** What an error always has, by its kind; every other fact may be there. */
interface FactsOfKind {
  "invalid-options": Refused;
  "invalid-query": Refused;
  "bad-request": Answered;
  unauthorized: Answered;
  "not-found": Answered;
  server: Answered;
  "unexpected-status": Answered;
  "rate-limited": {
    readonly retryAfterMs: number;
    readonly option: "maxRetryAfterMs";
  };
  "queue-full": {
    readonly option: "maxQueue";
  };
  network: object;
  timeout: {
    readonly option: "timeoutMs" | "idleTimeoutMs";
  };
  deadline: {
    readonly option: "deadlineMs";
  };
  aborted: object;
  "invalid-response": object;
  "size-mismatch": {
    readonly id: string;
    readonly bytes: number;
    readonly expectedBytes: number;
  };
  file: {
    readonly code: string;
    readonly path: string;
  };
  "export-failed": {
    readonly id: string;
    readonly option: "retries";
  };
}
/** Any failure of this package. A real `Error`; switch over `kind`. */
export declare class ExportsError<Kind extends ExportsErrorKind = ExportsErrorKind> extends Error {
  readonly kind: Kind;
  readonly status?: number;
  readonly operation?: OperationName;
  readonly id?: string;
  readonly code?: number | string;
  readonly title?: string;
  readonly detail?: string;
  readonly traceId?: string;
  readonly attempts?: number;
  readonly url?: string;
  readonly rateLimit?: RateLimitFacts;
  readonly retryAfterMs?: number;
  readonly option?: string;
  readonly rule?: string;
  readonly value?: unknown;
  readonly allowed?: readonly string[];
  readonly bodyStart?: string;
  readonly path?: string;
  readonly bytes?: number;
  readonly expectedBytes?: number;
  /** Where `listAll` was, to resume from. */
  cursor?: string;
  /** `unknown`: a POST was sent, and no answer says whether it was carried out. Look before you send it again. */
  outcome?: "unknown";
  /** What `makeExport` finds its export by: give it again to go on with the same export. */
  key?: string;
  /** `facts` are required as far as the kind always has some. */
  constructor(kind: Kind, message: string, ...[{ cause, ...facts }]: object extends FactsOfKind[Kind] ? [facts?: ExportsErrorFacts] : [facts: ExportsErrorFacts & FactsOfKind[Kind]]);
  /** For logs in JSON: everything but the stack and the cause. */
  toJSON(): object;
}
/** An `ExportsError` of one kind, with the facts that this kind always has. */
type ExportsErrorOf<Kind extends ExportsErrorKind> = ExportsError<Kind> & FactsOfKind[Kind];
/** An `ExportsError` of any kind, discriminated by `kind`. */
type AnyExportsError = { [Kind in ExportsErrorKind]: ExportsErrorOf<Kind>; }[ExportsErrorKind];
/** Whether `value` is an `ExportsError`, also of another copy of this package; with `kind`, of that kind. */
export declare function isExportsError(value: unknown): value is AnyExportsError;
export declare function isExportsError<Kind extends ExportsErrorKind>(value: unknown, kind: Kind): value is ExportsErrorOf<Kind>;
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
/**
 * What the processes of an account share: the places that requests take in its quota, and one clock. The whole of it is
 * one function, so that a store for another engine is a transaction around `exchangePlaces`, or the same rule in the
 * engine's own language. `storeChecks` of `@hood-exports/client/testing` say whether it keeps the rule.
 */
interface Store {
  /**
   * Takes in what has ended, and grants places, in one step that no other exchange can come in between.
   * Rejects when the store cannot be reached; whether it took the request in is then unknown, and telling it again is
   * harmless.
   */
  exchange(request: ExchangeRequest): Promise<ExchangeReply>;
}
/** A window of the account, as an exchange gives it. */
interface RequestedWindow extends WindowSpec {
  /** Places to leave to other clients that are expected, proven ones included. Default 0. */
  readonly leave?: number | undefined;
}
/** Every duration is counted from the moment at which the store takes the request in. */
interface ExchangeRequest {
  /** The account's windows, from the shortest to the longest. */
  readonly windows: readonly RequestedWindow[];
  /** Ids of the places that are asked for: unlike all others, for ever. */
  readonly want: readonly string[];
  /** Places whose requests arrived at the API `msAgo` at the latest; below 0: they are not answered yet. */
  readonly arrived: readonly {
    readonly id: string;
    readonly msAgo: number;
  }[];
  /** Places that are given back: the request was refused, or was never sent. */
  readonly freed: readonly string[];
  /** What answers said, at most once of each window. */
  readonly told: readonly WindowTold[];
  /** How long nothing may leave, because of a 429; 0: there was none. */
  readonly closeMs: number;
  /** `exchanges` of the caller's last reply; 0 when that is long ago. */
  readonly seen: number;
}
/** What an answer said of one window. */
interface WindowTold {
  readonly name: string;
  /** Requests in the window. */
  readonly limit: number;
  /** How long ago its request was sent. */
  readonly sentMsAgo: number;
  /** Requests left in the window, the answered one counted. */
  readonly remaining: number;
  /** The window ends between these moments. */
  readonly endsIn?: {
    readonly earliestMs: number;
    readonly latestMs: number;
  } | undefined;
}
interface ExchangeReply {
  /** So many of `want` were granted: the first ones. */
  readonly granted: number;
  /** Until one more may be granted; 0: at once. */
  readonly waitMs: number;
  /** How much longer nothing may leave, because of a 429. */
  readonly closedMs: number;
  /** In the order of the request's windows. */
  readonly windows: readonly WindowReply[];
  /** The last limit that any caller was told: it says which tier the account has. */
  readonly toldLimit?: number | undefined;
  /** Exchanges of the account so far, this one counted. */
  readonly exchanges: number;
  /** Another number than in the last reply: the store has lost places. Tell it again those that still count. */
  readonly epoch: number;
}
interface WindowReply {
  /** Places that are taken, those of other clients included. */
  readonly used: number;
  /** Requests of other clients that answers have proven. */
  readonly strangers: number;
  /** Until the window ends at the latest; absent while that is not known. */
  readonly endsInMs?: number | undefined;
}
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
/** The end of a window lies between these moments. */
interface WindowEnd {
  readonly earliest: number;
  readonly latest: number;
}
type Place = readonly [id: string, arrivedBy: number];
interface WindowState {
  /** When the present window ends. */
  readonly ends?: WindowEnd | undefined;
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
export type { AccountState, AcquireOptions, AnyExportsError, Clock, ExchangeReply, ExchangeRequest, ExportsErrorKind, ExportsErrorOf, Head, LimiterSnapshot, Permit, QuotaHeaders, RateLimitFacts, RateLimiter, RateLimiterOptions, RetryAfter, RetryOptions, SharedRateLimiter, SharedRateLimiterOptions, Store, StoreSnapshot, Timer, WindowEnd, WindowSnapshot, WindowSpec, WindowState, WindowTold };