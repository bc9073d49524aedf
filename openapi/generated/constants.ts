// Generated from hood-exports.yaml by `pnpm generate`. Do not edit.

/** Version of the OpenAPI document. */
export const SPEC_VERSION = "2.0.0" as const

/** The vendor's production origin. */
export const ORIGIN = "https://api.ocamba.com" as const

/** Path templates by operation. */
export const PATHS = {
  "list": "/v1/hood/exports",
  "view": "/v1/hood/exports/{id}",
  "download": "/v1/hood/exports/{id}/download",
  "retry": "/v1/hood/exports/{id}/retry",
  "exportQuickReport": "/v1/hood/quick-reports/{id}/export"
} as const

/** HTTP methods by operation. */
export const METHODS = {
  "list": "GET",
  "view": "GET",
  "download": "GET",
  "retry": "POST",
  "exportQuickReport": "POST"
} as const

/** Documented status codes by operation. */
export const STATUSES = {
  "list": [
    200,
    400,
    401,
    404,
    429,
    500
  ],
  "view": [
    200,
    400,
    401,
    404,
    429,
    500
  ],
  "download": [
    200,
    400,
    401,
    404,
    429,
    500
  ],
  "retry": [
    202,
    400,
    401,
    404,
    429,
    500
  ],
  "exportQuickReport": [
    202,
    400,
    401,
    404,
    429,
    500
  ]
} as const

/** Documented status codes of errors, of all operations together. */
export const ERROR_STATUSES = [
  400,
  401,
  404,
  429,
  500
] as const

/** What `fields` takes. */
export const SELECTABLE_FIELDS = [
  "id",
  "company_id",
  "creator_id",
  "resource",
  "status",
  "name",
  "description",
  "size",
  "extension",
  "mime_type",
  "download_url",
  "attempt_count",
  "download_count",
  "failure_reason",
  "expire_time",
  "create_time",
  "update_time"
] as const

/** What `sort` takes, each also after `-`. */
export const SORTABLE_FIELDS = [
  "resource",
  "status",
  "name",
  "size",
  "extension",
  "mime_type",
  "attempt_count",
  "download_count",
  "expire_time",
  "create_time",
  "update_time"
] as const

/** What `q_fields` takes: wire names. */
export const SEARCHABLE_FIELDS = [
  "id",
  "resource",
  "name",
  "description",
  "failed_reason"
] as const

/** The item's member that each searchable field looks in. */
export const SEARCHABLE_MEMBERS = {
  "id": "id",
  "resource": "resource",
  "name": "name",
  "description": "description",
  "failed_reason": "failure_reason"
} as const

/** The members that a list is filtered by, and the kind of each. */
export const FILTER_KINDS = {
  "id": "id",
  "company_id": "id",
  "creator_id": "id",
  "resource": "text",
  "status": "text",
  "name": "text",
  "description": "text",
  "size": "number",
  "extension": "text",
  "mime_type": "text",
  "download_url": "text",
  "attempt_count": "number",
  "download_count": "number",
  "failure_reason": "text",
  "expire_time": "time",
  "create_time": "time",
  "update_time": "time"
} as const

/** The operators that each kind of filter takes. */
export const FILTER_OPERATORS = {
  "id": [
    "eq",
    "neq",
    "in",
    "nin",
    "is",
    "isn"
  ],
  "text": [
    "eq",
    "neq",
    "in",
    "nin",
    "is",
    "isn"
  ],
  "number": [
    "eq",
    "neq",
    "gt",
    "gte",
    "lt",
    "lte",
    "in",
    "nin",
    "is",
    "isn",
    "r",
    "rf",
    "rl",
    "rr"
  ],
  "time": [
    "eq",
    "neq",
    "gt",
    "gte",
    "lt",
    "lte",
    "in",
    "nin",
    "is",
    "isn",
    "r",
    "rf",
    "rl",
    "rr"
  ]
} as const

/** How many values an operator takes: `many` are joined by commas, `two` are the ends of a range. */
export const OPERATOR_VALUES = {
  "eq": "one",
  "neq": "one",
  "gt": "one",
  "gte": "one",
  "lt": "one",
  "lte": "one",
  "in": "many",
  "nin": "many",
  "is": "none",
  "isn": "none",
  "r": "two",
  "rf": "two",
  "rl": "two",
  "rr": "two"
} as const

/** What `view` takes. */
export const VIEWS = [
  "default",
  "full"
] as const

/** Members of an item that may be null. */
export const NULLABLE_MEMBERS = [
  "creator_id",
  "description",
  "size",
  "extension",
  "mime_type",
  "download_url",
  "failure_reason",
  "expire_time"
] as const

/** Members of an item that are numbers; the API may send them as strings of digits. */
export const NUMERIC_MEMBERS = [
  "size",
  "attempt_count",
  "download_count"
] as const

/** Values of `status` that are taken for a failure. None is documented: this is a choice. */
export const FAILED_STATUSES = [
  "failed",
  "error"
] as const

/** Values that are documented for the open vocabularies; others may arrive at any time. */
export const KNOWN_VALUES = {
  "resource": [
    "quick-reports"
  ],
  "status": [
    "ready"
  ],
  "extension": [
    "csv"
  ],
  "mime_type": [
    "text/csv"
  ]
} as const

/** Source of a RegExp for ids. */
export const ID_PATTERN = "^[0-9]+$" as const

/** Source of a RegExp for times: `YYYY-MM-DD HH:MM:SS`, GMT. */
export const TIMESTAMP_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$" as const

/** The fixed windows of an account, both counted at once. `windowMs` in milliseconds. */
export const RATE_LIMIT_WINDOWS = [
  {
    "name": "burst",
    "limit": 10,
    "windowMs": 1000
  },
  {
    "name": "steady",
    "limit": 150,
    "windowMs": 60000
  }
] as const

/** The platform's tiers: the limits of both windows, in the order of `RATE_LIMIT_WINDOWS`. */
export const RATE_LIMIT_TIERS = {
  "A": [
    1,
    15
  ],
  "B": [
    3,
    60
  ],
  "C": [
    10,
    150
  ],
  "D": [
    75,
    700
  ],
  "E": [
    350,
    3500
  ]
} as const
