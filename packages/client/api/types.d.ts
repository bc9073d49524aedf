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
export type { components, operations, paths };