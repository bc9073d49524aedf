import { FILTER_KINDS } from '@hood-exports/openapi'
import { finding, holds, order, reading, rewriting } from '../filtered-lists.ts'
import type { Compare, Given } from '../filtered-lists.ts'
import type { Item } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

const MEMBERS = Object.keys(FILTER_KINDS) as Given['member'][]
const isEqual = ({ operator }: Given): boolean => operator === 'eq'
const isText = ({ member }: Given): boolean => FILTER_KINDS[member] === 'text'
const textOf = (item: Item, { member }: Given): string => {
  const value = item[member]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** One operator is read as another. */
const as = (from: string, to: string): Change =>
  rewriting((filter) => (filter.operator === from ? { ...filter, operator: to } : filter))
/** Filters by equality compare texts in another way. */
const equalIf = (isSame: (value: string, text: string) => boolean): Change =>
  reading((item, filter) => (isEqual(filter) && isText(filter) ? isSame(textOf(item, filter), filter.text) : undefined))
/** The values of an operator are other ones. */
const valuesOf = (operator: string, change: (values: readonly string[]) => readonly string[]): Change =>
  rewriting((filter) => (filter.operator === operator ? { ...filter, values: change(filter.values) } : filter))
/** Values are compared in another way. */
const comparing = (isMeant: (filter: Given) => boolean, compare: Compare): Change =>
  reading((item, filter) => (isMeant(filter) ? holds(item, filter, compare) : undefined))
const rewritingTexts = (change: (text: string) => string): Change =>
  rewriting((filter) => (isEqual(filter) ? { ...filter, values: [change(filter.text)] } : filter))
const byText: Compare = (value, text) => order(value, text, 'name')
const like = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)}$`, 'u')
const isRange = ({ operator }: Given): boolean => operator.startsWith('r')
const isBound = ({ operator }: Given): boolean => /^[gl]te?$/.test(operator)

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const filterValueMutants: readonly Mutant[] = mutantsOf('filter', [
  ['ignored', 'filters are ignored', finding(() => true)],
  ...MEMBERS.map((member): readonly [string, string, Change] => [
    `${member}-ignored`,
    `the filter of ${member} is ignored`,
    rewriting((filter) => (filter.member === member ? undefined : filter)),
  ]),
  ['finds-nothing', 'a filter finds nothing', finding(() => false)],
  [
    'alone-ignored',
    'a value without an operator is ignored',
    rewriting((filter) => (filter.isAlone ? undefined : filter)),
  ],
  [
    'operator-in-value',
    'an operator is a part of the value',
    rewriting((filter) =>
      isEqual(filter) ? filter : { ...filter, operator: 'eq', values: [`${filter.operator}:${filter.text}`] },
    ),
  ],
  ['neq-as-eq', 'neq finds what is equal', as('neq', 'eq')],
  ['neq-ignored', 'neq is ignored', rewriting((filter) => (filter.operator === 'neq' ? undefined : filter))],
  ['in-first', 'in takes its first value only', valuesOf('in', (values) => values.slice(0, 1))],
  ['in-last', 'in takes its last value only', valuesOf('in', (values) => values.slice(-1))],
  ['in-whole', 'in compares its list as one value', valuesOf('in', (values) => [values.join(',')])],
  ['in-ten', 'in takes its first ten values only', valuesOf('in', (values) => values.slice(0, 10))],
  ['in-ignored', 'in is ignored', rewriting((filter) => (filter.operator === 'in' ? undefined : filter))],
  ['nin-ignored', 'nin is ignored', rewriting((filter) => (filter.operator === 'nin' ? undefined : filter))],
  ['nin-as-in', 'nin finds what in finds', as('nin', 'in')],
  ['nin-first', 'nin takes its first value only', valuesOf('nin', (values) => values.slice(0, 1))],
  ['nin-last', 'nin takes its last value only', valuesOf('nin', (values) => values.slice(-1))],
  ['gt-as-gte', 'gt has its bound', as('gt', 'gte')],
  ['gte-as-gt', 'gte lacks its bound', as('gte', 'gt')],
  ['lt-as-lte', 'lt has its bound', as('lt', 'lte')],
  ['lte-as-lt', 'lte lacks its bound', as('lte', 'lt')],
  ['gt-as-lt', 'gt finds what is less', as('gt', 'lt')],
  ['lte-as-gte', 'lte finds what is greater', as('lte', 'gte')],
  ['bounds-ignored', 'bounds are ignored', rewriting((filter) => (isBound(filter) ? undefined : filter))],
  [
    'bounds-equal',
    'bounds find what is equal',
    rewriting((filter) => (isBound(filter) ? { ...filter, operator: 'eq' } : filter)),
  ],
  ['bounds-as-text', 'bounds compare numbers as texts', comparing(isBound, byText)],
  ['ranges-as-text', 'ranges compare numbers as texts', comparing(isRange, byText)],
  ['r-as-rf', 'r has its ends', as('r', 'rf')],
  ['rf-as-r', 'rf lacks its ends', as('rf', 'r')],
  ['rf-without-end', 'rf lacks its end', as('rf', 'rl')],
  [
    'range-start',
    'a range has no end',
    rewriting((filter) => (isRange(filter) ? { ...filter, operator: 'gte' } : filter)),
  ],
  [
    'range-end',
    'a range has no start',
    rewriting((filter) => (isRange(filter) ? { ...filter, operator: 'lte', values: filter.values.slice(1) } : filter)),
  ],
  [
    'range-swapped',
    'the ends of a range are swapped',
    rewriting((filter) => (isRange(filter) ? { ...filter, values: filter.values.toReversed() } : filter)),
  ],
  [
    'range-outside',
    'a range finds what is outside',
    reading((item, filter) => (isRange(filter) ? !holds(item, filter) : undefined)),
  ],
  [
    'range-list',
    'a range finds its ends only',
    rewriting((filter) => (isRange(filter) ? { ...filter, operator: 'in' } : filter)),
  ],
  ['rl-ignored', 'rl is ignored', rewriting((filter) => (filter.operator === 'rl' ? undefined : filter))],
  ['rr-start-only', 'rr has no end', as('rr', 'gt')],
  [
    'is-isn-swapped',
    'is and isn are swapped',
    rewriting((filter) =>
      filter.operator === 'is'
        ? { ...filter, operator: 'isn' }
        : filter.operator === 'isn'
          ? { ...filter, operator: 'is' }
          : filter,
    ),
  ],
  ['isn-nothing', 'isn finds nothing', reading((_item, filter) => (filter.operator === 'isn' ? false : undefined))],
  ['is-ignored', 'is is ignored', rewriting((filter) => (filter.operator === 'is' ? undefined : filter))],
  ['prefix', 'the beginning of a text is enough', equalIf((value, text) => value.startsWith(text))],
  ['substring', 'a part of a text is enough', equalIf((value, text) => value.includes(text))],
  [
    'percent',
    'a percent sign stands for any text',
    equalIf((value, text) => new RegExp(like(text).source.replaceAll('%', '.*'), 'u').test(value)),
  ],
  [
    'underscore',
    'an underscore stands for any character',
    equalIf((value, text) => new RegExp(like(text).source.replaceAll('_', '.'), 'u').test(value)),
  ],
  [
    'first-20-letters',
    'only 20 letters are compared',
    equalIf((value, text) => value.slice(0, 20) === text.slice(0, 20)),
  ],
  ['ascii-only', 'letters beyond ASCII are lost', rewritingTexts((text) => text.replaceAll(/\P{ASCII}/gu, ''))],
  ['latin1', 'a value is decoded as Latin-1', rewritingTexts((text) => Buffer.from(text).toString('latin1'))],
  ['comma', 'a comma ends a value', rewritingTexts((text) => text.split(',')[0] ?? '')],
  [
    'comma-lists',
    'a value with commas is a list',
    rewriting((filter) => (isEqual(filter) ? { ...filter, values: filter.text.split(',') } : filter)),
  ],
  ['colon', 'a colon ends a value', rewritingTexts((text) => text.split(':')[0] ?? '')],
  ['semicolon', 'a semicolon ends a value', rewritingTexts((text) => text.split(';')[0] ?? '')],
  ['quotes', 'quotes are taken out of a value', rewritingTexts((text) => text.replaceAll(/["']/g, ''))],
  [
    'escaped',
    'a value is escaped for HTML',
    rewritingTexts((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')),
  ],
  ['operator-twice', 'an operator is looked for twice', rewritingTexts((text) => text.replace(/^eq:/, ''))],
  ['decoded-twice', 'a value is decoded twice', rewritingTexts(decoded)],
  [
    'minutes',
    'times are compared without seconds',
    comparing(
      ({ member }) => FILTER_KINDS[member] === 'time',
      (value, text) => byText(String(value).slice(0, 16), text.slice(0, 16), 'name'),
    ),
  ],
  [
    'days',
    'times are compared without the time of day',
    comparing(
      ({ member }) => FILTER_KINDS[member] === 'time',
      (value, text) => byText(String(value).slice(0, 10), text.slice(0, 10), 'name'),
    ),
  ],
  [
    'numbers-as-prefix',
    'the first digits of a number are enough',
    reading((item, filter) =>
      isEqual(filter) && FILTER_KINDS[filter.member] === 'number'
        ? textOf(item, filter).startsWith(filter.text)
        : undefined,
    ),
  ],
])
