// Generated from hood-exports.yaml by `pnpm generate`. Do not edit.

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
export type webhooks = Record<string, never>;
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
export type $defs = Record<string, never>;
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
