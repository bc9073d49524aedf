import {
  FILTER_KINDS,
  FILTER_OPERATORS,
  NULLABLE_MEMBERS,
  NUMERIC_MEMBERS,
  SEARCHABLE_FIELDS,
} from '@hood-exports/openapi'
import type { Member, Operator, VendorAnswers } from '@hood-exports/openapi/profile'
import fc from 'fast-check'
import type { createSandbox } from '@hood-exports/sandbox'

type SandboxOptions = NonNullable<Parameters<typeof createSandbox>[0]>

/** A provider that settles what the documents leave open, and where its data and its clock begin. */
export interface Draw {
  readonly choices: Partial<VendorAnswers>
  readonly sandbox: Pick<SandboxOptions, 'seed' | 'items' | 'windowPhaseMs'>
  /** Milliseconds from the beginning of a minute to that of the run. */
  readonly startMs: number
}

const order = fc.constantFrom(
  ['-create_time'],
  ['name'],
  ['-status', '-size'],
  ['update_time'],
  ['-download_count', 'name'],
)
const nullOrNot = fc.constantFrom('found', 'not-found')
const MEMBERS = Object.keys(FILTER_KINDS) as Member[]

/** Each key with a value of its own. */
function each<Key extends string, Value>(
  keys: readonly Key[],
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<Readonly<Partial<Record<Key, Value>>>> {
  return fc
    .tuple(...keys.map((key) => value.map((one) => [key, one] as const)))
    .map((entries) => Object.fromEntries(entries) as Partial<Record<Key, Value>>)
}

/** Some members do not take some operators: all of a kind, or one by one. Equality is promised. */
const operators: fc.Arbitrary<VendorAnswers['filter.operators']> = fc
  .record({
    of: fc.constantFrom('none', 'all', 'time', 'number', 'size', 'status'),
    refused: fc.constantFrom<readonly Operator[]>(
      ['r', 'rf', 'rl', 'rr'],
      ['is', 'isn'],
      ['gt', 'gte', 'lt', 'lte'],
      ['neq', 'nin'],
      ['lt', 'nin'],
    ),
    how: fc.constantFrom('refused', 'ignored'),
  })
  .map(({ of, refused, how }) =>
    Object.fromEntries(
      MEMBERS.map((member) => {
        const isMeant = of === 'all' || of === member || of === FILTER_KINDS[member]
        const taken = FILTER_OPERATORS[FILTER_KINDS[member]]
        return [
          member,
          Object.fromEntries(
            taken.map((one) => [one, isMeant && (refused as readonly string[]).includes(one) ? how : 'taken']),
          ),
        ]
      }),
    ),
  )

const choices: fc.Arbitrary<Partial<VendorAnswers>> = fc.record({
  'page.default-size': fc.constantFrom(5, 7, 10, 20, 25),
  'page.default-order': order,
  'page.filtered-order': order,
  'page.largest-size': fc.constantFrom(50, 64, 77, 100, 200, 201),
  'page.too-large': fc.constantFrom('refused', 'cut', 'default-size'),
  'page.past-end': fc.constantFrom('empty', 'last-page', 'first-page', 'refused', 'missing'),
  'view.default': fc
    .subarray<Member>(MEMBERS.filter((member) => member !== 'id'))
    .map((out) => Object.fromEntries(MEMBERS.map((member) => [member, out.includes(member) ? 'left-out' : 'sent']))),
  'view.unnamed': fc.constantFrom('default', 'full'),
  'members.without-value': each(NULLABLE_MEMBERS, fc.constantFrom('null', 'absent')),
  'numbers.form': each(['total', ...NUMERIC_MEMBERS], fc.constantFrom('number', 'text')),
  'search.default-fields': each(SEARCHABLE_FIELDS, fc.constantFrom('searched', 'not-searched')).map((fields) => ({
    ...fields,
    name: 'searched' as const,
  })),
  'search.case': fc.constantFrom('matters', 'ignored'),
  'search.accents': fc.constantFrom('matter', 'ignored'),
  'filter.case': fc.constantFrom('matters', 'ignored'),
  'filter.accents': fc.constantFrom('matter', 'ignored'),
  'filter.outer-spaces': fc.constantFrom('matter', 'ignored'),
  'filter.operators': operators,
  'filter.nulls': each(['neq', 'nin', 'gt', 'gte', 'lt', 'lte'], nullOrNot),
  'filter.empty-text': fc.constantFrom('null', 'text'),
  'filter.range-ends': each(['r', 'rf', 'rl', 'rr'], fc.constantFrom('none', 'start', 'end', 'both')),
  'filter.day': fc.constantFrom('midnight', 'whole-day', 'refused'),
  'filter.failure-reason': fc.constantFrom('failure_reason', 'failed_reason', 'both'),
  'sort.nulls': fc.constantFrom('first', 'last'),
  'sort.ties': fc.constantFrom(['id'], ['-id'], ['-size'], ['name']),
  'sort.texts': fc.constantFrom('code-point', 'case-insensitive', 'natural', 'letters'),
  'quota.described-window': fc.constantFrom('longest', 'shortest', 'fewest-remaining'),
  'quota.reset-rounding': fc.constantFrom('up', 'down', 'nearest'),
  'quota.window-start': fc.constantFrom('clock', 'first-request'),
  'quota.refused-cost': each(['400', '404'], fc.constantFrom('counted', 'free')),
  'download.redirect': fc.constantFrom('none', 'none', 'none', 'same-origin', 'other-origin'),
  'download.length': fc.constantFrom('sent', 'not-sent'),
  'download.file-name': fc.constantFrom('none', 'name', 'name-with-extension', 'id', 'id-with-extension'),
  'download.content-type': fc.constantFrom('mime_type', 'mime_type-with-parameters'),
  'download.url': fc.constantFrom('documented-path', 'sample-path'),
  'download.size-unit': fc.constantFrom('bytes', 'bits'),
})

/** Every combination is a correct provider. */
export const draws: fc.Arbitrary<Draw> = fc.record({
  choices,
  sandbox: fc.record({
    seed: fc.integer({ min: 1, max: 1_000 }),
    items: fc.constantFrom(180, 240, 400),
    windowPhaseMs: fc.integer({ min: 0, max: 59_999 }),
  }),
  startMs: fc.integer({ min: 0, max: 59_999 }),
})
