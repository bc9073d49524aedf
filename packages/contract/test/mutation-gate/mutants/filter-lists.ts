import { DEMO_TOKENS } from '@hood-exports/sandbox'
import {
  allItems,
  answers,
  envelopeFrom,
  envelopes,
  errorInstead,
  operationOf,
  pageOf,
  parameter,
  parameters,
  replaced,
  requests,
  tokenOf,
  withParameters,
  withToken,
} from '../changes.ts'
import { choosing, filtersOf, finding, holds } from '../filtered-lists.ts'
import type { Given } from '../filtered-lists.ts'
import type { Item } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

const { main, otherAccount } = DEMO_TOKENS

/** Filters are ignored in some requests. */
const ignoredWhen = (when: (request: Request) => boolean): Change =>
  requests((request) => {
    const names = filtersOf(request).map(({ member }) => member)
    return names.length > 0 && when(request) ? withParameters(request, parameters(names, undefined)) : request
  })

/** A parameter is ignored in filtered lists. */
const withoutIfFiltered = (name: string): Change =>
  requests((request) => (filtersOf(request).length > 0 ? withParameters(request, { [name]: undefined }) : request))

/** Another answer to filtered lists. */
const ifFiltered = (
  answer: (response: Response, request: Request, filters: readonly Given[]) => Response | Promise<Response>,
): Change =>
  answers((response, request) => {
    const filters = filtersOf(request)
    return filters.length > 0 && response.status === 200 ? answer(response, request, filters) : response
  })

const failing = (status: number, isWrong: (filter: Given) => boolean): Change =>
  ifFiltered((response, _request, filters) =>
    filters.some(isWrong) ? errorInstead(response, status, 'Internal server error.') : response,
  )

const filteredEnvelopes = (change: (envelope: { total: number; items: Item[] }, request: Request) => object): Change =>
  envelopes(
    (envelope, request) => (filtersOf(request).length > 0 ? { ...envelope, ...change(envelope, request) } : envelope),
    'list',
  )

/** A filtered list may have items of another account. */
const mixing =
  (isLeaking: (filter: Given) => boolean): Change =>
  (provider, { correct }) =>
  async (request) => {
    const response = await provider(request)
    const filters = filtersOf(request)
    if (response.status !== 200 || !filters.some(isLeaking)) return response
    const token = tokenOf(request) === main ? otherAccount : main
    const theirs = (await allItems(correct, withToken(request, token))).filter((item) =>
      filters.every((filter) => holds(item, filter)),
    )
    const ours = await envelopeFrom(async () => response, request)
    const [, size = 10] = pageOf(request)
    const items = [...theirs.slice(0, 3), ...ours.items].slice(0, size)
    return replaced(response, { body: JSON.stringify({ total: ours.total + theirs.length, items }) })
  }

