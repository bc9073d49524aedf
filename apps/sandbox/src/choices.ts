import {
  FILTER_KINDS,
  FILTER_OPERATORS,
  NUMERIC_MEMBERS,
  RATE_LIMIT_TIERS,
  SELECTABLE_FIELDS,
} from '@hood-exports/openapi'
import { QUESTIONS, learnt, valueProblem } from '@hood-exports/openapi/profile'
import type { Member, Operator, QuestionId, VendorAnswers, VendorProfile } from '@hood-exports/openapi/profile'
import { FORMATS, KNOWN_STATUSES, RESOURCES } from './data/vocabulary.ts'

export type { Member, Operator } from '@hood-exports/openapi/profile'

/**
 * What is not documented and this sandbox therefore had to choose, in this one place: an answer to each question of a
 * vendor profile. Each is marked with "?" in the facts of the API; `docs/sandbox.md` lists them for people.
 */
export type Choices = VendorAnswers

/** The vendor's words where there are some, what its other pages do where there are none. */
export const DEFAULT_CHOICES: Choices = {
  // As for the campaigns of the same API, and so is the order.
  'page.default-size': 10,
  'page.default-order': ['-create_time'],
  'page.filtered-order': ['-create_time'],
  'page.largest-size': 1_000,
  'page.too-large': 'refused',
  'page.past-end': 'empty',
  'view.default': { creator_id: 'left-out', description: 'left-out', failure_reason: 'left-out' },
  // The vendor's sample of a request without it has every member.
  'view.unnamed': 'full',
  'members.without-value': {
    creator_id: 'null',
    description: 'null',
    size: 'null',
    extension: 'null',
    mime_type: 'null',
    download_url: 'null',
    failure_reason: 'null',
    expire_time: 'null',
  },
  'members.undocumented': [],
  'envelope.undocumented': [],
  'numbers.form': {},
  'search.default-fields': { name: 'searched' },
  'search.case': 'ignored',
  'search.accents': 'matter',
  'filter.case': 'matters',
  'filter.accents': 'matter',
  'filter.outer-spaces': 'matter',
  'filter.operators': Object.fromEntries(
    SELECTABLE_FIELDS.map((member) => [
      member,
      Object.fromEntries(FILTER_OPERATORS[FILTER_KINDS[member]].map((operator) => [operator, 'taken'])),
    ]),
  ),
  'filter.nulls': { neq: 'found', nin: 'found' },
  'filter.empty-text': 'text',
  'filter.range-ends': { r: 'none', rf: 'both', rl: 'start', rr: 'end' },
  'filter.day': 'midnight',
  'filter.failure-reason': 'failure_reason',
  'sort.nulls': 'first',
  'sort.ties': ['id'],
  'sort.texts': 'code-point',
  'quota.described-window': 'longest',
  'quota.limits': [],
  'quota.reset-rounding': 'up',
  'quota.window-start': 'clock',
  'quota.shared': {},
  'quota.refused-cost': { 400: 'counted', 401: 'free', 404: 'counted', 429: 'free' },
  'quota.parallel': 'not-reached',
  'download.redirect': 'none',
  'answer.encoding': {},
  'download.length': 'not-sent',
  'download.size-unit': 'bytes',
  'download.file-name': 'name-with-extension',
  'download.content-type': 'mime_type',
  'download.url': 'sample-path',
  'vocabulary.resource': RESOURCES,
  'vocabulary.status': KNOWN_STATUSES,
  'vocabulary.extension': FORMATS.map(({ extension }) => extension),
  'vocabulary.mime_type': FORMATS.map(({ mime_type }) => mime_type),
  'errors.members': {},
  latency: {},
  'retry.record': 'same',
  'retry.of': { ready: 'accepted', preparing: 'refused' },
}

/** Each member without a value is left out, where the default is null. */
export const NULLS_LEFT_OUT: Partial<Choices> = {
  'members.without-value': Object.fromEntries(
    Object.keys(DEFAULT_CHOICES['members.without-value']).map((member) => [member, 'absent']),
  ),
}

/** `total`, `size` and the counts are strings of digits. */
export const NUMBERS_AS_TEXT: Partial<Choices> = {
  'numbers.form': Object.fromEntries(['total', ...NUMERIC_MEMBERS].map((name) => [name, 'text'])),
}

