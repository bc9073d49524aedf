import { DEMO_TOKENS } from '@hood-exports/sandbox'
import { bodies, envelopeFrom, envelopes, parameter, tokenOf, withParameters, answers, replaced } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Mutant } from '../provider.ts'

export const envelopeMutants: readonly Mutant[] = mutantsOf('envelope', [
  ['total-of-page', 'total counts the page', envelopes(({ items }) => ({ total: items.length, items }))],
  ['total-one-more', 'total is one too many', envelopes(({ total, items }) => ({ total: total + 1, items }), 'list')],
  [
    'total-one-less',
    'total is one too few',
    envelopes(({ total, items }) => ({ total: Math.max(items.length, total - 1), items }), 'list'),
  ],
  [
    'total-capped',
    'total never exceeds 100',
    envelopes(({ total, items }) => ({ total: Math.max(items.length, Math.min(total, 100)), items })),
  ],
  [
    'total-one-more-with-q',
    'total is one too many when there is a search',
    envelopes(
      ({ total, items }, request) => ({ total: parameter(request, 'q') === undefined ? total : total + 1, items }),
      'list',
    ),
  ],
  [
    'total-without-q',
    'total counts every item, whatever was searched for',
    (provider, { correct }) =>
      async (request) => {
        const response = await provider(request)
        if (parameter(request, 'q') === undefined || response.status !== 200) return response
        const { items } = await envelopeFrom(async () => response, request)
        const all = await envelopeFrom(correct, withParameters(request, { q: undefined, q_fields: undefined }))
        return replaced(response, { body: JSON.stringify({ total: all.total, items }) })
      },
  ],
  [
    'total-of-full-pages',
    'total counts full pages',
    envelopes(({ total, items }, request) => {
      const size = Number(parameter(request, 'page')?.split(',')[1] ?? 1)
      return { total: Math.ceil(total / size) * size, items }
    }, 'list'),
  ],
  [
    'total-text',
    'total is text with a unit',
    envelopes(({ total, items }) => ({ total: `${total} items` as never, items })),
  ],
  ['total-missing', 'total is missing', envelopes(({ items }) => ({ items }))],
  ['total-null', 'total is null', envelopes(({ items }) => ({ total: null as never, items }))],
  ['total-fraction', 'total is a fraction', envelopes(({ total, items }) => ({ total: total + 0.5, items }))],
  [
    'items-missing',
    'a list without a match has no items',
    envelopes(({ total, items }) => (items.length === 0 ? { total } : { total, items })),
  ],
  [
    'items-object',
    'items is an object, by id',
    envelopes(({ total, items }) => ({ total, items: Object.fromEntries(items.entries()) as never }), 'list'),
  ],
  ['items-renamed', 'items is called data', envelopes(({ total, items }) => ({ total, data: items }))],
  [
    'bare-array',
    'a list is a bare array',
    bodies((body, _request, { status }) => (status === 200 ? (body.items as never) : body)),
  ],
  ['view-bare', 'a view is the item itself', envelopes(({ items: [item] }) => item ?? {}, 'view')],
  [
    'view-total-of-list',
    'the total of a view is that of the list',
    envelopes(({ items }) => ({ total: 240, items }), 'view'),
  ],
  ['view-empty', 'a view has no items', envelopes(() => ({ total: 0, items: [] }), 'view')],
  [
    'view-twice',
    'a view has its item twice',
    envelopes(({ items }) => ({ total: 2, items: [...items, ...items] }), 'view'),
  ],
  [
    'view-of-neighbour',
    'a view has the next item',
    (provider) => (request) => {
      const url = new URL(request.url)
      const id = url.pathname.split('/').at(-1) ?? ''
      if (!/^1000[01]\d\d$/.test(id) || tokenOf(request) !== DEMO_TOKENS.main) return provider(request)
      url.pathname = url.pathname.replace(id, String(Number(id) + 1))
      return provider(new Request(url, request))
    },
  ],
  [
    'success-flag',
    'a 200 has the members of an error',
    answers(async (response, request) =>
      response.status === 200 && parameter(request, 'q') !== undefined
        ? replaced(response, { body: JSON.stringify({ code: 200, title: 'OK' }) })
        : response,
    ),
  ],
])
