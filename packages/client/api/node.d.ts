import { Client } from "openapi-fetch";
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
/** Per call; each default is the client's. */
interface CallOptions {
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
}
/** What `sort` takes, each also after `-`. */
declare const SORTABLE_FIELDS: readonly ["resource", "status", "name", "size", "extension", "mime_type", "attempt_count", "download_count", "expire_time", "create_time", "update_time"];
/** What `q_fields` takes: wire names. */
declare const SEARCHABLE_FIELDS: readonly ["id", "resource", "name", "description", "failed_reason"];
/** What `view` takes. */
declare const VIEWS: readonly ["default", "full"];
interface paths {
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
     *     No value filter (`status=ready` and the like) is documented: filter the pages that you read. [V]
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
}
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
      /** @description Only `ready` is documented. Open to values never seen. [S, ?] */
      status?: "ready" | (string & {});
      /** @description The name for people. [S] */
      name?: string;
      /** @description Free text. [S] */
      description?: string | null;
      /** @description The size of the file in bytes. [S] The unit is not said. [?] */
      size?: number | null;
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
      attempt_count?: number;
      /** @description How often the file was downloaded. [S] */
      download_count?: number;
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
      total: number;
      items: components["schemas"]["Export"][];
    };
    /** @description The list envelope with exactly one item. [V] */
    ExportEnvelope: components["schemas"]["ExportList"] & {
      /** @constant */
      total?: 1;
      items?: components["schemas"]["Export"][];
    };
    /** @description `code` and `title` are the only members that every sample has. [S, V] */
    Error: {
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
        "application/json": components["schemas"]["Error"] & {
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
        "application/json": components["schemas"]["Error"] & {
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
        "application/json": components["schemas"]["Error"] & {
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
        "application/json": components["schemas"]["Error"] & {
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
        "application/json": components["schemas"]["Error"] & {
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
    Id: components["schemas"]["Id"];
    /**
     * @description Return only these members of each item. Takes precedence over `view`. The vendor's list of
     *     "filterable fields: all" is the list of names that this parameter takes. [V, S]
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
     *     on the resource's settings. [V] An upper bound of `M`, and what a page after the last one answers, are
     *     not documented. [?]
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
interface operations {
  listExports: {
    parameters: {
      query?: {
        /**
         * @description Return only these members of each item. Takes precedence over `view`. The vendor's list of
         *     "filterable fields: all" is the list of names that this parameter takes. [V, S]
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
         *     on the resource's settings. [V] An upper bound of `M`, and what a page after the last one answers, are
         *     not documented. [?]
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
         * @description Return only these members of each item. Takes precedence over `view`. The vendor's list of
         *     "filterable fields: all" is the list of names that this parameter takes. [V, S]
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
        id: components["parameters"]["Id"];
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
        id: components["parameters"]["Id"];
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
}
type Wire = components["schemas"]["Export"];
/** The names of an item's members. */
type ExportField = keyof Wire;
/** An export with every member, as `view: 'full'` asks for. */
type ExportItem = Required<Wire>;
/**
 * The item that a query brings:
 * with `fields`, exactly those members; with `view: 'full'`, all; otherwise `id`, and any other member may be absent,
 * because what the default view leaves out is not documented.
 */
type ItemOf<Query> = Query extends {
  readonly fields: readonly (infer Field extends ExportField)[];
} ? Pick<ExportItem, Field> : Query extends {
  readonly view: "full";
} ? ExportItem : Pick<ExportItem, "id"> & Partial<Omit<ExportItem, "id">>;
/** A field that `sort` takes. */
type SortableField = (typeof SORTABLE_FIELDS)[number];
/** A sort key: ascending, or descending after `-`. */
type SortKey = SortableField | `-${SortableField}`;
/** A field that `qFields` takes: wire names, so `failed_reason` and not `failure_reason`. */
type SearchableField = (typeof SEARCHABLE_FIELDS)[number];
/** How much of each item to return; which members `default` leaves out is not documented. */
type View = (typeof VIEWS)[number];
/** The members of a query for one item; the client takes them beside the query's own type, so that editors show these texts. */
interface ItemParameters<Field extends ExportField = ExportField> {
  /**
   * Return exactly these members of each item: at least one, none twice, and no `view` beside them.
   * Default: what `view` says. Source: vendor, `fields` of the list.
   */
  readonly fields?: readonly [Field, ...Field[]];
  /**
   * How much of each item to return; `full` is every member. Not beside `fields`.
   * Default `default`; what that leaves out is not documented. Source: vendor, `view` of the list.
   */
  readonly view?: View;
}
/** The members of a query for every page. */
interface ListAllParameters<Field extends ExportField = ExportField> extends ItemParameters<Field> {
  /**
   * Search term: finds the items that have this text in one of `qFields`; whether case matters is not documented.
   * Default: every item. Source: vendor, `q` of the list.
   */
  readonly q?: string;
  /**
   * Which fields `q` looks in: at least one, none twice, and a `q` beside them.
   * Default: a search field that is not documented. Source: vendor, `q_fields` of the list.
   */
  readonly qFields?: readonly [SearchableField, ...SearchableField[]];
  /**
   * Sort keys, most significant first: a field ascends, a field after `-` descends; none twice.
   * Default: an order that is not documented. Source: vendor, `sort` of the list.
   */
  readonly sort?: readonly SortKey[];
  /**
   * Items per page, a whole number from 1; the upper bound is not documented.
   * Default: by the resource's settings. Source: vendor, second number of `page` of the list.
   */
  readonly pageSize?: number;
}
/** The members of a query for one page. */
interface ListParameters<Field extends ExportField = ExportField> extends ListAllParameters<Field> {
  /**
   * Page number, a whole number from 1; what a page after the last one answers is not documented.
   * Default 1. Source: vendor, first number of `page` of the list.
   */
  readonly page?: number;
}
/** Which members of an item to return. `fields` takes precedence over `view` on the wire, so only one is accepted. */
type ItemQuery<Field extends ExportField = ExportField> = (Pick<ItemParameters<Field>, "fields"> & {
  readonly view?: never;
}) | (Pick<ItemParameters, "view"> & {
  readonly fields?: never;
});
/** What `q` looks in needs a `q`. */
type Search = (Pick<ListAllParameters, "q"> & {
  readonly qFields?: never;
}) | Required<Pick<ListAllParameters, "q" | "qFields">>;
/** A query without the page: what `listAll` takes. */
type ListAllQuery<Field extends ExportField = ExportField> = ItemQuery<Field> & Search & Pick<ListAllParameters, "sort" | "pageSize">;
/** A query of one page. */
type ListQuery<Field extends ExportField = ExportField> = ListAllQuery<Field> & Pick<ListParameters, "page">;
/** How far a download is. */
interface DownloadProgress {
  /** Bytes received so far. */
  readonly bytes: number;
  /** The item's `size`, if it was given: an estimate, because its unit is not documented. */
  readonly expectedBytes: number | undefined;
}
/** What to download: an id, or an item, whose `size` is then compared. */
type DownloadTarget = string | {
  readonly id: string;
  readonly size?: number | null | undefined;
};
interface DownloadOptions extends CallOptions {
  /** Milliseconds without a byte, while somebody reads, after which the download fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** Told at every chunk. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}
/** A file on its way. Read `body` to its end or cancel it: until then it holds one of the places in flight. */
interface Download {
  readonly id: string;
  /** The bytes, in chunks. Ends at once when the signal aborts. */
  readonly body: ReadableStream<Uint8Array>;
  /** The media type, as sent; it varies with the resource. */
  readonly contentType: string | undefined;
  readonly expectedBytes: number | undefined;
  /** Bytes received so far. */
  readonly bytes: number;
  /** `unknown` until the body has ended, and when no size is known. */
  readonly sizeCheck: "unknown" | "matches" | "differs";
  /** The whole file as text; for small files. */
  text(): Promise<string>;
}
/** A page of items. */
interface Page<Item> {
  /** How many items match in all, not in this page. */
  readonly total: number;
  /** The items of this page, in the order of `sort`; each with the members that `fields` or `view` asked for. */
  readonly items: readonly Item[];
}
/** What a listing costs, known after its first page. */
interface ListingPlan {
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
  /** Give out only these items. Runs here, over the pages that are read: the API documents no filter by value. */
  readonly where?: ((item: Item) => boolean) | undefined;
  /** Stop after this many items, and read no further page. Default: none. */
  readonly limit?: number | undefined;
  /** Read at most this many pages. Default 100,000. */
  readonly maxPages?: number | undefined;
  /** `spare`: read one page ahead while nobody waits and budget is left. Default `never`. */
  readonly prefetch?: "never" | "spare" | undefined;
  /** Resume where a listing of the same query was: its `cursor`, or the one on the error that ended it. */
  readonly cursor?: string | undefined;
}
/** How to walk a list. The call options hold for the call of each page. */
interface ListingOptions<Item> extends WalkOptions<Item>, CallOptions {}
/** A page of a listing, without the items that were given out before or that `where` refuses. */
interface ListingPage<Item> extends Page<Item> {
  readonly page: number;
}
/** A list being walked, once: every iteration goes on where the last one stopped. */
interface Listing<Item> extends AsyncIterable<Item, void, undefined> {
  /** The pages instead of the items. */
  pages(): AsyncGenerator<ListingPage<Item>, void, undefined>;
  /** Reads the next page if that was not done yet (it is given out later, not read again), and says what the rest costs. */
  plan(): Promise<ListingPlan>;
  /** The remaining items in one array. */
  toArray(): Promise<Item[]>;
  /** The position after the last item that was given out; store it to resume from there. */
  readonly cursor: string;
}
/** The openapi-fetch client of the API. */
type RawClient = Client<paths>;
/** How to poll. `deadlineMs` is for the whole wait, the other call options for each look. */
interface WaitOptions extends CallOptions {
  /** Milliseconds before the second look. Default 1,000. */
  readonly intervalMs?: number | undefined;
  /** The longest pause, which grows by half each time. Default 30,000. */
  readonly maxIntervalMs?: number | undefined;
}
/**
 * The exports API of one account. Every call rejects with an `ExportsError`; see `toResult` for values instead.
 *
 * Calls with a query have two signatures: the first lets editors show what each parameter means, which a parameter that
 * is generic alone does not, and the second takes a query that is a union, held in a variable.
 */
interface ExportsClient {
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
  waitUntil<const Fields extends readonly [ExportField, ...ExportField[]] = readonly ["id", "status"]>(id: string, isDone: (item: ItemOf<{
    fields: Fields;
  }>) => boolean, options?: WaitOptions & {
    readonly fields?: Fields;
  }): Promise<ItemOf<{
    fields: Fields;
  }>>;
  /** openapi-fetch itself, over the same token, limiter and retries. */
  readonly raw: RawClient;
  /** The limiter: `snapshot()` for a meter, `estimate()` for when a call would leave. */
  readonly limiter: RateLimiter;
}
/** An id, which costs one more request for the name, or an item that has been read already. */
type SaveTarget = string | (Pick<ExportItem, "id"> & Partial<Pick<ExportItem, "name" | "extension" | "size">>);
interface SaveOptions extends DownloadOptions {
  /** Where the file goes; must exist. Default: the working directory. */
  readonly directory?: string | undefined;
  /** Without it, the export's name and extension, made safe. With separators in it, it is refused. */
  readonly fileName?: string | undefined;
  /** When there is such a file: refuse before anything is sent, replace it, or save beside it. Default `fail`. */
  readonly ifExists?: "fail" | "overwrite" | "rename" | undefined;
  /** What other than `size` bytes means. Its unit is not documented, so it is told, not judged. Default `report`. */
  readonly onSizeMismatch?: "report" | "fail" | undefined;
}
/** A file that is there, whole and flushed. */
interface SavedExport {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Of what was written; hexadecimal. */
  readonly sha256: string;
  readonly sizeCheck: Download["sizeCheck"];
  readonly contentType: string | undefined;
}
/**
 * Downloads an export into a file. Until it is complete it has a name of its own that ends in `.part`; a failed or
 * aborted download leaves nothing behind.
 *
 * @throws ExportsError as `download`; `file` when it exists or cannot be written; `size-mismatch` when asked for.
 */
export declare function saveExport(client: Pick<ExportsClient, "get" | "download">, target: SaveTarget, options?: SaveOptions): Promise<SavedExport>;
/**
 * A file name that is one on every system and stays in its directory, from an export's name, which may hold anything.
 * Names that are allowed stay as they are, in every script.
 */
export declare function safeFileName(name: string, extension?: string | null): string;
/**
 * The channel of `node:diagnostics_channel` that every client publishes its events to, for whoever watches the
 * process: `subscribe(DIAGNOSTICS_CHANNEL, (event) => …)`. Its messages are `ExportsEvent`s.
 */
export declare const DIAGNOSTICS_CHANNEL = "hood-exports";
export type { SaveOptions, SaveTarget, SavedExport };