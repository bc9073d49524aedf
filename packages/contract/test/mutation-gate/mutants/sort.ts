import {
  answers,
  envelopeFrom,
  operationOf,
  pageOf,
  parameter,
  parameterOfList,
  replaced,
  withParameters,
} from '../changes.ts'
import type { Item } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'
import { comparing } from '../reordering.ts'

const keys = (sort: string): string[] => sort.split(',')
const sorted = (change: (keys: string[]) => string[]): Change =>
  parameterOfList('sort', (sort) => (/nmae|^--|\bid\b/.test(sort) ? sort : change(keys(sort)).join(',') || undefined))
const instead = (key: string, other: string): Change => sorted((all) => all.map((one) => one.replace(key, other)))

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const asText = (member: string) => (one: Item, other: Item) => (text(one[member]) < text(other[member]) ? -1 : 1)

export const sortMutants: readonly Mutant[] = mutantsOf('sort', [
  [
    'name-twice',
    'later pages of a list by name begin with the last item of the page before',
    answers(async (response, request) => {
      const [number, size] = pageOf(request)
      if (response.status !== 200 || parameter(request, 'sort') !== 'name' || number === 1) return response
      const { total, items } = await envelopeFrom(async () => response, request)
      return replaced(response, { body: JSON.stringify({ total, items: [items[0], ...items].slice(0, size) }) })
    }),
  ],
  ['ignored', 'sort is ignored', sorted(() => [])],
  ['descending-ignored', '"-" is ignored', sorted((all) => all.map((key) => key.replace('-', '')))],
  ['always-descending', 'every key descends', sorted((all) => all.map((key) => `-${key.replace('-', '')}`))],
  [
    'reversed',
    'ascending and descending are exchanged',
    sorted((all) => all.map((key) => (key.startsWith('-') ? key.slice(1) : `-${key}`))),
  ],
  ['second-key-ignored', 'only the first key counts', sorted(([first = '']) => [first])],
  ['last-key-first', 'keys count from the last to the first', sorted((all) => all.toReversed())],
  ['third-key-ignored', 'only two keys count', sorted((all) => all.slice(0, 2))],
  [
    'second-never-descends',
    '"-" counts for the first key alone',
    sorted(([first = '', ...others]) => [first, ...others.map((key) => key.replace('-', ''))]),
  ],
  [
    'direction-of-first',
    'every key has the direction of the first',
    sorted(([first = '', ...others]) => [
      first,
      ...others.map((key) => (first.startsWith('-') ? '-' : '') + key.replace('-', '')),
    ]),
  ],
  ['update-is-create', 'update_time sorts by create_time', instead('update_time', 'create_time')],
  ['expire-is-create', 'expire_time sorts by create_time', instead('expire_time', 'create_time')],
  ['resource-is-name', 'resource sorts by name', instead('resource', 'name')],
  [
    'mime-type-is-extension',
    'mime_type sorts by extension, which has another order',
    comparing('mime_type', (one, other) => text(other['extension']).localeCompare(text(one['extension']))),
  ],
  ['attempts-are-downloads', 'attempt_count sorts by download_count', instead('attempt_count', 'download_count')],
  [
    'downloads-unsorted',
    'download_count does not sort',
    sorted((all) => all.filter((key) => !key.includes('download_count'))),
  ],
  ['status-unsorted', 'status does not sort when it descends', sorted((all) => all.filter((key) => key !== '-status'))],
  ['size-as-text', 'sizes are sorted as text', comparing('size', asText('size'))],
  ['downloads-as-text', 'download counts are sorted as text', comparing('download_count', asText('download_count'))],
  [
    'name-by-length',
    'names are sorted by their length',
    comparing('name', (one, other) => text(one['name']).length - text(other['name']).length),
  ],
  [
    'time-by-day',
    'times are sorted by their day of the month',
    comparing('create_time', (one, other) =>
      text(one['create_time']).slice(8).localeCompare(text(other['create_time']).slice(8)),
    ),
  ],
  [
    'nulls-dropped',
    'items without a value are left out',
    answers(async (response, request) => {
      const member = keys(parameter(request, 'sort') ?? '')[0]?.replace('-', '') ?? ''
      if (response.status !== 200 || operationOf(request) !== 'list' || member === '') return response
      const { total, items } = await envelopeFrom(async () => response, request)
      return replaced(response, {
        body: JSON.stringify({ total, items: items.filter((item) => item[member] !== null) }),
      })
    }),
  ],
  [
    'page-alone',
    'only the items of a page are sorted, not the list',
    (provider, { correct }) =>
      async (request) => {
        const response = await provider(request)
        const sort = parameter(request, 'sort')
        if (response.status !== 200 || operationOf(request) !== 'list' || sort === undefined) return response
        const { total, items } = await envelopeFrom(
          correct,
          withParameters(request, { sort: undefined, fields: undefined, view: 'full' }),
        )
        const { items: order } = await envelopeFrom(correct, withParameters(request, { fields: 'id', page: '1,1000' }))
        const places = new Map(order.map(({ id }, index) => [id, index]))
        const fields = parameter(request, 'fields')?.split(',')
        const page = items.toSorted((one, other) => (places.get(one['id']) ?? 0) - (places.get(other['id']) ?? 0))
        const shown = page.map((item) =>
          fields === undefined ? item : Object.fromEntries(fields.map((field) => [field, item[field]])),
        )
        return replaced(response, { body: JSON.stringify({ total, items: shown }) })
      },
  ],
  [
    'later-pages-unsorted',
    'only the first page is sorted',
    (provider) => (request) =>
      provider(
        pageOf(request)[0] > 1 && operationOf(request) === 'list'
          ? withParameters(request, { sort: undefined })
          : request,
      ),
  ],
  [
    'not-with-search',
    'a search is not sorted',
    (provider) => (request) =>
      provider(
        operationOf(request) === 'list' && parameter(request, 'q') !== undefined
          ? withParameters(request, { sort: undefined })
          : request,
      ),
  ],
  [
    'ties-by-page-size',
    'equal items stand otherwise in pages of an odd size',
    (provider) => (request) => {
      const sort = parameter(request, 'sort')
      const isOpen = sort !== undefined && !/nmae|^--|id\b|description|reason|url/.test(sort)
      const last = (pageOf(request)[1] ?? 0) % 2 === 0 ? 'update_time' : '-update_time'
      return provider(
        isOpen && operationOf(request) === 'list' ? withParameters(request, { sort: `${sort},${last}` }) : request,
      )
    },
  ],
])
