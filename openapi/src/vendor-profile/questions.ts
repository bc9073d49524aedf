import { FILTER_KINDS, NUMERIC_MEMBERS, OPERATOR_VALUES, SEARCHABLE_FIELDS } from '../../generated/constants.ts'
import type { QuestionId } from './answers.ts'

/** The part of JSON Schema that the values of answers need. */
export interface ValueSchema {
  readonly type?: 'integer' | 'number' | 'string' | 'array' | 'object'
  readonly minimum?: number
  readonly enum?: readonly string[]
  readonly items?: ValueSchema
  readonly uniqueItems?: true
  readonly anyOf?: readonly ValueSchema[]
  readonly propertyNames?: { readonly enum: readonly string[] }
  readonly additionalProperties?: ValueSchema | false
  readonly properties?: Readonly<Record<string, ValueSchema>>
  readonly required?: readonly string[]
}

export interface Question {
  /** One sentence with a question mark. */
  readonly asks: string
  readonly value: ValueSchema
}

const MEMBERS = Object.keys(FILTER_KINDS)
const ERRORS = ['400', '401', '404', '429']
const OPERATIONS = ['list', 'view', 'download']

const positive: ValueSchema = { type: 'integer', minimum: 1 }
const text: ValueSchema = { type: 'string' }
const texts: ValueSchema = { type: 'array', items: text, uniqueItems: true }
const duration: ValueSchema = { type: 'number', minimum: 0 }
const latency: ValueSchema = {
  type: 'object',
  properties: { requests: positive, medianMs: duration, p95Ms: duration },
  required: ['requests', 'medianMs', 'p95Ms'],
  additionalProperties: false,
}

function oneOf(...words: readonly string[]): ValueSchema {
  return { type: 'string', enum: words }
}

/** Some of the keys, each with a value. */
function some(keys: readonly string[], value: ValueSchema): ValueSchema {
  return { type: 'object', propertyNames: { enum: keys }, additionalProperties: value }
}

