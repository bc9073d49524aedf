import { Client } from "openapi-fetch";
/** Time, by injection. */
export interface Clock {
  /** Milliseconds from an arbitrary moment; never goes back. */
  now(): number;
  /** Milliseconds since the epoch; jumps when the clock is set. */
  wallNow(): number;
  /** Calls back once, `delayMs` from now, however far that is; `Infinity` is never. */
  setTimer(callback: () => void, delayMs: number): Timer;
}
export interface Timer {
  cancel(): void;
}
/** The system's clock. Its timers keep a process alive: each of them is waited for. */
export declare const systemClock: Clock;
/** The vendor's production origin. */
export declare const ORIGIN: "https://api.ocamba.com";
/** Path templates by operation. */
declare const PATHS: {
  readonly list: "/v1/hood/exports";
  readonly view: "/v1/hood/exports/{id}";
  readonly download: "/v1/hood/exports/{id}/download";
  readonly retry: "/v1/hood/exports/{id}/retry";
  readonly exportQuickReport: "/v1/hood/quick-reports/{id}/export";
};
/** What `fields` takes. */
export declare const SELECTABLE_FIELDS: readonly ["id", "company_id", "creator_id", "resource", "status", "name", "description", "size", "extension", "mime_type", "download_url", "attempt_count", "download_count", "failure_reason", "expire_time", "create_time", "update_time"];
/** What `sort` takes, each also after `-`. */
export declare const SORTABLE_FIELDS: readonly ["resource", "status", "name", "size", "extension", "mime_type", "attempt_count", "download_count", "expire_time", "create_time", "update_time"];
/** What `q_fields` takes: wire names. */
export declare const SEARCHABLE_FIELDS: readonly ["id", "resource", "name", "description", "failed_reason"];
/** The members that a list is filtered by, and the kind of each. */
export declare const FILTER_KINDS: {
  readonly id: "id";
  readonly company_id: "id";
  readonly creator_id: "id";
  readonly resource: "text";
  readonly status: "text";
  readonly name: "text";
  readonly description: "text";
  readonly size: "number";
  readonly extension: "text";
  readonly mime_type: "text";
  readonly download_url: "text";
  readonly attempt_count: "number";
  readonly download_count: "number";
  readonly failure_reason: "text";
  readonly expire_time: "time";
  readonly create_time: "time";
  readonly update_time: "time";
};
/** The operators that each kind of filter takes. */
export declare const FILTER_OPERATORS: {
  readonly id: readonly ["eq", "neq", "in", "nin", "is", "isn"];
  readonly text: readonly ["eq", "neq", "in", "nin", "is", "isn"];
  readonly number: readonly ["eq", "neq", "gt", "gte", "lt", "lte", "in", "nin", "is", "isn", "r", "rf", "rl", "rr"];
  readonly time: readonly ["eq", "neq", "gt", "gte", "lt", "lte", "in", "nin", "is", "isn", "r", "rf", "rl", "rr"];
};
/** What `view` takes. */
export declare const VIEWS: readonly ["default", "full"];
/** Members of an item that are numbers; the API may send them as strings of digits. */
declare const NUMERIC_MEMBERS: readonly ["size", "attempt_count", "download_count"];
/** Values of `status` that are taken for a failure. None is documented: this is a choice. */
export declare const FAILED_STATUSES: readonly ["failed", "error"];
/** Values that are documented for the open vocabularies; others may arrive at any time. */
export declare const KNOWN_VALUES: {
  readonly resource: readonly ["quick-reports"];
  readonly status: readonly ["ready"];
  readonly extension: readonly ["csv"];
  readonly mime_type: readonly ["text/csv"];
};
/** The fixed windows of an account, both counted at once. `windowMs` in milliseconds. */
export declare const RATE_LIMIT_WINDOWS: readonly [{
  readonly name: "burst";
  readonly limit: 10;
  readonly windowMs: 1000;
}, {
  readonly name: "steady";
  readonly limit: 150;
  readonly windowMs: 60000;
}];
/** The platform's tiers: the limits of both windows, in the order of `RATE_LIMIT_WINDOWS`. */
export declare const RATE_LIMIT_TIERS: {
  readonly A: readonly [1, 15];
  readonly B: readonly [3, 60];
  readonly C: readonly [10, 150];
  readonly D: readonly [75, 700];
  readonly E: readonly [350, 3500];
};
/** The operations of the API; `raw` are the calls of `client.raw`. */
export type OperationName = keyof typeof PATHS | "raw";
/** What `X-RateLimit-*` say. Every response that is not a 429 carries them. Source: vendor, rate limits guide. */
export type QuotaHeaders = {
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
export type RetryAfter = {
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
export interface RateLimitFacts {
  /** Requests allowed in the window that the headers describe: 10 or 150. */
  limit?: number;
  /** Requests left in that window. */
  remaining?: number;
  /** Milliseconds until that window refreshes. The header is in whole seconds. */
  resetMs?: number;
  /** Milliseconds that a 429 asked to wait; `'after-in-flight'` for `Retry-After: -1`. */
  retryAfter?: number | "after-in-flight";
}
/**
 * What went wrong, as a discriminant:
 * - `invalid-options`, `invalid-query`: refused here, before anything was sent;
 * - `bad-request` 400, `unauthorized` 401, `not-found` 404, `server` 5xx, `unexpected-status`: the API's answer;
 * - `rate-limited`: a 429 whose wait is longer than the caller allows; `queue-full`: the bound on waiting calls;
 * - `network`, `timeout` (one attempt, or a silent download), `deadline` (the whole call), `aborted`: no answer;
 * - `invalid-response`: an answer that is not the documented shape;
 * - `incomplete`: a list whose pages do not have all that `total` counts, when `listAll` is asked to fail;
 * - `size-mismatch`, `file`: a download that could not be kept;
 * - `export-failed`: an export that `makeExport` made and the API could not prepare.
 */
export type ExportsErrorKind = "invalid-options" | "invalid-query" | "bad-request" | "unauthorized" | "not-found" | "rate-limited" | "queue-full" | "server" | "unexpected-status" | "network" | "timeout" | "deadline" | "aborted" | "invalid-response" | "incomplete" | "size-mismatch" | "file" | "export-failed";
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
  /** What a gateway calls the request, in `X-Request-Id` or `CF-Ray`: for those who run it. */
  requestId?: string | undefined;
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
  /** Items that `total` counts and no page had. */
  missing?: number | undefined;
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
  incomplete: {
    readonly missing: number;
  };
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
  readonly requestId?: string;
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
  readonly missing?: number;
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
export type ExportsErrorOf<Kind extends ExportsErrorKind> = ExportsError<Kind> & FactsOfKind[Kind];
/** An `ExportsError` of any kind, discriminated by `kind`. */
export type AnyExportsError = { [Kind in ExportsErrorKind]: ExportsErrorOf<Kind>; }[ExportsErrorKind];
/** Whether `value` is an `ExportsError`, also of another copy of this package; with `kind`, of that kind. */
export declare function isExportsError(value: unknown): value is AnyExportsError;
export declare function isExportsError<Kind extends ExportsErrorKind>(value: unknown, kind: Kind): value is ExportsErrorOf<Kind>;
/** The outcome of a call as a value: exactly one of `data` and `error` is set. */
export type Result<Data> = {
  readonly data: Data;
  readonly error?: undefined;
} | {
  readonly data?: undefined;
  readonly error: AnyExportsError;
};
/** Turns a rejecting call into a value: `const { data, error } = await toResult(client.get(id))`. Bugs still throw. */
export declare function toResult<Data>(call: Promise<Data>): Promise<Result<Data>>;
interface CallEvent {
  /** Counts the calls of this client from 1; the same in every event of a call. */
  readonly callId: number;
  readonly operation: OperationName;
  /** Moment on the client's clock, in milliseconds since the epoch. */
  readonly atMs: number;
}
/** Where the time of a call went, in milliseconds. Together they are `tookMs`. */
interface PhaseTimes {
  /** Waits for the quota, also after a 429. */
  readonly waitedMs: number;
  /** Pauses before another attempt. */
  readonly backOffMs: number;
  /** Everything else before a request leaves: above all, waits for the function of `token`. */
  readonly prepareMs: number;
  /** From sending to the head of an answer, or to its failure; of all attempts. */
  readonly serverMs: number;
  /** From the heads of answers to the ends of their bodies; of a download, with the time in which it was not read. */
  readonly bodyMs: number;
}
/** The end of a call, down to the last byte of a download. */
interface CallEnd extends PhaseTimes {
  readonly attempts: number;
  /** Milliseconds of the whole call. */
  readonly tookMs: number;
}
/** An event of a call, without what all of them have. */
type CallEventBody = {
  readonly type: "queued";
  readonly attempt: number;
  readonly estimatedWaitMs: number;
} | {
  readonly type: "sent";
  readonly attempt: number;
  readonly url: string;
  readonly waitedMs: number;
} | {
  readonly type: "answered";
  readonly attempt: number;
  readonly status: number;
  readonly serverMs: number;
  readonly rateLimit: RateLimitFacts;
} | {
  readonly type: "throttled";
  readonly attempt: number;
  readonly retryAfter: number | "after-in-flight" | "unknown";
} | {
  readonly type: "tier";
  readonly tier: string;
  readonly limits: readonly number[];
} | {
  readonly type: "retried";
  readonly attempt: number;
  readonly reason: "network" | "timeout" | "server";
  readonly delayMs: number;
} | ({
  readonly type: "done";
} & CallEnd) | ({
  readonly type: "failed";
  readonly kind: ExportsErrorKind | "bug";
} & CallEnd);
/** An event of a listing. */
type ListingEvent = {
  readonly type: "page";
  readonly page: number;
  readonly items: number;
  readonly total: number;
  readonly cursor: string;
} | {
  readonly type: "repeated-item";
  readonly page: number;
  readonly id: string;
} | {
  readonly type: "incomplete";
  readonly missing: number;
  readonly total: number;
} | {
  readonly type: "total-changed";
  readonly page: number;
  readonly from: number;
  readonly to: number;
};
/**
 * What happens inside, in order. `waitedMs` is time spent here, waiting for the quota; `serverMs` is time spent there.
 * Events hold no token and no header of a request.
 */
export type ExportsEvent = (CallEvent & CallEventBody) | ListingEvent;
/** Called with every event, synchronously. What it throws is dropped: watching cannot break a call. */
export type OnEvent = (event: ExportsEvent) => void;
/** Passes events on: to `onEvent`, and on Node to the subscribers of the diagnostics channel. */
interface Reporter {
  /** Whether there is a listener; without it, no event needs to be made. */
  isWatched(): boolean;
  report(event: ExportsEvent): void;
}
/** The beginning of an answer. */
export interface Head {
  readonly status: number;
  readonly headers: Headers;
}
/** A fixed window of an account's quota. */
export interface WindowSpec {
  readonly name: string;
  /** Requests in a window. */
  readonly limit: number;
  readonly windowMs: number;
}
/** The state of one window, for a meter. */
export interface WindowSnapshot {
  readonly name: string;
  readonly limit: number;
  /** Requests that count now, as far as known here: ours, and those of others that answers have shown. */
  readonly used: number;
  readonly remaining: number;
  /** Milliseconds until it refreshes at the latest; `undefined` while its end is not known. */
  readonly refreshesInMs: number | undefined;
}
export interface RateLimiterOptions {
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
export interface AcquireOptions {
  /** Gives the place up at once; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Higher goes first. Default 0. */
  readonly priority?: number | undefined;
  /** The permit of the attempt before: a retry keeps its place among the waiting. */
  readonly after?: Permit | undefined;
}
/** A place for one request. Release it, whatever happens. */
export interface Permit {
  /** Milliseconds between asking and being granted. */
  readonly waitedMs: number;
  /** Place in the queue. */
  readonly order: number;
  /** Call it with the head of the answer. After a 429, acquire again with `after`: the wait is kept for every call. */
  answered(head: Head): void;
  /** The request has ended: its body was read, it failed, or it was aborted. Again is harmless. */
  release(): void;
}
export interface LimiterSnapshot {
  readonly windows: readonly WindowSnapshot[];
  readonly queued: number;
  readonly inFlight: number;
  /** Requests in flight at most, as set or learnt. */
  readonly maxInFlight: number;
}
export interface RateLimiter {
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
/** A token, or where to get one; asked again before each attempt, so it may rotate. */
export type TokenSource = string | (() => string | Promise<string>);
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | {
    readonly key: PropertyKey;
  })[] | undefined;
}
interface Checked {
  readonly issues?: readonly Issue[] | undefined;
}
/** What this package uses of a Standard Schema (standardschema.dev): zod, valibot and arktype schemas are such. */
interface StandardSchema {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Checked | Promise<Checked>;
  };
}
/** What the client calls of `fetch`. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;
export interface ExportsClientOptions {
  /** Bearer token, sent to the origin of `baseUrl` and nowhere else. */
  readonly token: TokenSource;
  /** Where the API is, optionally with a path prefix. Default: the vendor's production origin. */
  readonly baseUrl?: string | undefined;
  /** How requests are sent; it is called with a URL and an init. Default: the global `fetch`, looked up at each call. */
  readonly fetch?: FetchLike | undefined;
  /**
   * Shared by everything that uses the same account in this process. Default: one for each origin and token, which all
   * clients of this process share; a client with a `fetch` or a `clock` of its own has a limiter of its own.
   */
  readonly limiter?: RateLimiter | undefined;
  /** Milliseconds for one attempt, from sending to the end of a JSON body or to the head of a download. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for a whole call with its waits and retries. Default: none. */
  readonly deadlineMs?: number | undefined;
  /** Retries of network failures, timeouts and 5xx, but 501 and 505; a 429 never counts. Whole; default 3. */
  readonly maxRetries?: number | undefined;
  /** The longest `Retry-After` that is waited for, of a 429 or a 5xx, in milliseconds; above, the call fails at once. Default 120,000. */
  readonly maxRetryAfterMs?: number | undefined;
  /**
   * Sent with each request, besides our own: a `User-Agent` of yours, what a gateway asks for. Default: on Node, Deno
   * and Bun `User-Agent: hood-exports-client/… (node …)`, elsewhere none.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Called with every event. */
  readonly onEvent?: OnEvent | undefined;
  /** Runs each call inside a function of yours, such as the context of a span. Default: none. */
  readonly aroundCall?: AroundCall | undefined;
  /** Checks each item that arrives, opt-in: any Standard Schema (zod, valibot, arktype …). Its output is not used. */
  readonly itemSchema?: StandardSchema | undefined;
  /** Time. Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Chance, in [0, 1), for the jitter of retries. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}
/** Runs a call, and gives back what it gives: `(call, run) => context.with(span, run)`. */
export type AroundCall = <Answer>(call: CallInfo, run: () => Promise<Answer>) => Promise<Answer>;
/** A call that begins. */
export interface CallInfo {
  /** The same in every event of the call. */
  readonly callId: number;
  readonly operation: OperationName;
  /** The export, or the report, that the call is for. */
  readonly id: string | undefined;
}
/** The head of an answer that a call has succeeded with. */
export interface ResponseInfo {
  readonly operation: OperationName;
  readonly id: string | undefined;
  /** Path and query of the request. */
  readonly url: string;
  /** Requests that were sent for the call. */
  readonly attempts: number;
  readonly status: number;
  readonly headers: Headers;
  /** What a gateway calls the request, in `X-Request-Id` or `CF-Ray`. */
  readonly requestId: string | undefined;
}
/** Per call; each default is the client's. */
export interface CallOptions {
  /** Ends the call at once, whatever it is doing; it rejects with `aborted`, whose cause is the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for the whole call; one that cannot leave in time fails at once and says when it could. */
  readonly deadlineMs?: number | undefined;
  /** Retries after failures; a 429 never counts. */
  readonly maxRetries?: number | undefined;
  /** Higher goes first among waiting calls. Default 0. */
  readonly priority?: number | undefined;
  /** Called with the head of each successful answer of the call: of every page of a listing, for example. */
  readonly onResponse?: ((response: ResponseInfo) => void) | undefined;
}
/** The head of an answer, and its body as text or as a stream. */
interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Moment of its head, in milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The body of everything but a successful download. */
  readonly text: string;
  /** The body of a successful download. */
  readonly stream?: ReadableStream<Uint8Array> | undefined;
}
/** What is sent for a call. */
interface Sent {
  readonly operation: OperationName;
  readonly id: string | undefined;
  /** Path and query. */
  readonly url: string;
  /** Requests of the call so far. */
  attempts: number;
}
/** A complete answer to one request. */
interface Answer extends RawAnswer {
  readonly sent: Sent;
  /** `text` parsed; `undefined` when it is not JSON. */
  readonly json: unknown;
}
export interface paths {
  "/v1/hood/exports": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List export items
     * @description Returns one page of the account's export items. `total` counts every match, not the page. [S]
     *
     *     Every member of an item is a query parameter that filters by its value: `status=ready`,
     *     `create_time=gte:2026-01-01`. Filters on several members must all hold, also together with `q`. [S, V]
     */
    get: operations["listExports"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/hood/exports/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * View one export item
     * @description Returns the list envelope with exactly one item, not a bare object. [V]
     */
    get: operations["viewExport"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/hood/exports/{id}/download": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Download the exported file
     * @description Streams the file in chunks, without `Content-Length`. [V]
     */
    get: operations["downloadExport"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/hood/exports/{id}/retry": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Run an export again
     * @description Runs an export again, with the parameters of its first request. There is no body. [V]
     *
     *     Not documented, and chosen here: the record stays the same, with one more in `attempt_count` and a status that
     *     is not `ready`; an export that is being prepared is answered with 400, every other one can be run again. [?]
     */
    post: operations["retryExport"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/hood/quick-reports/{id}/export": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make an export of a quick report
     * @description Makes an export of a quick report; the result is listed among the exports. [V] How the `id` of the operation
     *     leads to the `id` of the export is not documented: find it by its name and its creation time. [?]
     *
     *     The vendor takes a form-encoded body as well. [V] It is left out here, because how `filters` is written in one
     *     is not shown.
     */
    post: operations["exportQuickReport"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    /**
     * @description A string of digits. [S]
     * @example 1000000
     */
    Id: string;
    /**
     * @description `YYYY-MM-DD HH:MM:SS`, GMT, without a zone suffix; not RFC 3339. [S, V]
     * @example 2021-07-30 12:50:13
     */
    Timestamp: string;
    /**
     * @description A number that may be written as a string of digits. [V]
     * @example 125
     * @example 125
     */
    Count: number | string;
    /**
     * @description A filter of a text: `value`, `eq:value`, `neq:value`, `in:a,b`, `nin:a,b`, `is:` (has a value) or `isn:` (is
     *     null). [V] Ranges are not for texts. [V]
     *
     *     Not documented, and chosen here: what begins with lower-case letters and a colon is read as an operator, so a
     *     value that does needs `eq:` in front; a comma inside a value of a list cannot be written; letter case counts;
     *     null meets `neq`, `nin` and `isn`, and nothing else; an operator that a member does not take is a 400, and so
     *     is the same parameter twice. [?]
     * @example ready
     * @example in:csv,json
     * @example isn:
     */
    TextFilter: string;
    /**
     * @description A filter of an id: `id`, `eq:id`, `neq:id`, `in:1,2`, `nin:1,2`, `is:` or `isn:`. [V] Ids are texts, so ranges
     *     are not for them. [V] What is not documented is chosen as for texts. [?]
     * @example 1000000
     * @example in:1000000,1000001
     */
    IdFilter: string;
    /**
     * @description A filter of a whole number: `1`, `eq:1`, `neq:1`, `gt:1`, `gte:1`, `lt:1`, `lte:1`, `in:1,2`, `nin:1,2`, the
     *     ranges `r:1,9` (without both ends), `rf:1,9` (with both), `rl:1,9` (with the start), `rr:1,9` (with the end),
     *     `is:` or `isn:`. [V] Null is in no range and meets no comparison but `neq` and `nin`. [?]
     * @example 0
     * @example gt:1000000
     * @example rf:1,5
     */
    NumberFilter: string;
    /**
     * @description A filter of a time, with the operators of a number. A time is `YYYY-MM-DD HH:MM:SS`, or `YYYY-MM-DD`. [V] That
     *     a date alone means its midnight, also as the end of a range, is a choice. [?]
     * @example gte:2026-01-01
     * @example rf:2025-07-01 00:00:00,2025-07-03 23:59:59
     */
    TimeFilter: string;
    /**
     * @description One export. Which members can be absent or null is not documented, and with `fields` any can be absent:
     *     so none is required here, and null is allowed where an export may not have the value yet. [S, ?]
     */
    Export: {
      id?: components["schemas"]["Id"];
      /** @description The company that the export belongs to; a string of digits. [S] */
      company_id?: components["schemas"]["Id"];
      /** @description Who asked for the export; a string of digits. [S] */
      creator_id?: components["schemas"]["Id"] | null;
      /** @description What was exported. Open to values never seen. [S, ?] */
      resource?: "quick-reports" | (string & {});
      /**
       * @description Only `ready` is documented. Open to values never seen. [S] That `failed` or `error` says that an export has
       *     failed is a choice. [?]
       */
      status?: "ready" | (string & {});
      /** @description The name for people. [S] */
      name?: string;
      /** @description Free text. [S] */
      description?: string | null;
      /** @description The size of the file. [S] That it is in bytes is a choice. [?] */
      size?: components["schemas"]["Count"] | null;
      /** @description The file name extension, without a dot. Open to values never seen. [S, ?] */
      extension?: "csv" | (string & {}) | null;
      /** @description The media type of the file. Open to values never seen. [S, ?] */
      mime_type?: "text/csv" | (string & {}) | null;
      /**
       * @description Host-relative, and in the vendor's sample not the documented download path. Opaque text: never send
       *     a token to another origin because of it. [S, V]
       */
      download_url?: string | null;
      /** @description How often the export was attempted. [S] */
      attempt_count?: components["schemas"]["Count"];
      /** @description How often the file was downloaded. [S] */
      download_count?: components["schemas"]["Count"];
      /** @description Why an attempt failed. Independent of `status`. [S] */
      failure_reason?: string | null;
      /** @description When the file expires. [S] */
      expire_time?: components["schemas"]["Timestamp"] | null;
      create_time?: components["schemas"]["Timestamp"];
      update_time?: components["schemas"]["Timestamp"];
    };
    /** @description A page of items. [S] */
    ExportList: {
      /** @description How many items match in all, not in this page. [S] */
      total: components["schemas"]["Count"];
      items: components["schemas"]["Export"][];
    };
    /** @description The list envelope with exactly one item. [V] */
    ExportEnvelope: components["schemas"]["ExportList"] & {
      total: 1 | "1";
      items: components["schemas"]["Export"][];
    };
    /**
     * @description A long running operation. [V] Which members are always there is not documented; nothing works without `id`. [?]
     *     Its `id` is not the id of an export. [V]
     */
    Operation: {
      /** @description The operation's id; a UUID in the vendor's sample. [V] */
      id: string;
      /** @description The company that it runs for; a string of digits. [V] */
      company_id?: components["schemas"]["Id"];
      /** @description Who began it; a string of digits. [V] */
      member_id?: components["schemas"]["Id"];
      /** @description What it does. Open to values never seen. [V] */
      name?: "quick-report-export" | (string & {});
      /** @description Open to values never seen. [V] */
      status?: "running" | (string & {});
      /** @description When it began. [V] */
      start_time?: components["schemas"]["Timestamp"];
    };
    /**
     * @description What to export of a quick report, and how. [V] Which members are required is not documented; none is here. [?]
     *     Further parameters of the report may be added. [V]
     */
    QuickReportExport: {
      /**
       * @description The name for people. [V] That the export's name begins with it is a choice; the vendor's sample of an
       *     export has a name that ends with a date. [?]
       */
      name?: string;
      /**
       * @description The format of the file. [V]
       * @enum {string}
       */
      out?: "csv" | "json";
      /** @description Where the numbers come from. Open to values never seen. [V] */
      source?: "hood.campaign-reports" | (string & {});
      /** @description The columns, joined by commas. [V] */
      fields?: string;
      /** @description A column to sort by, ascending, or descending after `-`. [V] */
      sort?: string;
      /** @description The unit of time of a row. Open to values never seen. [V] */
      resolution?: "day" | (string & {});
      /** @description Digits after the decimal point. [V] */
      precision?: number;
      /**
       * @description Filters of the report's rows, by column, each written as the filters of lists are, such as
       *     `rf:2025-07-01 00:00:00,2025-07-03 23:59:59`. [V]
       */
      filters?: {
        [key: string]: string;
      };
    } & {
      [key: string]: unknown;
    };
    /** @description `code` and `title` are the only members that every sample has. [S, V] */
    ErrorBody: {
      /** @description Repeats the status code. [S, V] */
      code: number;
      /** @description The kind of error, for people. [S, V] */
      title: string;
      /** @description More detail. Absent in the sample of a 500. [S] */
      message?: string;
      /** @description For the vendor's support. Usually a UUID, but `{}` in the sample of a 401. [S, V] */
      trace_id?: string;
    };
  };
  responses: {
    /** @description The request is not valid. [S] */
    BadRequest: {
      headers: {
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ErrorBody"] & {
          /** @constant */
          code?: 400;
        };
      };
    };
    /** @description No token, or one that is not valid. The body is the key validation endpoint's. [V] */
    Unauthorized: {
      headers: {
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ErrorBody"] & {
          /** @constant */
          code?: 401;
        };
      };
    };
    /** @description No such export. Not documented; modelled with the shape of the other errors. [?] */
    NotFound: {
      headers: {
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ErrorBody"] & {
          /** @constant */
          code?: 404;
        };
      };
    };
    /**
     * @description A rate limit was hit. Carries `Retry-After`, in most cases, and none of the `X-RateLimit-*` headers. [V]
     *     The body is not documented; modelled with the shape of the other errors. [?]
     */
    TooManyRequests: {
      headers: {
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ErrorBody"] & {
          /** @constant */
          code?: 429;
        };
      };
    };
    /** @description The vendor failed. Its sample has no `message`. [S] */
    InternalServerError: {
      headers: {
        "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
        "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
        "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ErrorBody"] & {
          /** @constant */
          code?: 500;
        };
      };
    };
  };
  parameters: {
    /**
     * @description The item's `id`. [V]
     * @example 1000000
     */
    ExportId: components["schemas"]["Id"];
    /**
     * @description Return only these members of each item. Takes precedence over `view`. [V] Every member can be named. [S]
     * @example [
     *       "id",
     *       "name"
     *     ]
     */
    Fields: ("id" | "company_id" | "creator_id" | "resource" | "status" | "name" | "description" | "size" | "extension" | "mime_type" | "download_url" | "attempt_count" | "download_count" | "failure_reason" | "expire_time" | "create_time" | "update_time")[];
    /**
     * @description How much of each item to return. Which members `default` leaves out is not documented. [V, ?]
     * @example full
     */
    View: "default" | "full";
    /**
     * @description Sort keys, most significant first: a field ascends, a field after `-` descends. [V]
     *     The fields are the vendor's list. [S]
     * @example [
     *       "-create_time",
     *       "name"
     *     ]
     */
    Sort: ("resource" | "-resource" | "status" | "-status" | "name" | "-name" | "size" | "-size" | "extension" | "-extension" | "mime_type" | "-mime_type" | "attempt_count" | "-attempt_count" | "download_count" | "-download_count" | "expire_time" | "-expire_time" | "create_time" | "-create_time" | "update_time" | "-update_time")[];
    /**
     * @description `N` or `N,M`: the page number from 1, and the number of items in a page. Without `M` the size depends
     *     on the resource's settings. [V] It is 10 for the campaigns of the same API, newest first; 10 is the choice
     *     here too. [?] An upper bound of `M`, and what a page after the last one answers, are not documented. [?]
     * @example [
     *       2,
     *       50
     *     ]
     */
    Page: number[];
    /**
     * @description Search term; a substring match over the searchable fields. [V] Case is not documented. [?]
     * @example Christmas
     */
    Query: string;
    /**
     * @description Which of the searchable fields `q` looks in. Without it a default search field is used. [V]
     *     `failed_reason` is the wire name here, although the item's member is `failure_reason`. [S]
     * @example [
     *       "name",
     *       "description"
     *     ]
     */
    QueryFields: ("id" | "resource" | "name" | "description" | "failed_reason")[];
    /**
     * @description Filters by `id`. [S, V]
     * @example in:1000000,1000001
     */
    FilterId: components["schemas"]["IdFilter"];
    /**
     * @description Filters by `company_id`. [S, V]
     * @example 1000001
     */
    FilterCompanyId: components["schemas"]["IdFilter"];
    /**
     * @description Filters by `creator_id`. [S, V]
     * @example neq:1000001
     */
    FilterCreatorId: components["schemas"]["IdFilter"];
    /**
     * @description Filters by `resource`. [S, V]
     * @example quick-reports
     */
    FilterResource: components["schemas"]["TextFilter"];
    /**
     * @description Filters by `status`. [S, V]
     * @example ready
     */
    FilterStatus: components["schemas"]["TextFilter"];
    /**
     * @description Filters by `name`. [S, V]
     * @example eq:Christmas list - 22.05.2025 11:44:32
     */
    FilterName: components["schemas"]["TextFilter"];
    /**
     * @description Filters by `description`. [S, V]
     * @example is:
     */
    FilterDescription: components["schemas"]["TextFilter"];
    /**
     * @description Filters by `size`. [S, V]
     * @example gt:1000000
     */
    FilterSize: components["schemas"]["NumberFilter"];
    /**
     * @description Filters by `extension`. [S, V]
     * @example in:csv,json
     */
    FilterExtension: components["schemas"]["TextFilter"];
    /**
     * @description Filters by `mime_type`. [S, V]
     * @example text/csv
     */
    FilterMimeType: components["schemas"]["TextFilter"];
    /**
     * @description Filters by `download_url`. [S, V]
     * @example is:
     */
    FilterDownloadUrl: components["schemas"]["TextFilter"];
    /**
     * @description Filters by `attempt_count`. [S, V]
     * @example gte:2
     */
    FilterAttemptCount: components["schemas"]["NumberFilter"];
    /**
     * @description Filters by `download_count`. [S, V]
     * @example 0
     */
    FilterDownloadCount: components["schemas"]["NumberFilter"];
    /**
     * @description Filters by `failure_reason`. [S, V] The wire name of this filter is not documented: `q_fields` has `failed_reason`, and
     *     the item's member is the choice here. [?]
     * @example isn:
     */
    FilterFailureReason: components["schemas"]["TextFilter"];
    /**
     * @description Filters by `expire_time`. [S, V]
     * @example gt:2026-01-31 12:00:00
     */
    FilterExpireTime: components["schemas"]["TimeFilter"];
    /**
     * @description Filters by `create_time`. [S, V]
     * @example rf:2026-01-01,2026-01-31 23:59:59
     */
    FilterCreateTime: components["schemas"]["TimeFilter"];
    /**
     * @description Filters by `update_time`. [S, V]
     * @example gte:2026-01-01
     */
    FilterUpdateTime: components["schemas"]["TimeFilter"];
    /**
     * @description The quick report's id. [V] That it is a string of digits, as other ids are, is a choice. [?]
     * @example 17430755068336100383
     */
    ReportId: components["schemas"]["Id"];
  };
  requestBodies: never;
  headers: {
    /**
     * @description Requests allowed in the window that the three headers describe. Which window that is, is not said;
     *     this value tells. [V]
     * @example 150
     */
    "X-RateLimit-Limit": number;
    /**
     * @description Requests left in that window. [V]
     * @example 149
     */
    "X-RateLimit-Remaining": number;
    /**
     * @description Seconds until that window refreshes. [V] Whether it is rounded up, down or to nearest is not said. [?]
     * @example 42
     */
    "X-RateLimit-Reset": number;
    /**
     * @description Whole seconds to wait. `-1`: the limit on parallel requests was hit and no time can be given; the retry
     *     depends on an in-flight request finishing. Most 429s have it, and not all. [V]
     */
    "Retry-After": number;
  };
  pathItems: never;
}
export interface operations {
  listExports: {
    parameters: {
      query?: {
        /**
         * @description Return only these members of each item. Takes precedence over `view`. [V] Every member can be named. [S]
         * @example [
         *       "id",
         *       "name"
         *     ]
         */
        fields?: components["parameters"]["Fields"];
        /**
         * @description How much of each item to return. Which members `default` leaves out is not documented. [V, ?]
         * @example full
         */
        view?: components["parameters"]["View"];
        /**
         * @description Sort keys, most significant first: a field ascends, a field after `-` descends. [V]
         *     The fields are the vendor's list. [S]
         * @example [
         *       "-create_time",
         *       "name"
         *     ]
         */
        sort?: components["parameters"]["Sort"];
        /**
         * @description `N` or `N,M`: the page number from 1, and the number of items in a page. Without `M` the size depends
         *     on the resource's settings. [V] It is 10 for the campaigns of the same API, newest first; 10 is the choice
         *     here too. [?] An upper bound of `M`, and what a page after the last one answers, are not documented. [?]
         * @example [
         *       2,
         *       50
         *     ]
         */
        page?: components["parameters"]["Page"];
        /**
         * @description Search term; a substring match over the searchable fields. [V] Case is not documented. [?]
         * @example Christmas
         */
        q?: components["parameters"]["Query"];
        /**
         * @description Which of the searchable fields `q` looks in. Without it a default search field is used. [V]
         *     `failed_reason` is the wire name here, although the item's member is `failure_reason`. [S]
         * @example [
         *       "name",
         *       "description"
         *     ]
         */
        q_fields?: components["parameters"]["QueryFields"];
        /**
         * @description Filters by `id`. [S, V]
         * @example in:1000000,1000001
         */
        id?: components["parameters"]["FilterId"];
        /**
         * @description Filters by `company_id`. [S, V]
         * @example 1000001
         */
        company_id?: components["parameters"]["FilterCompanyId"];
        /**
         * @description Filters by `creator_id`. [S, V]
         * @example neq:1000001
         */
        creator_id?: components["parameters"]["FilterCreatorId"];
        /**
         * @description Filters by `resource`. [S, V]
         * @example quick-reports
         */
        resource?: components["parameters"]["FilterResource"];
        /**
         * @description Filters by `status`. [S, V]
         * @example ready
         */
        status?: components["parameters"]["FilterStatus"];
        /**
         * @description Filters by `name`. [S, V]
         * @example eq:Christmas list - 22.05.2025 11:44:32
         */
        name?: components["parameters"]["FilterName"];
        /**
         * @description Filters by `description`. [S, V]
         * @example is:
         */
        description?: components["parameters"]["FilterDescription"];
        /**
         * @description Filters by `size`. [S, V]
         * @example gt:1000000
         */
        size?: components["parameters"]["FilterSize"];
        /**
         * @description Filters by `extension`. [S, V]
         * @example in:csv,json
         */
        extension?: components["parameters"]["FilterExtension"];
        /**
         * @description Filters by `mime_type`. [S, V]
         * @example text/csv
         */
        mime_type?: components["parameters"]["FilterMimeType"];
        /**
         * @description Filters by `download_url`. [S, V]
         * @example is:
         */
        download_url?: components["parameters"]["FilterDownloadUrl"];
        /**
         * @description Filters by `attempt_count`. [S, V]
         * @example gte:2
         */
        attempt_count?: components["parameters"]["FilterAttemptCount"];
        /**
         * @description Filters by `download_count`. [S, V]
         * @example 0
         */
        download_count?: components["parameters"]["FilterDownloadCount"];
        /**
         * @description Filters by `failure_reason`. [S, V] The wire name of this filter is not documented: `q_fields` has `failed_reason`, and
         *     the item's member is the choice here. [?]
         * @example isn:
         */
        failure_reason?: components["parameters"]["FilterFailureReason"];
        /**
         * @description Filters by `expire_time`. [S, V]
         * @example gt:2026-01-31 12:00:00
         */
        expire_time?: components["parameters"]["FilterExpireTime"];
        /**
         * @description Filters by `create_time`. [S, V]
         * @example rf:2026-01-01,2026-01-31 23:59:59
         */
        create_time?: components["parameters"]["FilterCreateTime"];
        /**
         * @description Filters by `update_time`. [S, V]
         * @example gte:2026-01-01
         */
        update_time?: components["parameters"]["FilterUpdateTime"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of export items. [S] */
      200: {
        headers: {
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ExportList"];
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["TooManyRequests"];
      500: components["responses"]["InternalServerError"];
    };
  };
  viewExport: {
    parameters: {
      query?: {
        /**
         * @description Return only these members of each item. Takes precedence over `view`. [V] Every member can be named. [S]
         * @example [
         *       "id",
         *       "name"
         *     ]
         */
        fields?: components["parameters"]["Fields"];
        /**
         * @description How much of each item to return. Which members `default` leaves out is not documented. [V, ?]
         * @example full
         */
        view?: components["parameters"]["View"];
      };
      header?: never;
      path: {
        /**
         * @description The item's `id`. [V]
         * @example 1000000
         */
        id: components["parameters"]["ExportId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The item, in an envelope of one. [V] */
      200: {
        headers: {
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ExportEnvelope"];
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["TooManyRequests"];
      500: components["responses"]["InternalServerError"];
    };
  };
  downloadExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The item's `id`. [V]
         * @example 1000000
         */
        id: components["parameters"]["ExportId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file. Its `Content-Type` varies with the resource; `text/csv` in the vendor's sample. [V] */
      200: {
        headers: {
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
          "*/*": unknown;
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["TooManyRequests"];
      500: components["responses"]["InternalServerError"];
    };
  };
  retryExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The item's `id`. [V]
         * @example 1000000
         */
        id: components["parameters"]["ExportId"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted; a long running operation has begun. [V] */
      202: {
        headers: {
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Operation"];
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["TooManyRequests"];
      500: components["responses"]["InternalServerError"];
    };
  };
  exportQuickReport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The quick report's id. [V] That it is a string of digits, as other ids are, is a choice. [?]
         * @example 17430755068336100383
         */
        id: components["parameters"]["ReportId"];
      };
      cookie?: never;
    };
    /** @description What to export, and how. [V] */
    requestBody: {
      content: {
        "application/json": components["schemas"]["QuickReportExport"];
      };
    };
    responses: {
      /** @description Accepted; a long running operation has begun. [V] */
      202: {
        headers: {
          "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
          "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
          "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Operation"];
        };
      };
      400: components["responses"]["BadRequest"];
      401: components["responses"]["Unauthorized"];
      404: components["responses"]["NotFound"];
      429: components["responses"]["TooManyRequests"];
      500: components["responses"]["InternalServerError"];
    };
  };
}
type Wire = components["schemas"]["Export"];
type NumericMember = (typeof NUMERIC_MEMBERS)[number];
/** The names of an item's members. */
export type ExportField = keyof Wire;
/**
 * An export with every member, as `view: 'full'` asks for. Numbers are numbers, also where the API sends them as
 * strings of digits; ids stay strings, as they have up to 20 digits.
 */
export type ExportItem = { [Member in keyof Wire]-?: Member extends NumericMember ? Exclude<Wire[Member], string> : Wire[Member]; };
/**
 * The item that a query brings:
 * with `fields`, exactly those members, or some of them when the type does not say which; with `view: 'full'`, all; otherwise `id`, and any other member may be absent,
 * because what the default view leaves out is not documented.
 */
export type ItemOf<Query> = Query extends {
  readonly fields: infer Fields extends readonly ExportField[];
} ? number extends Fields["length"] ? Partial<Pick<ExportItem, Fields[number]>> : Pick<ExportItem, Fields[number]> : Query extends {
  readonly view: "full";
} ? ExportItem : Pick<ExportItem, "id"> & Partial<Omit<ExportItem, "id">>;
type Kinds = typeof FILTER_KINDS;
/** A member that a list can be filtered by: every one of an item. */
export type FilterMember = keyof Kinds;
/** Absent; `undefined` counts as absent. */
type No<Names extends string> = { readonly [Name in Names]?: undefined; };
type Lower<Value> = ({
  readonly gt: Value;
} & No<"gte">) | ({
  readonly gte: Value;
} & No<"gt">);
type Upper<Value> = ({
  readonly lt: Value;
} & No<"lte">) | ({
  readonly lte: Value;
} & No<"lt">);
/** One bound, or one on each side, which is a range. */
export type Bounds<Value> = (Lower<Value> & No<"lt" | "lte">) | (Upper<Value> & No<"gt" | "gte">) | (Lower<Value> & Upper<Value>);
/** What a text or an id may be: the value, one of several, null, or the opposite of these. */
export type EqualityFilter<Value> = Value | readonly Value[] | null | {
  readonly not: Value | readonly Value[] | null;
};
/** What a member may be, by its kind. Only numbers and times have bounds. */
interface FilterOfKind {
  readonly text: EqualityFilter<string>;
  readonly id: EqualityFilter<string>;
  readonly number: EqualityFilter<number> | Bounds<number>;
  readonly time: EqualityFilter<Date | string> | Bounds<Date | string>;
}
/** What a member may be in a filter. */
export type MemberFilter<Member extends FilterMember = FilterMember> = FilterOfKind[Kinds[Member]];
/**
 * Filters by value, sent to the API; all must hold. Source: vendor, API overview; "Filterable fields are: all fields".
 *
 * | value | on the wire | |
 * |---|---|---|
 * | `'ready'` | `ready` | equal |
 * | `['a', 'b']` | `in:a,b` | one of them |
 * | `null` | `isn:` | null |
 * | `{ not: 'a' }` | `neq:a` | not equal |
 * | `{ not: ['a', 'b'] }` | `nin:a,b` | none of them |
 * | `{ not: null }` | `is:` | not null |
 * | `{ gt: 1 }`, `gte`, `lt`, `lte` | `gt:1` … | one bound; numbers and times |
 * | `{ gte: 1, lte: 9 }` | `rf:1,9` | a range with both ends |
 * | `{ gt: 1, lt: 9 }` | `r:1,9` | without both |
 * | `{ gte: 1, lt: 9 }` | `rl:1,9` | with its start |
 * | `{ gt: 1, lte: 9 }` | `rr:1,9` | with its end |
 *
 * Times are a `Date`, or text as the API writes it: `YYYY-MM-DD HH:MM:SS` in GMT, or `YYYY-MM-DD`.
 */
export type Filter = { readonly [Member in FilterMember]?: MemberFilter<Member> | undefined; };
/** A filter on the wire: a query parameter for each member. */
type WireFilter = { [Member in FilterMember]?: string; };
/** A field that `sort` takes. */
export type SortableField = (typeof SORTABLE_FIELDS)[number];
/** A sort key: ascending, or descending after `-`. */
export type SortKey = SortableField | `-${SortableField}`;
/** A field that `qFields` takes: wire names, so `failed_reason` and not `failure_reason`. */
export type SearchableField = (typeof SEARCHABLE_FIELDS)[number];
/** How much of each item to return; which members `default` leaves out is not documented. */
export type View = (typeof VIEWS)[number];
/** The members of a query for one item; the client takes them beside the query's own type, so that editors show these texts. */
export interface ItemParameters<Field extends ExportField = ExportField> {
  /**
   * Return exactly these members of each item: at least one, none twice, and no `view` beside them.
   * Default: what `view` says. Source: vendor, `fields` of the list.
   */
  readonly fields?: readonly Field[] | undefined;
  /**
   * How much of each item to return; `full` is every member. Not beside `fields`.
   * Default `default`; what that leaves out is not documented. Source: vendor, `view` of the list.
   */
  readonly view?: View | undefined;
}
/** The members of a query for every page. */
export interface ListAllParameters<Field extends ExportField = ExportField> extends ItemParameters<Field> {
  /**
   * Search term: finds the items that have this text in one of `qFields`; whether case matters is not documented.
   * Default: every item. Source: vendor, `q` of the list.
   */
  readonly q?: string | undefined;
  /**
   * Which fields `q` looks in: at least one, none twice, and a `q` beside them.
   * Default: a search field that is not documented. Source: vendor, `q_fields` of the list.
   */
  readonly qFields?: readonly SearchableField[] | undefined;
  /**
   * Only items whose members have these values; asked of the API, so one request finds three among ten thousand.
   * Default: every item. Source: vendor, API overview; "Filterable fields are: all fields".
   */
  readonly filter?: Filter | undefined;
  /**
   * Sort keys, most significant first: a field ascends, a field after `-` descends; none twice.
   * Default: an order that is not documented; newest first is likely. Source: vendor, `sort` of the list.
   */
  readonly sort?: readonly SortKey[] | undefined;
  /**
   * Items per page, a whole number from 1; the upper bound is not documented.
   * Default: by the resource's settings. Source: vendor, second number of `page` of the list.
   */
  readonly pageSize?: number | undefined;
}
/** The members of a query for one page. */
export interface ListParameters<Field extends ExportField = ExportField> extends ListAllParameters<Field> {
  /**
   * Page number, a whole number from 1; what a page after the last one answers is not documented.
   * Default 1. Source: vendor, first number of `page` of the list.
   */
  readonly page?: number | undefined;
}
/** Which members of an item to return. `fields` takes precedence over `view` on the wire, so only one is accepted. */
export type ItemQuery<Field extends ExportField = ExportField> = (Pick<ItemParameters<Field>, "fields"> & {
  readonly view?: undefined;
}) | (Pick<ItemParameters, "view"> & {
  readonly fields?: undefined;
});
/** What `q` looks in needs a `q`. */
type Search = (Pick<ListAllParameters, "q"> & {
  readonly qFields?: undefined;
}) | Required<Pick<ListAllParameters, "q" | "qFields">>;
/** A query without the page: what `listAll` takes. */
export type ListAllQuery<Field extends ExportField = ExportField> = ItemQuery<Field> & Search & Pick<ListAllParameters, "filter" | "sort" | "pageSize">;
/** A query of one page. */
export type ListQuery<Field extends ExportField = ExportField> = ListAllQuery<Field> & Pick<ListParameters, "page">;
/** The query parameters on the wire. */
interface WireQuery extends WireFilter {
  fields?: string[];
  view?: string;
  sort?: string[];
  page?: number[];
  q?: string;
  q_fields?: string[];
}
interface GuardOptions {
  /** The request's: aborting it ends the stream at once. */
  readonly controller: AbortController;
  readonly clock: Clock;
  readonly idleTimeoutMs: number;
  /** Called once when the body has ended; with the failure, or the abort, that has cut it off. */
  readonly onEnd: (failure?: unknown) => void;
  /** What a failure means, to the reader. */
  readonly explain: (error: unknown) => unknown;
}
/** What a call sends as a POST, and what its failures mean: no POST is sent twice by guessing. */
interface Post {
  /** JSON. */
  readonly payload: string | undefined;
  readonly neverArrived: (error: unknown) => boolean;
  readonly leaveOpen: (error: ExportsError) => void;
}
/** What becomes of the body of a successful answer: JSON, or what a guard makes of the stream. */
type BodyKind = "json" | ((response: Response, options: GuardOptions) => ReadableStream<Uint8Array>);
/** One call: what it is for, and its limits. */
interface Call extends CallOptions {
  readonly operation: OperationName;
  /** The export, or the report, that it is for. */
  readonly id?: string | undefined;
  /** A stream is handed over at its head and keeps its slot until it ends. */
  readonly body: BodyKind;
  /** Default: a GET. */
  readonly post?: Post | undefined;
  /** Sent besides ours. */
  readonly headers?: Headers | undefined;
  /** The request that `signal` is of. */
  readonly request?: Request | undefined;
  /** Milliseconds without a byte after which a stream fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined;
}
/** Sends requests: deadline → retry → limiter → origin guard and token → `fetch`. */
interface Transport extends Reporter {
  readonly baseUrl: string;
  readonly limiter: RateLimiter;
  /** Resolves with a successful answer; everything else rejects with an `ExportsError`. */
  send(url: string, call: Call): Promise<Answer>;
}
/** A path template of the API. */
type PathTemplate = (typeof PATHS)[keyof typeof PATHS];
/** Parameters on the wire. */
interface WireParams {
  readonly path?: {
    readonly id: string;
  };
  readonly query?: WireQuery;
}
/** Sends one operation by its path template and parameters. */
type Requester = (path: PathTemplate, params: WireParams, call: Call) => Promise<Answer>;
/** What the calls work over; made by `connect`, and by every client for itself. */
export interface Connection {
  readonly options: ExportsClientOptions;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly request: Requester;
  /** The page size that was taken after a larger one had been refused. */
  largestPage?: number;
}
/** The options of a client, with a limiter: nothing is taken for granted that a small program could do without. */
export type ConnectOptions = ExportsClientOptions & {
  readonly limiter: RateLimiter;
};
/**
 * For the calls as functions, without openapi-fetch: a bundler leaves out each call that a program does not use.
 * Sends nothing, sets no timer and holds no socket until it is used.
 * @throws ExportsError `invalid-options`.
 */
export declare function connect(options: ConnectOptions): Connection;
/** How far a download is. */
export interface DownloadProgress {
  /** Bytes received so far. */
  readonly bytes: number;
  /** The item's `size`, if it was given: an estimate, because its unit is not documented. */
  readonly expectedBytes: number | undefined;
}
/** What to download: an id, or an item, whose `size` is then compared. */
export type DownloadTarget = string | {
  readonly id: string;
  readonly size?: number | null | undefined;
};
export interface DownloadOptions extends CallOptions {
  /** Milliseconds without a byte while it is read, or without a first read, after which a download fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** Called at every chunk. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /**
   * The file begins again from its first byte: drop what came before. With it, a connection that breaks off is retried
   * also where the API cannot go on from the byte where it broke. Awaited before the first byte comes again.
   */
  readonly onRestart?: (() => void | Promise<void>) | undefined;
}
/** A file on its way. Read `body` to its end or cancel it: until then it holds one of the places in flight. */
export interface Download {
  readonly id: string;
  /** The bytes, in chunks, to be piped or looped over. Ends at once when the signal aborts. */
  readonly body: ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>;
  /** The media type, as sent; it varies with the resource. */
  readonly contentType: string | undefined;
  readonly expectedBytes: number | undefined;
  /** Bytes received so far. */
  readonly bytes: number;
  /** `unknown` until the body has ended, and when no size is known. */
  readonly sizeCheck: "unknown" | "matches" | "differs";
  /** The whole file as text, in the charset that `contentType` names, by default UTF-8; for small files. */
  text(): Promise<string>;
}
/**
 * The file of an item; resolves at the head of the answer. A connection that breaks off in the middle is made again,
 * within `maxRetries`: from the byte where it broke, when the `ETag` proves that the file is the same; from the
 * beginning, when no byte was read or `onRestart` is given.
 * @throws ExportsError
 */
export declare function download(connection: Connection, target: DownloadTarget, options?: DownloadOptions): Promise<Download>;
/**
 * A long running operation that the API has accepted. Its `id` is not the id of an export. Only `id` is certain to be
 * there. Source: vendor, retry and export of a quick report.
 */
export type Operation = Readonly<components["schemas"]["Operation"]>;
type WireRequest = components["schemas"]["QuickReportExport"];
/**
 * What to export of a quick report, and how. Which members are required is not documented.
 * Source: vendor, export of a quick report.
 */
export interface QuickReportRequest {
  /** The name for people. */
  readonly name?: string | undefined;
  /** The format of the file. */
  readonly out?: WireRequest["out"] | undefined;
  /** Where the numbers come from. Open to values never seen. */
  readonly source?: WireRequest["source"] | undefined;
  /** The columns; an array is joined by commas. */
  readonly fields?: string | readonly string[] | undefined;
  /** Columns to sort by, ascending, or descending after `-`; an array is joined by commas. */
  readonly sort?: string | readonly string[] | undefined;
  /** The unit of time of a row. Open to values never seen. */
  readonly resolution?: WireRequest["resolution"] | undefined;
  /** Digits after the decimal point, a whole number from 0. */
  readonly precision?: number | undefined;
  /** Filters of the report's rows by column, as the wire writes them: `{ event_time: 'rf:2026-01-01,2026-01-31' }`. */
  readonly filters?: Readonly<Record<string, string>> | undefined;
  /** Further parameters of the report. */
  readonly [parameter: string]: unknown;
}
/**
 * Makes an export of a quick report. Never sent twice by guessing: after a failure that leaves open whether it arrived,
 * the error has `outcome: 'unknown'`; `makeExport` then looks for the export. Source: vendor, export of a quick report.
 * @throws ExportsError
 */
export declare function exportQuickReport({ request }: Connection, reportId: string, report: QuickReportRequest, options?: CallOptions): Promise<Operation>;
/** A page of items. */
export interface Page<Item> {
  /** How many items match in all, not in this page. */
  readonly total: number;
  /** The items of this page, in the order of `sort`; each with the members that `fields` or `view` asked for. */
  readonly items: readonly Item[];
}
/** What a listing costs, known after its first page. */
export interface ListingPlan {
  /** Items that match. */
  readonly total: number;
  /** Pages in all. */
  readonly pages: number;
  /** Requests still to send. */
  readonly requests: number;
  /** Milliseconds from now until the last of them may leave within the quota; the server's own time comes on top. */
  readonly estimatedMs: number;
}
interface WalkOptions<Item> {
  /**
   * Give out only these items: for what no `filter` can say. Runs here, over every page of the list; a `filter` is
   * asked of the API, and costs only the pages that it finds.
   */
  readonly where?: ((item: Item) => boolean) | undefined;
  /** Stop after this many items, and read no further page. Default: none. */
  readonly limit?: number | undefined;
  /** Read at most this many pages. Default 100,000. */
  readonly maxPages?: number | undefined;
  /** `spare`: read one page ahead while no other call waits and budget is left. Default `never`. */
  readonly prefetch?: "never" | "spare" | undefined;
  /**
   * What to do when fewer different items came than `total` says, also after all pages were read again: report it as an
   * event, or reject with `incomplete` behind the last item. Default `report`.
   */
  readonly onIncomplete?: "report" | "fail" | undefined;
  /** Resume where a listing of the same query was: its `cursor`, or the one on the error that ended it. */
  readonly cursor?: string | undefined;
}
/** How to walk a list. The call options hold for the call of each page. */
export interface ListingOptions<Item> extends WalkOptions<Item>, CallOptions {}
/** A page of a listing, without the items that were given out before or that `where` refuses. */
export interface ListingPage<Item> extends Page<Item> {
  readonly page: number;
}
/** A list being walked, once: every iteration goes on where the last one stopped. */
export interface Listing<Item> extends AsyncIterable<Item, void, undefined> {
  /** The pages instead of the items. */
  pages(): AsyncGenerator<ListingPage<Item>, void, undefined>;
  /** Reads the next page if that was not done yet (it is given out later, not read again), and says what the rest costs. */
  plan(): Promise<ListingPlan>;
  /** The remaining items in one array. */
  toArray(): Promise<Item[]>;
  /** The position after the last item that was given out; store it to resume from there. */
  readonly cursor: string;
}
/** How to poll. `deadlineMs` is for the whole wait, the other call options for each look. */
export interface WaitOptions extends CallOptions {
  /** Milliseconds before the second look. Default 1,000. */
  readonly intervalMs?: number | undefined;
  /** The longest pause, which grows by half each time. Default 30,000. */
  readonly maxIntervalMs?: number | undefined;
}
/**
 * Looks at an item, within the quota and with growing pauses, until `isDone`. Asks only for `fields`.
 * @throws ExportsError `deadline` when it would look past the deadline; `aborted`; what `get` rejects with.
 */
export declare function waitUntil<const Fields extends readonly ExportField[] = readonly ["id", "status"]>(connection: Connection, id: string, isDone: (item: ItemOf<{
  fields: Fields;
}>) => boolean, options?: WaitOptions & {
  readonly fields?: Fields;
}): Promise<ItemOf<{
  fields: Fields;
}>>;
/** What `makeExport` has just done or seen. */
export type MakeProgress = {
  readonly step: "created";
  readonly operation: Operation;
} | {
  readonly step: "unknown";
  readonly error: AnyExportsError;
} | {
  readonly step: "waiting";
  readonly item: ExportItem;
} | {
  readonly step: "retried";
  readonly item: ExportItem;
};
/** How to make an export. `deadlineMs` is for all of it, default an hour; the other call options for each request. */
export interface MakeOptions extends WaitOptions {
  /**
   * What the export is found by: a text that the name of no other export has as a whole word. It is put behind the
   * name, unless the name has it. Give one that the next run of the same job gives again, and that run goes on with
   * this export instead of making another. Default: ten random letters and digits.
   */
  readonly key?: string | undefined;
  /** How often a failed export is run again, by the API's own retry. Whole; default 2. */
  readonly retries?: number | undefined;
  /** Milliseconds to look for the effect of a request whose outcome is unknown, before it is sent again. Default 30,000. */
  readonly settleMs?: number | undefined;
  /** Called after each step. */
  readonly onProgress?: ((progress: MakeProgress) => void) | undefined;
}
/**
 * From nothing to an export that is ready: makes it, finds it by its key, waits for it, and has the API run it again
 * when it failed. Each look costs one request. A request whose outcome is unknown is sent again only after the list has
 * shown no effect of it for `settleMs`.
 * @throws ExportsError `export-failed` when it stays failed, `deadline`, and what the requests reject with. Its `key`
 * finds the export again.
 */
export declare function makeExport(connection: Connection, reportId: string, report: QuickReportRequest, options?: MakeOptions): Promise<ExportItem>;
/**
 * One gate for everything that uses an account in this process.
 * @throws ExportsError `invalid-options`
 */
export declare function createRateLimiter(options?: RateLimiterOptions): RateLimiter;
/** The openapi-fetch client of the API. */
export type RawClient = Client<paths>;
/**
 * The exports API of one account. Every call rejects with an `ExportsError`; see `toResult` for values instead.
 *
 * Calls with a query have two signatures: the first lets editors show what each parameter means, which a parameter that
 * is generic alone does not, and the second takes a query that is a union, held in a variable.
 */
export interface ExportsClient {
  /** One page, with the total. */
  list<const Query extends ListQuery>(query: Query & ListParameters, options?: CallOptions): Promise<Page<ItemOf<Query>>>;
  /** One page, with the total. */
  list<const Query extends ListQuery>(query?: Query, options?: CallOptions): Promise<Page<ItemOf<Query>>>;
  /** Every item, page by page as they are read. Sends nothing before it is iterated. */
  listAll<const Query extends ListAllQuery>(query: Query & ListAllParameters, options?: ListingOptions<ItemOf<Query>>): Listing<ItemOf<Query>>;
  /** Every item, page by page as they are read. Sends nothing before it is iterated. */
  listAll<const Query extends ListAllQuery>(query?: Query, options?: ListingOptions<ItemOf<Query>>): Listing<ItemOf<Query>>;
  /** One item. */
  get<const Query extends ItemQuery>(id: string, query: Query & ItemParameters, options?: CallOptions): Promise<ItemOf<Query>>;
  /** One item. */
  get<const Query extends ItemQuery>(id: string, query?: Query, options?: CallOptions): Promise<ItemOf<Query>>;
  /** The file of an item; resolves at the head of the answer. */
  download(target: DownloadTarget, options?: DownloadOptions): Promise<Download>;
  /** Looks at an item, within the quota and with growing pauses, until `isDone`. Asks only for `fields`. */
  waitUntil<const Fields extends readonly ExportField[] = readonly ["id", "status"]>(id: string, isDone: (item: ItemOf<{
    fields: Fields;
  }>) => boolean, options?: WaitOptions & {
    readonly fields?: Fields;
  }): Promise<ItemOf<{
    fields: Fields;
  }>>;
  /**
   * Makes an export of a quick report, once: a request whose outcome is unknown is not sent again.
   * See `makeExport` for the export itself.
   */
  exportQuickReport(reportId: string, request: QuickReportRequest, options?: CallOptions): Promise<Operation>;
  /** Runs an export again, with the parameters of its first request; once, as `exportQuickReport`. */
  retry(id: string, options?: CallOptions): Promise<Operation>;
  /** From nothing to an export that is ready: makes it, finds it, waits for it, has it run again when it failed. */
  makeExport(reportId: string, request: QuickReportRequest, options?: MakeOptions): Promise<ExportItem>;
  /** Where requests go, as it was given; by default the vendor's production origin. */
  readonly baseUrl: string;
  /** openapi-fetch itself, over the same token, limiter and retries. */
  readonly raw: RawClient;
  /** The limiter: `snapshot()` for a meter, `estimate()` for when a call would leave. */
  readonly limiter: RateLimiter;
}
/**
 * A client of the Hood exports API. Sends nothing, sets no timer and holds no socket until it is used.
 * @throws ExportsError `invalid-options`.
 */
export declare function createExportsClient(options: ExportsClientOptions): ExportsClient;
/** A place that a mirror can fill: `folder`, or what a package of its own makes. */
export interface Destination {
  /** What messages call it, such as the absolute path of a folder. */
  readonly name: string;
  /**
   * Takes it for one run, so that no other run works on it.
   * @throws ExportsError `file`, with the code `LOCKED` while another run has it
   */
  open(options: OpenOptions): Promise<Store$1>;
}
export interface OpenOptions {
  /** `plan`: nothing is written, and nothing is locked. */
  readonly mode: "run" | "plan";
  /** The file of the manifest. Default: one of the destination's own. */
  readonly state: string | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}
/** A destination that a run has taken. Names are relative to it. */
interface Store$1 {
  /** The local file in which the run keeps its manifest, a SQLite database. */
  readonly manifestFile: string;
  /** The local folder in which files wait until they are whole. */
  readonly staging: string;
  /** `undefined` when there is no such file. */
  stat(file: string): Promise<FileFacts | undefined>;
  /** The SHA-256 of a file, hexadecimal; `undefined` when there is none, or when nothing says it. */
  hash(file: string): Promise<string | undefined>;
  /** Gives a whole file its name, and takes it out of `staging`. Nothing is overwritten but a version before. */
  place(file: StagedFile): Promise<PlacedFile>;
  remove(file: string): Promise<void>;
  /** Keeps a whole file that is not taken for the export's, where it can be looked at. @returns its path */
  keepAside?(staged: string, name: string): Promise<string>;
  /** What is known of a file without its bytes: which version of which export it is. */
  recognise?(file: string, item: ExportItem): Promise<(FileFacts & {
    readonly sha256: string;
  }) | undefined>;
  /** Called after each file. @param snapshot writes a copy of the manifest into a new file */
  checkpoint(snapshot: (path: string) => void): Promise<void>;
  /** Gives the destination back; `broken` when the run has thrown. The manifest is closed already. */
  close(end: "reached" | "broken"): Promise<void>;
}
export interface FileFacts {
  readonly bytes: number;
  /** A number that is another one when the file was changed, such as the time of its last change. */
  readonly stamp: number;
}
export interface StagedFile {
  /** The path of the whole file. */
  readonly staged: string;
  readonly file: string;
  readonly item: ExportItem;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** The checksum of the version before, of an export that was made again. */
  readonly before?: string | undefined;
  /** What becomes of that version: it is replaced, or keeps a name of its own. Default `replace`. */
  readonly versions?: "replace" | "keep" | undefined;
}
export interface PlacedFile {
  /** Default: the time of the last change of the staged file. */
  readonly stamp?: number | undefined;
  /** The new name of a changed file that stood in the way. */
  readonly setAside?: string | undefined;
  /** The new name of the version before. */
  readonly keptAs?: string | undefined;
}
/**
 * What the processes of an account share: the places that requests take in its quota, and one clock. The whole of it is
 * one function, so that a store for another engine is a transaction around `exchangePlaces`, or the same rule in the
 * engine's own language. `storeChecks` of `@hood-exports/client/testing` say whether it keeps the rule.
 */
export interface Store {
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
export interface ExchangeRequest {
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
export interface WindowTold {
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
export interface ExchangeReply {
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
export { Store$1 };