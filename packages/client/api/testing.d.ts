/** Members of an item that are numbers; the API may send them as strings of digits. */
declare const NUMERIC_MEMBERS: readonly ["size", "attempt_count", "download_count"];
interface components {
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
     * @description A rate limit was hit. Carries `Retry-After` and none of the `X-RateLimit-*` headers. [V]
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
     *     depends on an in-flight request finishing. [V]
     */
    "Retry-After": number;
  };
  pathItems: never;
}
type Wire = components["schemas"]["Export"];
type NumericMember = (typeof NUMERIC_MEMBERS)[number];
/**
 * An export with every member, as `view: 'full'` asks for. Numbers are numbers, also where the API sends them as
 * strings of digits; ids stay strings, as they have up to 20 digits.
 */
type ExportItem = { [Member in keyof Wire]-?: Member extends NumericMember ? Exclude<Wire[Member], string> : Wire[Member]; };
/** An export with every member, the vendor's sample where nothing else is given. Members never seen are welcome. */
export declare function buildItem<Extra extends object>(members?: Partial<ExportItem> & Extra): ExportItem & Extra;
/** As many exports as asked for, with ids from 1000000 and names of their own. */
export declare function buildItems(count: number, members?: Partial<ExportItem>): ExportItem[];
/** A fixed window of an account's quota. */
interface WindowSpec {
  readonly name: string;
  /** Requests in a window. */
  readonly limit: number;
  readonly windowMs: number;
}
interface FixedWindowServerOptions {
  readonly windows: readonly WindowSpec[];
  /** Whether windows start on the clock or with the first request after the one before. Default `clock`. */
  readonly start?: "clock" | "first-request" | undefined;
  /** Where windows on the clock start, in milliseconds. Default 0. */
  readonly phaseMs?: number | undefined;
  /** Which window `X-RateLimit-*` describe, or none. The vendor does not say. Default `fewer-left`. */
  readonly described?: "fewer-left" | "tightest" | "longest" | "none" | undefined;
  /** How the seconds of `Reset` are rounded; the vendor does not say. Default `up`. */
  readonly rounding?: "up" | "nearest" | "down" | undefined;
  /** Requests in flight at most; one more gets `Retry-After: -1`. */
  readonly parallel?: number | undefined;
}
type Admission = {
  readonly kind: "admitted";
  readonly headers: Record<string, string>;
  leave(): void;
} | {
  readonly kind: "refused";
  answer(): Response;
};
/** The server's side of the quota: fixed windows, counted at arrival; a refused request is not counted. */
export declare class FixedWindowServer {
  #private;
  constructor(options: FixedWindowServerOptions);
  admit(now: number): Admission;
}
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
/** A clock that moves when it is told to. */
interface ManualClock extends Clock {
  /** Moves on by `ms`, running each timer at its moment, in order, and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Moves to the next timer and runs it; `false` when there is none. */
  next(): Promise<boolean>;
  /** Moves on, timer by timer, until `work` has settled; fails when no timer is left and it has not. */
  runUntilSettled<Value>(work: Promise<Value>): Promise<Value>;
  /** Sets the wall clock off against `now()`, as a person or a time server does. */
  setWall(msSinceEpoch: number): void;
  /** Timers that wait. */
  readonly pending: number;
}
/** @param options.now first moment in milliseconds, default 0; `wallNow()` starts there too unless `wall` is given. */
export declare function createManualClock({ now, wall }?: {
  now?: number;
  wall?: number;
}): ManualClock;
/** How one request is answered instead of the usual way. */
type Scenario = {
  readonly kind: "status";
  readonly status: 400 | 401 | 404 | 429 | 500;
  readonly retryAfterS?: number | string;
} | {
  readonly kind: "answer";
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
} | {
  readonly kind: "network";
  readonly code?: string;
} | {
  readonly kind: "cut-body";
  readonly bytes: number;
} | {
  readonly kind: "slow";
  readonly ms: number;
} | {
  readonly kind: "silent";
} | {
  readonly kind: "stalled-body";
  readonly bytes: number;
};
interface StandInOptions {
  /** What the account holds. Default: the vendor's one sample. */
  readonly items?: readonly Partial<ExportItem>[] | undefined;
  /** The bytes of every download. Default: CSV, of the item's size up to a megabyte. */
  readonly file?: string | undefined;
  /** Items in a page when the query gives no size. Default 25. */
  readonly pageSize?: number | undefined;
  /** Count requests in fixed windows and refuse like the vendor. Default: no limits. */
  readonly limits?: "on" | Partial<FixedWindowServerOptions> | undefined;
  /** Milliseconds that a request, and then its answer, travel on the clock. Default 0. */
  readonly latencyMs?: (() => number) | undefined;
  readonly clock?: Clock | undefined;
}
/** A request that arrived. */
interface ArrivedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The JSON of a POST. */
  readonly body?: unknown;
  /** Moment of arrival on the clock. */
  readonly atMs: number;
  /** Status of the answer, once there is one. */
  status?: number;
}
interface StandIn {
  /** To be given to a client as its `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** Every request that arrived, in order. */
  readonly requests: readonly ArrivedRequest[];
  /** The answers to the next requests, one each; then it is back to the usual. */
  next(...scenarios: Scenario[]): void;
  /** Items, to be changed while a list is read. */
  items: readonly Partial<ExportItem>[];
}
/**
 * The API as a function in your test's process: filters, `q`, `sort`, pages, `fields`, single items, downloads, retry,
 * and exports of quick reports, which are ready at once; scenarios for what goes wrong. It checks no parameter: the
 * mock and the sandbox do.
 */
export declare function createStandIn(options?: StandInOptions): StandIn;
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
/** A store that is looked at. */
interface StoreUnderTest {
  /** A handle on an account; the same name again gives another handle on the same account, as in another process. */
  open(account: string): Store | Promise<Store>;
}
/** One promise of `Store`. */
interface StoreCheck<Subject = StoreUnderTest> {
  /** As the title of a test. */
  readonly name: string;
  /** @throws Error that says what was expected, and what came */
  run(subject: Subject): Promise<void>;
}
/**
 * What every {@link Store} has to keep, for any test framework. They wait for a few milliseconds of the store's clock at
 * most, and use accounts of their own.
 *
 * @example for (const { name, run } of storeChecks) test(name, () => run({ open: (account) => createMyStore(account) }))
 */
export declare const storeChecks: readonly StoreCheck[];
/** A store whose clock the test moves. */
interface ClockedStoreUnderTest extends StoreUnderTest {
  /** Moves the clock that the store reads by `ms`; below 0: sets it back. */
  moveClock(ms: number): void | Promise<void>;
}
/** What a {@link Store} has to keep over time, and when its clock is set back. For a store whose clock a test can move. */
export declare const storeClockChecks: readonly StoreCheck<ClockedStoreUnderTest>[];
export type { Admission, ArrivedRequest, ClockedStoreUnderTest, FixedWindowServerOptions, ManualClock, Scenario, StandIn, StandInOptions, StoreCheck, StoreUnderTest };