export const filterListMutants: readonly Mutant[] = mutantsOf('filter', [
  ['or', 'one of several filters is enough', finding((item, filters) => filters.some((filter) => holds(item, filter)))],
  [
    'first-only',
    'only the first of several filters counts',
    finding((item, filters) => filters.slice(0, 1).every((filter) => holds(item, filter))),
  ],
  [
    'last-only',
    'only the last of several filters counts',
    finding((item, filters) => filters.slice(-1).every((filter) => holds(item, filter))),
  ],
  [
    'total-of-all',
    'total counts what does not match',
    (provider, { correct }) =>
      async (request) => {
        const response = await provider(request)
        if (response.status !== 200 || filtersOf(request).length === 0) return response
        const { items } = await envelopeFrom(async () => response, request)
        return replaced(response, { body: JSON.stringify({ total: (await allItems(correct, request)).length, items }) })
      },
  ],
  [
    'total-of-page',
    'total counts the page of a filtered list',
    filteredEnvelopes(({ items }) => ({ total: items.length })),
  ],
  [
    'total-one-less',
    'total of a filtered list is one less',
    filteredEnvelopes(({ total }) => ({ total: Math.max(0, total - 1) })),
  ],
  [
    'after-paging',
    'only the items of the page are filtered',
    (provider, { correct }) =>
      async (request) => {
        const response = await provider(request)
        const filters = filtersOf(request)
        if (response.status !== 200 || filters.length === 0) return response
        const { total } = await envelopeFrom(async () => response, request)
        const names = filters.map(({ member }) => member)
        const whole = withParameters(request, { ...parameters(names, undefined), fields: undefined, view: 'full' })
        const { items } = await envelopeFrom(correct, whole)
        const fields = parameter(request, 'fields')?.split(',')
        const found = items
          .filter((item) => filters.every((filter) => holds(item, filter)))
          .map((item) => (fields ? Object.fromEntries(fields.map((field) => [field, item[field]])) : item))
        return replaced(response, { body: JSON.stringify({ total, items: found }) })
      },
  ],
  [
    'not-with-q',
    'filters are ignored where q is given',
    ignoredWhen((request) => parameter(request, 'q') !== undefined),
  ],
  [
    'not-with-sort',
    'filters are ignored in sorted lists',
    ignoredWhen((request) => parameter(request, 'sort') !== undefined),
  ],
  [
    'not-with-view',
    'filters are ignored where view is given',
    ignoredWhen((request) => parameter(request, 'view') !== undefined),
  ],
  ['not-on-second-page', 'filters are ignored after the first page', ignoredWhen((request) => pageOf(request)[0] > 1)],
  [
    'not-of-hidden-members',
    'a filter of a member that fields leaves out is ignored',
    requests((request) => {
      const fields = parameter(request, 'fields')?.split(',')
      const hidden = filtersOf(request).flatMap(({ member }) => (fields?.includes(member) === false ? [member] : []))
      return hidden.length > 0 ? withParameters(request, parameters(hidden, undefined)) : request
    }),
  ],
  ['q-ignored', 'q is ignored in filtered lists', withoutIfFiltered('q')],
  ['sort-ignored', 'sort is ignored in filtered lists', withoutIfFiltered('sort')],
  ['fields-ignored', 'fields are ignored in filtered lists', withoutIfFiltered('fields')],
  [
    'page-number-ignored',
    'a filtered list has its first page only',
    requests((request) => {
      const [, size] = pageOf(request)
      return filtersOf(request).length > 0 && size !== undefined
        ? withParameters(request, { page: `1,${size}` })
        : request
    }),
  ],
  [
    'page-size-ignored',
    'a filtered list has pages of ten',
    requests((request) =>
      filtersOf(request).length > 0 ? withParameters(request, { page: `${pageOf(request)[0]},10` }) : request,
    ),
  ],
  [
    'first-match',
    'a filter finds one item',
    choosing((items, filters) => items.filter((item) => filters.every((filter) => holds(item, filter))).slice(0, 1)),
  ],
  [
    'lists-repeat',
    'an item that two conditions find comes twice',
    choosing((items, filters) => {
      const found = items.filter((item) => filters.every((filter) => holds(item, filter)))
      return filters.length > 1 ? [...found, ...found] : found
    }),
  ],
  [
    'other-values',
    'filtered items have other values',
    filteredEnvelopes(({ items }) => ({
      items: items.map((item) => ({
        ...item,
        ...('status' in item && { status: 'ready' }),
        ...('name' in item && { name: String(item['name']).trim().slice(0, 20) }),
      })),
    })),
  ],
  [
    'one-more',
    'a filtered list has an item that does not match',
    choosing((items, filters) => {
      const found = items.filter((item) => filters.every((filter) => holds(item, filter)))
      const other = items.find((item) => !found.includes(item))
      return other === undefined || found.length === 0 ? found : [other, ...found]
    }),
  ],
  [
    'nothing-is-404',
    'a filter that finds nothing is a 404',
    ifFiltered(async (response) => {
      const text = await response.text()
      return text.includes('"items":[]')
        ? errorInstead(response, 404, 'Not found.')
        : replaced(response, { body: text })
    }),
  ],
  [
    'nothing-is-null',
    'a filter that finds nothing has no items',
    filteredEnvelopes(({ items }) => (items.length === 0 ? { items: null } : {})),
  ],
  ['quote-fails', 'a quote in a value is a 500', failing(500, ({ text }) => /["']/.test(text))],
  ['accent-fails', 'a letter beyond ASCII is a 500', failing(500, ({ text }) => /\P{ASCII}/u.test(text))],
  ['null-fails', 'isn is a 500', failing(500, ({ operator }) => operator === 'isn')],
  [
    'number-fails',
    'an operator on a number is a 500',
    failing(500, ({ member, operator }) => member === 'size' && operator !== 'eq'),
  ],
  [
    'several-fail',
    'a second filter is a 500',
    ifFiltered((response, _request, filters) =>
      filters.length > 1 ? errorInstead(response, 500, 'Internal server error.') : response,
    ),
  ],
  ['url-refused', 'download_url cannot be filtered', failing(400, ({ member }) => member === 'download_url')],
  ['company-refused', 'company_id cannot be filtered', failing(400, ({ member }) => member === 'company_id')],
  ['operators-refused', 'eq is no operator', failing(400, ({ operator, isAlone }) => operator === 'eq' && !isAlone)],
  ['teapot', 'in is answered with a status that is none', failing(422, ({ operator }) => operator === 'in')],
  ['id-leaks', 'ids are looked for in every account', mixing(({ member }) => member === 'id')],
  [
    'company-leaks',
    'the filter of company_id takes the place of the account',
    mixing(({ member }) => member === 'company_id'),
  ],
  ['neq-leaks', 'neq finds items of other accounts', mixing(({ operator }) => operator === 'neq')],
  ['null-leaks', 'isn finds items of other accounts', mixing(({ operator }) => operator === 'isn')],
  ['or-leaks', 'a list of values finds items of other accounts', mixing(({ operator }) => operator === 'in')],
  [
    'leaks-to-others',
    'only the other account sees what is not its own',
    (provider, surroundings) => {
      const leaking = mixing(({ member }) => member === 'id')(provider, surroundings)
      return (request) =>
        tokenOf(request) === otherAccount && operationOf(request) === 'list' ? leaking(request) : provider(request)
    },
  ],
])