/** What the documents leave open, in the order in which people read it. */
export const QUESTIONS: Readonly<Record<QuestionId, Question>> = {
  'page.default-size': { asks: 'How many items has a page without a size?', value: positive },
  'page.default-order': { asks: 'In which order does a list without sort come?', value: texts },
  'page.filtered-order': { asks: 'And a list with a filter?', value: texts },
  'page.largest-size': { asks: 'How many items may a page have?', value: positive },
  'page.too-large': { asks: 'What does a larger page get?', value: oneOf('refused', 'cut', 'default-size') },
  'page.past-end': {
    asks: 'What is behind the last page?',
    value: oneOf('empty', 'last-page', 'first-page', 'refused', 'missing'),
  },
  'view.default': {
    asks: 'What does view=default leave out?',
    value: some(MEMBERS, oneOf('sent', 'left-out')),
  },
  'view.unnamed': { asks: 'Which view is it without view?', value: oneOf('default', 'full') },
  'members.without-value': {
    asks: 'Which members can lack a value, and how do they come then?',
    value: some(MEMBERS, oneOf('null', 'absent', 'both')),
  },
  'members.undocumented': { asks: 'Which members are not documented?', value: texts },
  'envelope.undocumented': { asks: 'What comes beside total and items?', value: texts },
  'numbers.form': {
    asks: 'Do numbers come as numbers or as texts?',
    value: some(['total', ...NUMERIC_MEMBERS], oneOf('number', 'text', 'both')),
  },
  'search.default-fields': {
    asks: 'Where does q look without q_fields?',
    value: some(SEARCHABLE_FIELDS, oneOf('searched', 'not-searched')),
  },
  'search.case': { asks: 'Does letter case matter to q?', value: oneOf('matters', 'ignored') },
  'search.accents': { asks: 'Do accents matter to q?', value: oneOf('matter', 'ignored') },
  'filter.case': { asks: 'Does letter case matter to eq?', value: oneOf('matters', 'ignored') },
  'filter.accents': { asks: 'Do accents matter to eq?', value: oneOf('matter', 'ignored') },
  'filter.outer-spaces': { asks: 'Do spaces at the ends matter to eq?', value: oneOf('matter', 'ignored') },
  'filter.operators': {
    asks: 'Which operators does each member take?',
    value: some(MEMBERS, some(Object.keys(OPERATOR_VALUES), oneOf('taken', 'refused', 'ignored'))),
  },
  'filter.nulls': {
    asks: 'Which operators find what has no value?',
    value: some(['neq', 'nin', 'gt', 'gte', 'lt', 'lte'], oneOf('found', 'not-found')),
  },
  'filter.empty-text': { asks: 'Is an empty text null to is and isn?', value: oneOf('null', 'text') },
  'filter.range-ends': {
    asks: 'Which ends belong to a range?',
    value: some(['r', 'rf', 'rl', 'rr'], oneOf('none', 'start', 'end', 'both')),
  },
  'filter.day': { asks: 'What is a date without a time?', value: oneOf('midnight', 'whole-day', 'refused') },
  'filter.failure-reason': {
    asks: 'What is the filter by failure_reason called?',
    value: oneOf('failure_reason', 'failed_reason', 'both'),
  },
  'sort.nulls': { asks: 'Where does an ascending order have nulls?', value: oneOf('first', 'last') },
  'sort.ties': { asks: 'In which order are items that sort leaves equal?', value: texts },
  'sort.texts': {
    asks: 'How are texts ordered?',
    value: oneOf('code-point', 'case-insensitive', 'natural', 'letters', 'other'),
  },
  'quota.described-window': {
    asks: 'Which window do the headers describe?',
    value: oneOf('longest', 'shortest', 'fewest-remaining', 'none'),
  },
  'quota.limits': {
    asks: 'Which limits do the headers show?',
    value: { type: 'array', items: positive, uniqueItems: true },
  },
  'quota.reset-rounding': { asks: 'How is Reset rounded?', value: oneOf('up', 'down', 'nearest') },
  'quota.window-start': { asks: 'Do windows follow the clock?', value: oneOf('clock', 'first-request') },
  'quota.shared': {
    asks: 'Do views and downloads use the quota of lists?',
    value: some(['view', 'download'], oneOf('shared', 'not-shared')),
  },
  'quota.refused-cost': { asks: 'What does a refused request cost?', value: some(ERRORS, oneOf('counted', 'free')) },
  'quota.parallel': {
    asks: 'How many requests may be in flight at once?',
    value: { anyOf: [positive, oneOf('not-reached')] },
  },
  'download.redirect': {
    asks: 'Is a download redirected?',
    value: oneOf('none', 'same-origin', 'other-origin'),
  },
  'answer.encoding': { asks: 'How are answers encoded?', value: some(OPERATIONS, text) },
  'download.length': { asks: 'Does a file come with its length?', value: oneOf('sent', 'not-sent') },
  'download.size-unit': {
    asks: 'What is the unit of size?',
    value: oneOf('bytes', 'bits', 'kilobytes', 'kibibytes', 'other'),
  },
  'download.file-name': {
    asks: 'How are files named?',
    value: oneOf('none', 'name', 'name-with-extension', 'id', 'id-with-extension', 'other'),
  },
  'download.content-type': {
    asks: 'How are files typed?',
    value: oneOf('mime_type', 'mime_type-with-parameters', 'other'),
  },
  'download.url': {
    asks: 'Where does download_url point?',
    value: oneOf('documented-path', 'sample-path', 'other'),
  },
  'vocabulary.resource': { asks: 'Which values has resource?', value: texts },
  'vocabulary.status': { asks: 'Which values has status?', value: texts },
  'vocabulary.extension': { asks: 'Which values has extension?', value: texts },
  'vocabulary.mime_type': { asks: 'Which values has mime_type?', value: texts },
  'errors.members': { asks: 'Which members has an error?', value: some(ERRORS, texts) },
  latency: { asks: 'How long does an answer take?', value: some(OPERATIONS, latency) },
  'retry.record': { asks: 'Does a retry run the same record again?', value: oneOf('same', 'new') },
  'retry.of': {
    asks: 'Can a ready export be run again, and one that is being prepared?',
    value: some(['ready', 'preparing'], oneOf('accepted', 'refused')),
  },
}
