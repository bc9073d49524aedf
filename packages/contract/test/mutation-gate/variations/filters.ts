import { NUMBERS_AS_TEXT } from '@hood-exports/sandbox'
import { FILTER_KINDS, NUMERIC_MEMBERS } from '@hood-exports/openapi'
import { answers, envelopes, errorInstead, requests, withParameters, parameter, operationOf } from '../changes.ts'
import { filtersOf, holds, order, reading, rewriting } from '../filtered-lists.ts'
import type { Compare, Given } from '../filtered-lists.ts'
import type { Item } from '../changes.ts'
import type { Change, Variation } from '../provider.ts'

/** Operators that a parameter does not take. */
const refusing = (isRefused: (filter: Given) => boolean): Change =>
  answers((response, request) =>
    response.status === 200 && filtersOf(request).some(isRefused)
      ? errorInstead(response, 400, 'Bad request.')
      : response,
  )

const isNull = (item: Item, { member }: Given): boolean => (item[member] ?? null) === null
const isEqual = ({ operator }: Given): boolean => ['eq', 'neq', 'in', 'nin'].includes(operator)
const kindOf = ({ member }: Given): string => FILTER_KINDS[member]

/** Texts are compared in another way. */
const comparingTexts = (keyOf: (text: string) => string): Change => {
  const compare: Compare = (value, text) => order(keyOf(String(value)), keyOf(text), 'name')
  return reading((item, filter) =>
    isEqual(filter) && kindOf(filter) === 'text' ? holds(item, filter, compare) : undefined,
  )
}

const nullsMeet = (operators: readonly string[], isMet: boolean): Change =>
  reading((item, filter) => (isNull(item, filter) && operators.includes(filter.operator) ? isMet : undefined))

const isOfDay = (text: string): boolean => text.length === 'YYYY-MM-DD'.length

/** What filters may do where the documentation leaves a choice. */
export const FILTER_VARIATIONS: readonly Variation[] = [
  {
    name: 'numbers-as-texts',
    permitted: 'numbers may come as strings of digits',
    sandbox: { choices: NUMBERS_AS_TEXT },
  },
  {
    name: 'total-as-text',
    permitted: 'numbers may come as strings of digits, not all of them',
    change: envelopes(({ total, items }) => ({ total: String(total) as never, items })),
  },
  {
    name: 'numbers-as-texts-now-and-then',
    permitted: 'numbers may come as strings of digits, not in each item',
    change: envelopes(({ total, items }) => ({
      total,
      items: items.map((item, index) =>
        index % 2 === 0
          ? item
          : {
              ...item,
              ...Object.fromEntries(
                NUMERIC_MEMBERS.filter((member) => typeof item[member] === 'number').map((member) => [
                  member,
                  String(item[member]),
                ]),
              ),
            },
      ),
    })),
  },
  {
    name: 'neq-without-nulls',
    permitted: 'whether a comparison sees null is not documented',
    change: nullsMeet(['neq', 'nin'], false),
  },
  {
    name: 'nulls-are-least',
    permitted: 'whether a comparison sees null is not documented',
    change: nullsMeet(['neq', 'nin', 'lt', 'lte'], true),
  },
  {
    name: 'nulls-are-greatest',
    permitted: 'whether a comparison sees null is not documented',
    change: nullsMeet(['neq', 'nin', 'gt', 'gte'], true),
  },
  {
    name: 'empty-texts-are-null',
    permitted: 'some databases take an empty text for null',
    change: reading((item, { member, operator }) =>
      item[member] === '' && ['is', 'isn'].includes(operator) ? operator === 'isn' : undefined,
    ),
  },
  {
    name: 'filters-without-case',
    permitted: 'whether letter case matters is not documented',
    change: comparingTexts((text) => text.toLowerCase()),
  },
  {
    name: 'filters-without-accents',
    permitted: 'whether accents matter is not documented',
    change: comparingTexts((text) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()),
  },
  {
    name: 'filters-trim',
    permitted: 'whether space at the ends matters is not documented',
    change: comparingTexts((text) => text.trim()),
  },
  {
    name: 'rl-with-its-end',
    permitted: 'which ends rl and rr have is not documented',
    change: rewriting((filter) => (['rl', 'rr'].includes(filter.operator) ? { ...filter, operator: 'rf' } : filter)),
  },
  {
    name: 'rl-without-its-start',
    permitted: 'which ends rl and rr have is not documented',
    change: rewriting((filter) => (['rl', 'rr'].includes(filter.operator) ? { ...filter, operator: 'r' } : filter)),
  },
  {
    name: 'rl-and-rr-the-other-way',
    permitted: 'which ends rl and rr have is not documented',
    change: rewriting((filter) => ({
      ...filter,
      operator: { rl: 'rr', rr: 'rl' }[filter.operator] ?? filter.operator,
    })),
  },
  {
    name: 'no-ranges',
    permitted: 'which operators a parameter takes is not documented: no ranges',
    change: refusing(({ operator }) => operator.startsWith('r')),
  },
  {
    name: 'no-bounds-of-times',
    permitted: 'which operators a parameter takes is not documented: no bounds of times',
    change: refusing((filter) => kindOf(filter) === 'time' && !isEqual(filter)),
  },
  {
    name: 'only-equality',
    permitted: 'which operators a parameter takes is not documented: eq and nothing else',
    change: refusing(({ operator }) => operator !== 'eq'),
  },
  {
    name: 'no-null-tests',
    permitted: 'which operators a parameter takes is not documented: neither is nor isn',
    change: refusing(({ operator }) => ['is', 'isn'].includes(operator)),
  },
  {
    name: 'days-are-whole',
    permitted: 'whether a day alone is its beginning or the whole of it is not documented',
    change: reading((item, filter) => {
      const isDay = kindOf(filter) === 'time' && filter.values.every(isOfDay)
      const compare: Compare = (value, text) => order(String(value).slice(0, text.length), text, 'name')
      return isDay ? holds(item, filter, compare) : undefined
    }),
  },
  {
    name: 'failed-reason-filters',
    permitted:
      'whether failure_reason is filtered by that name is not documented: failed_reason, and the other is a 400',
    change: (provider) => async (request) => {
      const reason = parameter(request, 'failed_reason')
      if (operationOf(request) !== 'list') return provider(request)
      if (reason !== undefined)
        return provider(withParameters(request, { failed_reason: undefined, failure_reason: reason }))
      const response = await provider(request)
      return parameter(request, 'failure_reason') === undefined || response.status !== 200
        ? response
        : errorInstead(response, 400, 'Bad request.')
    },
  },
  {
    name: 'failed-reason-filters-alone',
    permitted: 'whether failure_reason is filtered by that name is not documented: the other is not known, and ignored',
    change: requests((request) => {
      if (operationOf(request) !== 'list') return request
      const reason = parameter(request, 'failed_reason')
      return withParameters(request, { failed_reason: undefined, failure_reason: reason })
    }),
  },
  {
    name: 'filtered-lists-by-name',
    permitted: 'the order without sort is not documented, not even that it is the same in a filtered list',
    change: requests((request) =>
      filtersOf(request).length > 0 && parameter(request, 'sort') === undefined
        ? withParameters(request, { sort: 'name' })
        : request,
    ),
  },
]
