import { FILTER_KINDS, FILTER_OPERATORS, OPERATOR_VALUES } from '@hood-exports/openapi'
import fc from 'fast-check'

type Member = keyof typeof FILTER_KINDS
type Kind = keyof typeof FILTER_OPERATORS
type Operator = keyof typeof OPERATOR_VALUES

const MEMBERS = Object.keys(FILTER_KINDS) as Member[]
const OPERATORS = Object.keys(OPERATOR_VALUES) as Operator[]

/** Values that each kind takes, alone and in lists: no comma, and nothing that reads like an operator. */
const VALUES: Readonly<Record<Kind, fc.Arbitrary<string>>> = {
  id: fc.oneof(fc.constantFrom('1000000', '1000001', '2000001', '007'), fc.stringMatching(/^[0-9]{1,25}$/)),
  text: fc.oneof(
    fc.constantFrom('ready', 'failed', 'csv', 'Ana: 1', '%', '_', "'; --", 'null', '\u0160', '\u{1f600}'),
    fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !/,|^[a-z]*:/.test(text)),
  ),
  number: fc.oneof(
    fc.integer({ min: -10, max: 2_000_000 }).map(String),
    fc.constantFrom('007', '-0', '9'.repeat(18), '9'.repeat(40), `-${'9'.repeat(40)}`),
  ),
  time: fc
    .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
    .chain((date) => fc.constantFrom(19, 10).map((length) => date.toISOString().replace('T', ' ').slice(0, length))),
}

const kindOf = (member: Member): Kind => FILTER_KINDS[member]

function valuesFor(kind: Kind, operator: Operator): fc.Arbitrary<string> {
  const value = VALUES[kind]
  switch (OPERATOR_VALUES[operator]) {
    case 'none':
      return fc.constant('')
    case 'one':
      return value
    case 'many':
      return fc.array(value, { minLength: 1, maxLength: 4 }).map((list) => list.join(','))
    case 'two':
      return fc.tuple(value, value).map((list) => list.join(','))
  }
}

const pair = (member: string, text: string): string => `${member}=${encodeURIComponent(text)}`

/** `member=operator:value`, as the document has it. */
export const rightFilter: fc.Arbitrary<string> = fc.constantFrom(...MEMBERS).chain((member) => {
  const kind = kindOf(member)
  return fc.oneof(
    { weight: 1, arbitrary: VALUES[kind].map((value) => pair(member, value)) },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom<Operator>(...FILTER_OPERATORS[kind])
        .chain((operator) => valuesFor(kind, operator).map((value) => pair(member, `${operator}:${value}`))),
    },
  )
})

/** Right ones for several members, each once. */
export const rightFilters: fc.Arbitrary<string> = fc
  .uniqueArray(rightFilter, { minLength: 1, maxLength: 4, selector: (text) => text.split('=')[0] })
  .map((pairs) => pairs.join('&'))

/** What no member of its kind takes. */
const WRONG: Readonly<Record<Kind, readonly string[]>> = {
  id: ['x', '', 'eq:', 'in:', 'in:1,', 'nin:,1', 'is:1', 'isn:null', 'gt:1', 'rf:1,2', 'like:1', '-1', '1.0', ' 1'],
  text: ['gt:a', 'lte:a', 'r:a,b', 'rf:a,b', 'in:', 'in:a,', 'nin:a,,b', 'is:a', 'isn:a', 'like:a', ':a', 'http://x'],
  number: ['x', '', '1.5', '1e3', 'gt:', 'lt:x', 'in:1,', 'r:1', 'rf:1,2,3', 'rl:,1', 'rr:1,', 'is:1', 'like:1', '+1'],
  time: ['x', '', '2026', '2026-01-01T00:00:00Z', 'gt:now', 'in:2026-01-01,', 'rf:2026-01-01', 'isn:x', 'like:2026'],
}

export const wrongFilter: fc.Arbitrary<string> = fc
  .constantFrom(...MEMBERS)
  .chain((member) => fc.constantFrom(...WRONG[kindOf(member)]).map((text) => pair(member, text)))

/** Any operator with any number of values of any kind, or of none. */
export const anyFilter: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...MEMBERS),
    fc.constantFrom<string>(...OPERATORS, '', 'like', 'EQ', 'eq:neq', '__proto__'),
    fc.array(fc.oneof(...Object.values(VALUES), fc.constantFrom('', ' ', '%', '\u0000')), { maxLength: 3 }),
    fc.constantFrom(encodeURIComponent, encodeURI),
  )
  .map(([member, operator, values, encode]) => `${member}=${operator}:${encode(values.join(','))}`)
