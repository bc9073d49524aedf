import { FILTER_KINDS, SEARCHABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import type { Choices } from '@hood-exports/sandbox'
import { DEFAULT_CHOICES } from '@hood-exports/sandbox'
import fc from 'fast-check'

const MEMBERS = Object.keys(FILTER_KINDS) as (keyof typeof FILTER_KINDS)[]
const NULLABLE = Object.keys(DEFAULT_CHOICES['members.without-value'])

function some<Value>(names: readonly string[], value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> {
  return fc.subarray([...names]).chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, value]))))
}

function all<Value>(names: readonly string[], value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> {
  return fc.record(Object.fromEntries(names.map((name) => [name, value])))
}

const order = fc.constantFrom(...SORTABLE_FIELDS).chain((member) => fc.constantFrom([member], [`-${member}`]))
/** Operators that no member takes, whatever its kind. */
const operators = fc
  .constantFrom([], ['r', 'rf', 'rl', 'rr'], ['is', 'isn'], ['in', 'nin'])
  .map((refused: readonly string[]) =>
    Object.fromEntries(
      MEMBERS.map((member) => [member, Object.fromEntries(refused.map((operator) => [operator, 'refused']))]),
    ),
  )

/** Choices that are all permitted: an account of the vendor may be so. */
export const anyChoices: fc.Arbitrary<Partial<Choices>> = fc
  .record({
    'page.default-size': fc.constantFrom(1, 7, 10, 25, 50),
    'page.largest-size': fc.constantFrom(50, 100, 1_000),
    'page.too-large': fc.constantFrom('refused', 'cut'),
    'page.past-end': fc.constantFrom('empty', 'last-page', 'refused', 'missing'),
    'page.default-order': order,
    'view.default': some(MEMBERS, fc.constantFrom('sent', 'left-out')),
    'view.unnamed': fc.constantFrom('default', 'full'),
    'members.without-value': all(NULLABLE, fc.constantFrom('null', 'absent')),
    'numbers.form': some(['total', 'size', 'attempt_count', 'download_count'], fc.constantFrom('number', 'text')),
    'search.default-fields': fc
      .subarray([...SEARCHABLE_FIELDS], { minLength: 1 })
      .map((fields) => Object.fromEntries(fields.map((field) => [field, 'searched']))),
    'filter.case': fc.constantFrom('matters', 'ignored'),
    'filter.accents': fc.constantFrom('matter', 'ignored'),
    'filter.outer-spaces': fc.constantFrom('matter', 'ignored'),
    'filter.operators': operators,
    'filter.nulls': all(['neq', 'nin'], fc.constantFrom('found', 'not-found')),
    'filter.empty-text': fc.constantFrom('null', 'text'),
    'filter.range-ends': all(['rl', 'rr'], fc.constantFrom('none', 'start', 'end', 'both')),
    'filter.day': fc.constantFrom('midnight', 'whole-day'),
    'filter.failure-reason': fc.constantFrom('failure_reason', 'failed_reason', 'both'),
    'sort.nulls': fc.constantFrom('first', 'last'),
    'sort.ties': fc.constantFrom(['id'], ['-id']),
    'quota.described-window': fc.constantFrom('longest', 'shortest', 'fewest-remaining'),
    'quota.reset-rounding': fc.constantFrom('up', 'down', 'nearest'),
    'quota.window-start': fc.constantFrom('clock', 'first-request'),
    'download.size-unit': fc.constantFrom('bytes', 'bits'),
    'download.file-name': fc.constantFrom('none', 'name', 'name-with-extension', 'id', 'id-with-extension', 'other'),
    'download.content-type': fc.constantFrom('mime_type', 'mime_type-with-parameters'),
    'download.url': fc.constantFrom('documented-path', 'sample-path', 'other'),
    'vocabulary.resource': fc.constantFrom(['quick-reports'], ['segments', 'tags', 'customers']),
  })
  .map((choices) => choices as unknown as Partial<Choices>)
