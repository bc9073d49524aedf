import type { FILTER_KINDS, FILTER_OPERATORS, NUMERIC_MEMBERS, SEARCHABLE_FIELDS } from '../../generated/constants.ts'

/** A member of an export. */
export type Member = keyof typeof FILTER_KINDS

/** An operator of a filter. */
export type Operator = (typeof FILTER_OPERATORS)[keyof typeof FILTER_OPERATORS][number]

type Some<Key extends string, Value> = Readonly<Partial<Record<Key, Value>>>

/** Milliseconds from the request to the end of its answer. */
export interface Latency {
  readonly requests: number
  readonly medianMs: number
  readonly p95Ms: number
}

/**
 * The value of each question. In a record of members, fields or operations, a key that is left out was not seen. Words
 * are closed: where an account does something else, the answer is `other`.
 */
export interface VendorAnswers {
  /** Items of a page without a size. */
  readonly 'page.default-size': number
  /** As `sort` is written, most significant key first: `['-create_time']`. Where only `id` fits, it may be a key, too. */
  readonly 'page.default-order': readonly string[]
  /** The same for a list with a filter. */
  readonly 'page.filtered-order': readonly string[]
  /** The largest second number of `page` that is honoured. */
  readonly 'page.largest-size': number
  /** What a larger one gets: a refusal, the largest page, or a page of the default size. */
  readonly 'page.too-large': 'refused' | 'cut' | 'default-size'
  /** What a page behind the last one gets: no items, those of the last or the first page, a 400, or a 404. */
  readonly 'page.past-end': 'empty' | 'last-page' | 'first-page' | 'refused' | 'missing'
  /** Whether `view=default` sends a member. */
  readonly 'view.default': Some<Member, 'sent' | 'left-out'>
  /** Which view a request without `view` has. */
  readonly 'view.unnamed': 'default' | 'full'
  /** How members that have no value in some export come in the full view. Others always had one. */
  readonly 'members.without-value': Some<Member, 'null' | 'absent' | 'both'>
  /** Members of an export that are not documented. */
  readonly 'members.undocumented': readonly string[]
  /** Members of the envelope beside `total` and `items`. */
  readonly 'envelope.undocumented': readonly string[]
  /** How `total`, `size` and the counts come. */
  readonly 'numbers.form': Some<'total' | (typeof NUMERIC_MEMBERS)[number], 'number' | 'text' | 'both'>
  /** Whether `q` without `q_fields` looks in a field. */
  readonly 'search.default-fields': Some<(typeof SEARCHABLE_FIELDS)[number], 'searched' | 'not-searched'>
  readonly 'search.case': 'matters' | 'ignored'
  readonly 'search.accents': 'matter' | 'ignored'
  readonly 'filter.case': 'matters' | 'ignored'
  readonly 'filter.accents': 'matter' | 'ignored'
  /** Whether spaces at the ends of a text matter to `eq`. */
  readonly 'filter.outer-spaces': 'matter' | 'ignored'
  /** What a member does with an operator: filter by it, refuse it, or take it and find the same as without. */
  readonly 'filter.operators': Some<Member, Some<Operator, 'taken' | 'refused' | 'ignored'>>
  /** Whether an export without a value is found by an operator. */
  readonly 'filter.nulls': Some<'neq' | 'nin' | 'gt' | 'gte' | 'lt' | 'lte', 'found' | 'not-found'>
  /** Whether an empty text is null to `is` and `isn`. */
  readonly 'filter.empty-text': 'null' | 'text'
  /** Which ends belong to a range. */
  readonly 'filter.range-ends': Some<'r' | 'rf' | 'rl' | 'rr', 'none' | 'start' | 'end' | 'both'>
  /** What a date without a time is. */
  readonly 'filter.day': 'midnight' | 'whole-day' | 'refused'
  /** The name of the parameter that filters by `failure_reason`. */
  readonly 'filter.failure-reason': 'failure_reason' | 'failed_reason' | 'both'
  /** Where exports without a value are in an ascending order. */
  readonly 'sort.nulls': 'first' | 'last'
  /** The order of exports that `sort` leaves equal, for an ascending key. */
  readonly 'sort.ties': readonly string[]
  /** How texts are ordered. `letters`: by code point, without spaces and punctuation. */
  readonly 'sort.texts': 'code-point' | 'case-insensitive' | 'natural' | 'letters' | 'other'
  /** Which window `X-RateLimit-*` describe. `none`: the headers do not come. */
  readonly 'quota.described-window': 'longest' | 'shortest' | 'fewest-remaining' | 'none'
  /** The limits that the headers showed, in ascending order. */
  readonly 'quota.limits': readonly number[]
  readonly 'quota.reset-rounding': 'up' | 'down' | 'nearest'
  /** `clock`: windows begin at fixed times, whether requests come or not. */
  readonly 'quota.window-start': 'clock' | 'first-request'
  /** Whether an operation uses the quota that lists use. */
  readonly 'quota.shared': Some<'view' | 'download', 'shared' | 'not-shared'>
  /** Whether an answer with this status uses a place of the quota. */
  readonly 'quota.refused-cost': Some<'400' | '401' | '404' | '429', 'counted' | 'free'>
  /** Requests that may be in flight at once. `not-reached`: as many as a second allows were all answered. */
  readonly 'quota.parallel': number | 'not-reached'
  readonly 'download.redirect': 'none' | 'same-origin' | 'other-origin'
  /** `Content-Encoding` by operation; `identity`: none. */
  readonly 'answer.encoding': Some<'list' | 'view' | 'download', string>
  /** Whether a file comes with `Content-Length`. */
  readonly 'download.length': 'sent' | 'not-sent'
  readonly 'download.size-unit': 'bytes' | 'bits' | 'kilobytes' | 'kibibytes' | 'other'
  /** What `Content-Disposition` calls a file: after its name or its id, with or without its extension. */
  readonly 'download.file-name': 'none' | 'name' | 'name-with-extension' | 'id' | 'id-with-extension' | 'other'
  /** Whether `Content-Type` is the `mime_type` of the export. */
  readonly 'download.content-type': 'mime_type' | 'mime_type-with-parameters' | 'other'
  /** The path of `download_url`: that of the operation, that of the vendor's sample. */
  readonly 'download.url': 'documented-path' | 'sample-path' | 'other'
  /** Values seen, in alphabetical order. */
  readonly 'vocabulary.resource': readonly string[]
  readonly 'vocabulary.status': readonly string[]
  readonly 'vocabulary.extension': readonly string[]
  readonly 'vocabulary.mime_type': readonly string[]
  /** Members of the body of an error. */
  readonly 'errors.members': Some<'400' | '401' | '404' | '429', readonly string[]>
  readonly latency: Some<'list' | 'view' | 'download', Latency>
  /** Whether a retry runs the same record again or makes a new one. */
  readonly 'retry.record': 'same' | 'new'
  /** What a retry gets of an export whose file is ready, and of one that is being prepared. */
  readonly 'retry.of': Some<'ready' | 'preparing', 'accepted' | 'refused'>
}

export type QuestionId = keyof VendorAnswers
