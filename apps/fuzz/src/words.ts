import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import fc from 'fast-check'
import { anyFilter, rightFilter, wrongFilter } from './filters.ts'

/** The words of a text. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/)
}

/** Characters that a header can hold on the wire. */
export const latin1: fc.Arbitrary<string> = fc
  .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 30 })
  .map((codes) => String.fromCharCode(...codes))

/** Part of a target: well encoded, badly encoded, or not at all. */
export const junk: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
  },
  { weight: 3, arbitrary: fc.stringMatching(/^[%&=+,;#/.0-9a-fA-F'"\\[\]{}|^`<>-]{0,20}$/) },
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z0-9-]{1,12}$/) },
  { weight: 1, arbitrary: latin1 },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '%',
      '%ff',
      '%00',
      '%c0%af',
      '%ed%a0%80',
      '..',
      '%2e%2e',
      '%2f',
      '__proto__',
      'constructor',
      '1e9',
      '-1',
      '٣',
      '%27%20OR%201=1%20--',
      'a'.repeat(9_000),
    ),
  },
)

const GOOD_NAMES = ['fields', 'view', 'sort', 'page', 'q', 'q_fields']
const ODD_NAMES = [
  'toString',
  '__proto__',
  'hasOwnProperty',
  'FIELDS',
  'fields[]',
  '%66ields',
  'statsu',
  'status[]',
  'STATUS',
  '__code',
  '__dynamic',
]
const WORDS: readonly string[] = [
  ...SELECTABLE_FIELDS,
  ...SEARCHABLE_FIELDS,
  ...SORTABLE_FIELDS.map((field) => `-${field}`),
]

const value = fc.oneof(
  junk,
  fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((list) => list.join(',')),
  fc.tuple(fc.integer(), fc.integer()).map((pair) => pair.join(',')),
  fc.constantFrom('default', 'full', '1', '2,5', 'vip', '[]', '{"a":1}'),
)
const goodPair = fc.constantFrom(
  'view=full',
  'fields=id,name',
  'sort=-create_time,name',
  'page=2,50',
  'page=1',
  'q=vip',
  'q_fields=name',
  'other=1',
  'fields=',
)

/** A query string with its `?`, or nothing. */
export const search: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: goodPair },
      { weight: 2, arbitrary: rightFilter },
      wrongFilter,
      { weight: 2, arbitrary: anyFilter },
      fc.tuple(fc.constantFrom(...GOOD_NAMES, ...ODD_NAMES), value).map((pair) => pair.join('=')),
      junk,
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`))
