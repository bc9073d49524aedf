import {
  answers,
  envelopeFrom,
  envelopes,
  operationOf,
  pageOf,
  parameter,
  parameterOfList,
  replaced,
  withParameters,
} from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

/** Another page than was asked for, where a size was given. */
function paging(change: (number: number, size: number) => readonly [number, number]): Change {
  return (provider) => (request) => {
    const [number, size] = pageOf(request)
    const isSound = operationOf(request) === 'list' && number >= 1 && size !== undefined && size >= 1
    return provider(isSound ? withParameters(request, { page: change(number, size).join() }) : request)
  }
}

const later = (
  change: (items: readonly Record<string, unknown>[], size: number) => Record<string, unknown>[],
): Change =>
  envelopes(({ total, items }, request) => {
    const [number, size = 20] = pageOf(request)
    return { total, items: number > 1 ? change(items, size) : items }
  }, 'list')

export const pageMutants: readonly Mutant[] = mutantsOf('page', [
  [
    'cut-leaves-out',
    'pages are cut to 50 items, and the next one begins behind what was cut',
    envelopes(({ total, items }) => ({ total, items: items.slice(0, 50) }), 'list'),
  ],
  ['from-zero', 'pages are counted from 0', paging((number, size) => [number + 1, size])],
  ['always-first', 'every page is the first', paging((_number, size) => [1, size])],
  ['size-ignored', 'the size of a page is ignored', paging((number) => [number, 20])],
  ['size-one-more', 'a page has one item more', paging((number, size) => [number, size + 1])],
  ['size-one-less', 'a page has one item less', paging((number, size) => [number, Math.max(1, size - 1)])],
  ['exchanged', 'number and size are exchanged', paging((number, size) => [size, number])],
  ['small-pages-enlarged', 'a page has at least 5 items', paging((number, size) => [number, Math.max(5, size)])],
  ['first-item-lost', 'later pages lack their first item', later((items) => items.slice(1))],
  ['last-item-lost', 'later pages lack their last item', later((items) => items.slice(0, -1))],
  [
    'first-item-repeated',
    'later pages have their first item twice',
    later((items) => [...items.slice(0, 1), ...items.slice(0, -1)]),
  ],
  [
    'overlap',
    'a later page begins with the last item of the one before',
    (provider, { correct }) =>
      async (request) => {
        const response = await provider(request)
        const [number, size] = pageOf(request)
        if (response.status !== 200 || operationOf(request) !== 'list' || number === 1 || size === undefined)
          return response
        const before = await envelopeFrom(correct, withParameters(request, { page: `${number - 1},${size}` }))
        const { total, items } = await envelopeFrom(async () => response, request)
        return replaced(response, {
          body: JSON.stringify({ total, items: [...before.items.slice(-1), ...items.slice(0, -1)] }),
        })
      },
  ],
  [
    'rest-lost',
    'the last page is empty when it is not full',
    later((items, size) => (items.length < size ? [] : [...items])),
  ],
  [
    'rest-filled',
    'the last page is filled up with what came before',
    (provider, { correct }) =>
      async (request) => {
        const response = await provider(request)
        const [number, size] = pageOf(request)
        if (response.status !== 200 || operationOf(request) !== 'list' || number === 1 || size === undefined)
          return response
        const { total, items } = await envelopeFrom(async () => response, request)
        const before = await envelopeFrom(correct, withParameters(request, { page: `${number - 1},${size}` }))
        const filled = items.length > 0 && items.length < size ? [...before.items, ...items].slice(-size) : items
        return replaced(response, { body: JSON.stringify({ total, items: filled }) })
      },
  ],
  [
    'total-falls',
    'total is what is left',
    envelopes(({ total, items }, request) => {
      const [number, size = 20] = pageOf(request)
      return { total: Math.max(items.length, total - (number - 1) * size), items }
    }, 'list'),
  ],
  ['reversed-pages', 'later pages are in reverse order', later((items) => items.toReversed())],
  [
    'order-changes',
    'the order changes from request to request',
    (provider) => {
      let count = 0
      return (request) => {
        const isOpen = operationOf(request) === 'list' && parameter(request, 'sort') === undefined
        const sort = ['name', '-name', 'size'][count++ % 3]
        return provider(isOpen ? withParameters(request, { sort }) : request)
      }
    },
  ],
  [
    'ties-change',
    'equal items change places from page to page',
    (provider) => (request) => {
      const sort = parameter(request, 'sort')
      const isOpen =
        operationOf(request) === 'list' && sort !== undefined && !/nmae|^--|^-?id/.test(sort) && !sort.includes('name')
      return provider(
        isOpen ? withParameters(request, { sort: `${sort},${pageOf(request)[0] % 2 === 0 ? '-' : ''}name` }) : request,
      )
    },
  ],
  [
    'past-end-fails',
    'a page past the end is a failure',
    answers(async (response, request) => {
      if (response.status !== 200 || operationOf(request) !== 'list' || pageOf(request)[0] === 1) return response
      const text = await response.text()
      return text.includes('"items":[]')
        ? replaced(response, { status: 500, body: '{"code":500,"title":"Internal server error."}' })
        : replaced(response, { body: text })
    }),
  ],
  [
    'number-alone-ignored',
    'a page without a size is the first',
    (provider) => (request) =>
      provider(
        operationOf(request) === 'list' && /^[2-9]$/.test(parameter(request, 'page') ?? '')
          ? withParameters(request, { page: '1' })
          : request,
      ),
  ],
  [
    'first-digit-of-size',
    'only the first digit of a size counts',
    parameterOfList('page', (page) => page.replace(/,(\d)\d+$/, ',$1')),
  ],
])