/** Answers to questions about records of names: a name that is left out was not seen, and is as by default. */
const BY_NAME = [
  'view.default',
  'filter.nulls',
  'filter.range-ends',
  'filter.operators',
  'quota.refused-cost',
  'retry.of',
] as const satisfies readonly QuestionId[]

/**
 * Every choice: those given, and the defaults of the others. Records of names are completed name by name, except for
 * `members.without-value`, whose other members always have a value.
 *
 * @throws RangeError that names the choice, its value and the rule.
 */
export function completeChoices(given: Partial<Choices>): Choices {
  for (const [id, value] of Object.entries(given)) {
    if (!Object.hasOwn(QUESTIONS, id)) {
      throw new RangeError(`choices: "${id}" is none; they are ${Object.keys(QUESTIONS).join(', ')}`)
    }
    const problem = valueProblem(QUESTIONS[id as QuestionId].value, value)
    if (problem !== undefined) throw new RangeError(`choices["${id}"]${problem}`)
  }
  for (const id of ['page.default-order', 'page.filtered-order', 'sort.ties'] as const) {
    const wrong = given[id]?.find((key) => !(SELECTABLE_FIELDS as readonly string[]).includes(key.replace(/^-/, '')))
    if (wrong !== undefined) throw new RangeError(`choices["${id}"]: "${wrong}" is no member of an export`)
  }
  const operators = given['filter.operators'] ?? {}
  const choices: Choices = {
    ...DEFAULT_CHOICES,
    ...given,
    ...Object.fromEntries(BY_NAME.map((id) => [id, { ...DEFAULT_CHOICES[id], ...given[id] }])),
    'filter.operators': Object.fromEntries(
      SELECTABLE_FIELDS.map((member) => [
        member,
        { ...DEFAULT_CHOICES['filter.operators'][member], ...operators[member] },
      ]),
    ),
    'page.filtered-order': given['page.filtered-order'] ?? given['page.default-order'] ?? ['-create_time'],
  }
  const [size, largest] = [choices['page.default-size'], choices['page.largest-size']]
  if (size <= largest) return choices
  if (given['page.largest-size'] === undefined) return { ...choices, 'page.largest-size': size }
  throw new RangeError(`choices["page.default-size"]: ${size}; give at most page.largest-size, which is ${largest}`)
}

/** What a profile says. What it has not observed is as by default, but for a refusal: that would have been seen. */
export function choicesLike(profile: VendorProfile): Partial<Choices> {
  const observed = Object.fromEntries(
    (Object.keys(QUESTIONS) as QuestionId[]).flatMap((id) => {
      const value = learnt(profile, id)
      return value === undefined ? [] : [[id, value]]
    }),
  )
  return {
    'page.too-large': 'cut',
    'quota.described-window': windowLike(learnt(profile, 'quota.limits') ?? []),
    ...observed,
    'filter.operators': operatorsLike(profile),
  }
}

/** Which window has the limits that headers showed. */
function windowLike(shown: readonly number[]): Choices['quota.described-window'] {
  if (shown.length > 1) return 'fewest-remaining'
  return Object.values(RATE_LIMIT_TIERS).some(([burst]) => burst === shown[0]) ? 'shortest' : 'longest'
}

/** What was not observed of a member is as for others of its kind, where these agree. */
function operatorsLike(profile: VendorProfile): Choices['filter.operators'] {
  const observed = learnt(profile, 'filter.operators') ?? {}
  const usesOf = (kind: string, operator: Operator): ReadonlySet<string> =>
    new Set(
      SELECTABLE_FIELDS.filter((member) => FILTER_KINDS[member] === kind).flatMap(
        (member) => observed[member]?.[operator] ?? [],
      ),
    )
  const usesLike = (member: Member): object =>
    Object.fromEntries(
      FILTER_OPERATORS[FILTER_KINDS[member]].flatMap((operator) => {
        const uses = usesOf(FILTER_KINDS[member], operator)
        return uses.size === 1 ? [[operator, [...uses][0]]] : []
      }),
    )
  return Object.fromEntries(SELECTABLE_FIELDS.map((member) => [member, { ...usesLike(member), ...observed[member] }]))
}

/** What a member does with an operator. */
export function operatorUse(choices: Choices, member: Member, operator: Operator): 'taken' | 'refused' | 'ignored' {
  return choices['filter.operators'][member]?.[operator] ?? 'refused'
}
