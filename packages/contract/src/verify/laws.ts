import type { Family, Law, LawName } from './law.ts'

const LIST = '/paths/~1v1~1hood~1exports/get'
const VIEW = '/paths/~1v1~1hood~1exports~1{id}/get'
const DOWNLOAD = '/paths/~1v1~1hood~1exports~1{id}~1download/get'
const RETRY = '/paths/~1v1~1hood~1exports~1{id}~1retry/post'
const CREATE = '/paths/~1v1~1hood~1quick-reports~1{id}~1export/post'
const PARAMETERS = '/components/parameters'
const HEADERS = '/components/headers'
const OPERATORS = '/x-filter-operators'

/** Every law, by its name. */
export const LAWS: Readonly<Record<LawName, Law>> = {
  'complete-answers': {
    family: 'transport',
    promise: 'every request gets a complete answer',
    pointer: LIST,
    source: 'RFC 9110',
  },
  'clean-json': {
    family: 'transport',
    promise: 'JSON is UTF-8 without a byte order mark, and no object names a member twice',
    pointer: LIST,
    source: 'RFC 8259',
  },
  'secret-tokens': {
    family: 'transport',
    promise: 'no answer repeats a token',
    pointer: '/components/securitySchemes/bearer',
    source: 'S',
  },
  'spec-headers': { family: 'rate-limit', promise: 'headers are as in the spec', pointer: LIST, source: 'V' },
  'spec-list': { family: 'envelope', promise: 'a list is as in the spec', pointer: LIST, source: 'S' },
  'spec-items': {
    family: 'items',
    promise: 'items are as in the spec',
    pointer: '/components/schemas/Export',
    source: 'S',
  },
  'spec-errors': {
    family: 'errors',
    promise: 'errors are as in the spec',
    pointer: '/components/schemas/ErrorBody',
    source: 'S, V',
  },
  'spec-status': { family: 'status', promise: 'only documented status codes are sent', pointer: LIST, source: 'S, V' },
  'real-times': {
    family: 'items',
    promise: 'times are moments of the calendar',
    pointer: '/components/schemas/Timestamp',
    source: 'S',
  },
  'relative-download-url': {
    family: 'items',
    promise: 'download_url is relative to the host, and each item has its own',
    pointer: '/components/schemas/Export/properties/download_url',
    source: 'S, V',
  },
  'same-values': {
    family: 'items',
    promise: 'an item has the same values in every answer',
    pointer: '/components/schemas/Export',
    source: 'S, V',
  },
  'unique-items': {
    family: 'items',
    promise: 'no item comes twice',
    pointer: '/components/schemas/ExportList',
    source: 'S',
  },
  'total-counts-matches': {
    family: 'envelope',
    promise: 'total counts every match, whatever the page',
    pointer: '/components/schemas/ExportList/properties/total',
    source: 'S',
  },
  'valid-is-answered': {
    family: 'status',
    promise: 'a valid request is answered with 200',
    pointer: LIST,
    source: 'S, V',
  },
  'pages-partition': {
    family: 'page',
    promise: 'pages are pieces of one sequence, whatever their size: nothing twice, nothing left out',
    pointer: `${PARAMETERS}/Page`,
    source: 'V',
  },
  'page-size': {
    family: 'page',
    promise: 'a page has as many items as asked, and the last one has the rest',
    pointer: `${PARAMETERS}/Page`,
    source: 'V',
  },
  'page-past-end': {
    family: 'page',
    promise: 'a page past the last one is answered without a failure',
    pointer: `${PARAMETERS}/Page`,
    source: '?',
  },
  'sort-order': {
    family: 'sort',
    promise: 'sort orders the whole list by each key in turn, ascending, or descending after "-"',
    pointer: `${PARAMETERS}/Sort`,
    source: 'V, S',
  },
  'search-finds': {
    family: 'search',
    promise: 'q finds the items whose named members contain it, and no others',
    pointer: `${PARAMETERS}/Query`,
    source: 'V',
  },
  'search-default': {
    family: 'search',
    promise: 'q without q_fields looks in a searchable field',
    pointer: `${PARAMETERS}/QueryFields`,
    source: 'V',
  },
  'filter-equal': {
    family: 'filter',
    promise: 'every member filters by its value: member=value and eq find the items that have it, and no others',
    pointer: LIST,
    source: 'S, V',
  },
  'filter-not-equal': {
    family: 'filter',
    promise: 'neq finds the items that have another value',
    pointer: `${OPERATORS}/neq`,
    source: 'V',
  },
  'filter-lists': {
    family: 'filter',
    promise: 'in finds the items that have one of its values, and nin those that have another one',
    pointer: `${OPERATORS}/in`,
    source: 'V',
  },
  'filter-null': {
    family: 'filter',
    promise: 'is finds the items that have a value, and isn those that have none',
    pointer: `${OPERATORS}/is`,
    source: 'V',
  },
  'filter-bounds': {
    family: 'filter',
    promise: 'gt, gte, lt and lte compare numbers and times by their value, gte and lte with the bound itself',
    pointer: `${OPERATORS}/gt`,
    source: 'V',
  },
  'filter-ranges': {
    family: 'filter',
    promise:
      'r is what lies between its ends, rf has both ends as well, and rl and rr are no more than rf and no less than r',
    pointer: `${OPERATORS}/r`,
    source: 'V',
  },
  'filters-combine': {
    family: 'filter',
    promise: 'filters must all hold, whatever q, sort, page, fields and view are',
    pointer: LIST,
    source: 'V, S',
  },
  'fields-exact': {
    family: 'fields',
    promise: 'fields selects exactly the members it names, whatever view says',
    pointer: `${PARAMETERS}/Fields`,
    source: 'V, S',
  },
  'view-complete': {
    family: 'fields',
    promise: 'view=full has every member that fields can select',
    pointer: `${PARAMETERS}/View`,
    source: 'V',
  },
  'view-is-list-item': {
    family: 'envelope',
    promise: 'a view is the envelope of the one item that was asked for',
    pointer: VIEW,
    source: 'V',
  },
  'mistakes-are-refused': {
    family: 'validation',
    promise: 'a parameter that is not as documented is answered with 400',
    pointer: `${LIST}/responses/400`,
    source: 'S',
  },
  'unknown-ids-are-missing': {
    family: 'status',
    promise: 'an id that the account does not have is answered with 404',
    pointer: `${VIEW}/responses/404`,
    source: '?',
  },
  'no-token-no-data': {
    family: 'status',
    promise: 'without a valid token every operation is answered with 401',
    pointer: '/components/securitySchemes/bearer',
    source: 'S, V',
  },
  'download-bytes': {
    family: 'download',
    promise: 'a download is the whole file of the item: as long as its size, the same each time',
    pointer: `${DOWNLOAD}/responses/200`,
    source: 'V, S',
  },
  'download-type': {
    family: 'download',
    promise: 'the Content-Type of a download is the media type of the item',
    pointer: `${DOWNLOAD}/responses/200/content`,
    source: 'V, S',
  },
  'download-is-streamed': {
    family: 'download',
    promise: 'a download is sent in chunks, without Content-Length',
    pointer: DOWNLOAD,
    source: 'V',
  },
  'download-answers': {
    family: 'download',
    promise: 'the file of an item that is ready can be downloaded',
    pointer: DOWNLOAD,
    source: 'V',
  },
  'quota-values': {
    family: 'rate-limit',
    promise: 'X-RateLimit-* describe one of the two windows: 10 in 1 s or 150 in 60 s',
    pointer: `${HEADERS}/X-RateLimit-Limit`,
    source: 'V, S',
  },
  'quota-counts-down': {
    family: 'rate-limit',
    promise: 'X-RateLimit-Remaining falls with every request until the window refreshes',
    pointer: `${HEADERS}/X-RateLimit-Remaining`,
    source: 'V',
  },
  'quota-reset': {
    family: 'rate-limit',
    promise: 'X-RateLimit-Reset is the time until that window refreshes, in seconds',
    pointer: `${HEADERS}/X-RateLimit-Reset`,
    source: 'V',
  },
  'quota-is-enforced': {
    family: 'rate-limit',
    promise: '10 requests of an account are admitted in a second, and one more is answered with 429',
    pointer: '/x-rate-limits',
    source: 'V, S',
  },
  'retry-after-is-true': {
    family: 'rate-limit',
    promise: 'after the seconds in Retry-After a request is admitted, and not long before',
    pointer: `${HEADERS}/Retry-After`,
    source: 'V',
  },
  'no-refusal-inside-quota': {
    family: 'rate-limit',
    promise: 'nothing is refused while the quota lasts',
    pointer: '/x-rate-limits',
    source: 'V, S',
  },
  'quota-per-account': {
    family: 'rate-limit',
    promise: 'the quota is the account’s: its tokens share it, other accounts have their own',
    pointer: '/x-rate-limits/scope',
    source: 'V',
  },
  'own-items-only': {
    family: 'tenancy',
    promise: 'a list has the items of the account, and of no other',
    pointer: LIST,
    source: 'S',
  },
  'foreign-ids-are-missing': {
    family: 'tenancy',
    promise: 'the items of another account are answered like ids that do not exist',
    pointer: `${VIEW}/responses/404`,
    source: '?',
  },
  'tokens-see-the-same': {
    family: 'tenancy',
    promise: 'every token of an account sees the same',
    pointer: LIST,
    source: 'V',
  },
  'spec-operation': {
    family: 'create',
    promise: 'an operation is as in the spec',
    pointer: '/components/schemas/Operation',
    source: 'V',
  },
  'create-is-accepted': {
    family: 'create',
    promise: 'a request for an export of a quick report is answered with 202 and an operation of the account',
    pointer: `${CREATE}/responses/202`,
    source: 'V',
  },
  'create-makes-one': {
    family: 'create',
    promise: 'each request that is accepted makes one export, listed among the others; one that is refused makes none',
    pointer: CREATE,
    source: 'V',
  },
  'create-as-asked': {
    family: 'create',
    promise: 'an export that was made has the name and the format that were asked for, and belongs to the account',
    pointer: '/components/schemas/QuickReportExport',
    source: 'V, ?',
  },
  'create-has-a-file': {
    family: 'create',
    promise: 'when an export that was made is ready, its file can be downloaded',
    pointer: `${DOWNLOAD}/responses/200`,
    source: 'V',
  },
  'create-is-refused': {
    family: 'create',
    promise: 'a body that is not as documented is answered with 400',
    pointer: `${CREATE}/responses/400`,
    source: 'V',
  },
  'create-needs-post': {
    family: 'create',
    promise: 'GET makes no export',
    pointer: CREATE,
    source: 'RFC 9110',
  },
  'retry-is-accepted': {
    family: 'retry',
    promise: 'a retry of an export that has failed is answered with 202 and an operation of the account',
    pointer: `${RETRY}/responses/202`,
    source: 'V',
  },
  'retry-runs-again': {
    family: 'retry',
    promise: 'a retry runs an export once more: with another attempt of its record, or as a new one',
    pointer: RETRY,
    source: 'V, ?',
  },
  'retry-needs-post': {
    family: 'retry',
    promise: 'GET runs no export again',
    pointer: RETRY,
    source: 'RFC 9110',
  },
}

export const LAW_NAMES: readonly LawName[] = Object.keys(LAWS) as LawName[]

export const FAMILIES: readonly Family[] = [...new Set(LAW_NAMES.map((name) => LAWS[name].family))]
