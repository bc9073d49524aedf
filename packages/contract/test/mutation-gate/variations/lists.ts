import {
  answers,
  envelopeFrom,
  errorInstead,
  operationOf,
  pageOf,
  parameter,
  parameterOfList,
  replaced,
  requests,
  withParameters,
} from '../changes.ts'
import type { Item } from '../changes.ts'
import type { Change, Variation } from '../provider.ts'
import { comparing } from '../reordering.ts'

/** Gives lists without an order one. */
const orderedBy = (sort: string): Change =>
  requests((request) =>
    operationOf(request) === 'list' && parameter(request, 'sort') === undefined
      ? withParameters(request, { sort })
      : request,
  )

/** Answers pages past the end in another way. */
const pastEnd = (answer: (response: Response, request: Request) => Response | Promise<Response>): Change =>
  answers(async (response, request) => {
    if (response.status !== 200 || operationOf(request) !== 'list' || pageOf(request)[0] === 1) return response
    const text = await response.text()
    const whole = replaced(response, { body: text })
    return text.includes('"items":[]') ? answer(whole, request) : whole
  })

const natural = new Intl.Collator('en', { numeric: true })
const lettersOf = ({ name }: Item): string => String(name).replaceAll(/[^\p{L}\p{N}]/gu, '')
const byCode = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** Any order of words but that of their letters. */
const rankOf = (word: unknown): number =>
  Array.from(String(word)).reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 97

/** Which items come, how many, and in which order. */
export const LIST_VARIATIONS: readonly Variation[] = [
  { name: 'plain', permitted: 'the sandbox itself' },
  {
    name: 'small-pages',
    permitted: 'the default page size depends on settings of the resource',
    change: requests((request) => {
      const page = parameter(request, 'page') ?? '1'
      const isOpen = operationOf(request) === 'list' && /^[1-9]\d*$/.test(page)
      return isOpen ? withParameters(request, { page: `${page},7` }) : request
    }),
  },
  {
    name: 'everything-at-once',
    permitted: 'the default page may have every item',
    change: requests((request) =>
      operationOf(request) === 'list' && parameter(request, 'page') === undefined
        ? withParameters(request, { page: '1,1000' })
        : request,
    ),
  },
  ...[50, 30, 11, 7, 1].map((most): Variation => ({
    name: `pages-cut-to-${most}`,
    permitted: 'the upper bound of a page is not documented: larger ones are cut',
    change: requests((request) => {
      const [, number, size = 10] = /^([1-9]\d*)(?:,([1-9]\d*))?$/.exec(parameter(request, 'page') ?? '1') ?? []
      const isCut = operationOf(request) === 'list' && number !== undefined && Number(size) > most
      return isCut ? withParameters(request, { page: `${number},${most}` }) : request
    }),
  })),
  ...(['status', 'resource'] as const).map((member): Variation => ({
    name: `${member}-by-rank`,
    permitted: 'how the words of a vocabulary are ordered is not documented: by rank',
    change: comparing(member, (one, other) => rankOf(one[member]) - rankOf(other[member])),
  })),
  {
    name: 'large-pages-refused',
    permitted: 'the upper bound of a page is not documented: larger ones are refused',
    change: answers((response, request) =>
      operationOf(request) === 'list' && (pageOf(request)[1] ?? 0) > 25 && response.status === 200
        ? errorInstead(response, 400, 'Bad request.')
        : response,
    ),
  },
  { name: 'newest-first', permitted: 'the order without sort is not documented', change: orderedBy('-create_time') },
  { name: 'by-name', permitted: 'the order without sort is not documented', change: orderedBy('name') },
  {
    name: 'by-status',
    permitted: 'the order without sort is not documented, nor that of equal items',
    change: orderedBy('-status,-size'),
  },
  {
    name: 'ties-by-size',
    permitted: 'the order of equal items is not documented',
    change: parameterOfList('sort', (sort) =>
      /nmae|^--|\bid\b|size|company|creator|description|url|reason/.test(sort) ? sort : `${sort},-size`,
    ),
  },
  {
    name: 'names-without-marks',
    permitted: 'how texts are ordered is not documented: without spaces and punctuation',
    change: comparing('name', (one, other) => byCode(lettersOf(one), lettersOf(other))),
  },
  {
    name: 'names-in-natural-order',
    permitted: 'how texts are ordered is not documented: numbers in them by their value',
    change: comparing('name', (one, other) => natural.compare(String(one['name']), String(other['name']))),
  },
  {
    name: 'past-end-missing',
    permitted: 'what a page past the end has is not documented: 404',
    change: pastEnd((response) => errorInstead(response, 404, 'Not found.')),
  },
  {
    name: 'past-end-refused',
    permitted: 'what a page past the end has is not documented: 400',
    change: pastEnd((response) => errorInstead(response, 400, 'Bad request.')),
  },
  {
    name: 'past-end-last-page',
    permitted: 'what a page past the end has is not documented: the last page',
    change: (provider) => async (request) => {
      const response = await provider(request)
      const [number, size] = pageOf(request)
      if (response.status !== 200 || operationOf(request) !== 'list' || number === 1 || size === undefined)
        return response
      const { total, items } = await envelopeFrom(async () => response.clone(), request)
      if (items.length > 0 || total === 0) return response
      return provider(withParameters(request, { page: `${Math.ceil(total / size)},${size}` }))
    },
  },
  {
    name: 'short-default-view',
    permitted: 'which members the default view leaves out is not documented',
    change: requests((request) => {
      const isDefault =
        parameter(request, 'fields') === undefined && [undefined, 'default'].includes(parameter(request, 'view'))
      return isDefault && operationOf(request) !== 'download'
        ? withParameters(request, { view: undefined, fields: 'id,name,status,resource' })
        : request
    }),
  },
  {
    name: 'default-view-without-id',
    permitted: 'which members the default view leaves out is not documented',
    change: requests((request) => {
      const isDefault =
        parameter(request, 'fields') === undefined && [undefined, 'default'].includes(parameter(request, 'view'))
      return isDefault && operationOf(request) !== 'download'
        ? withParameters(request, { view: undefined, fields: 'name,status,size' })
        : request
    }),
  },
  {
    name: 'search-of-all-fields',
    permitted: 'which fields are searched by default is not documented',
    change: requests((request) =>
      parameter(request, 'q') !== undefined && parameter(request, 'q_fields') === undefined
        ? withParameters(request, { q_fields: 'id,resource,name,description,failed_reason' })
        : request,
    ),
  },
  {
    name: 'search-of-description',
    permitted: 'which field is searched by default is not documented',
    change: requests((request) =>
      parameter(request, 'q') !== undefined && parameter(request, 'q_fields') === undefined
        ? withParameters(request, { q_fields: 'description' })
        : request,
    ),
  },
]
