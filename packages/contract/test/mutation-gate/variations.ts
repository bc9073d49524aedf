import { createSandbox } from '@hood-exports/sandbox'
import {
  answers,
  bodies,
  eachItem,
  envelopeFrom,
  operationOf,
  pageOf,
  parameter,
  parameterOfList,
  replaced,
  requests,
  withParameters,
} from './changes.ts'
import type { Item } from './changes.ts'
import { ITEMS } from './examine.ts'
import type { Change, Variation } from './provider.ts'

/** Gives lists without an order one. */
const orderedBy = (sort: string): Change =>
  requests((request) =>
    operationOf(request) === 'list' && parameter(request, 'sort') === undefined
      ? withParameters(request, { sort })
      : request,
  )

/** What another error would be instead, with the quota of the answer. */
const error = (response: Response, status: number, title: string): Response =>
  replaced(response, {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: status, title }),
  })

/** Answers pages past the end in another way. */
const pastEnd = (answer: (response: Response, request: Request) => Response | Promise<Response>): Change =>
  answers(async (response, request) => {
    if (response.status !== 200 || operationOf(request) !== 'list' || pageOf(request)[0] === 1) return response
    const text = await response.text()
    const whole = replaced(response, { body: text })
    return text.includes('"items":[]') ? answer(whole, request) : whole
  })

const noNulls = (item: Item): Item => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null))

const QUOTA = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']

/** From that request on, the account is in another state. */
const changingAt =
  (request: number, state: string): Change =>
  (provider, { clock }) => {
    const later = createSandbox({ items: ITEMS, limits: 'off', clock: { now: () => clock.wallNow() } })
    const isSet = later.setState(state)
    let count = 0
    return async (asked) => {
      const response = await provider(asked.clone())
      count += 1
      if (count < request || response.status === 429) return response
      await isSet
      const quota = QUOTA.map((name) => [name, response.headers.get(name) ?? undefined] as const)
      return replaced(await later.fetch(asked), { headers: Object.fromEntries(quota) })
    }
  }

export const VARIATIONS: readonly Variation[] = [
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
  {
    name: 'cut-pages',
    permitted: 'the upper bound of a page is not documented: larger ones are cut',
    change: parameterOfList('page', (page) =>
      page.replace(/,(\d+)$/, (_, size: string) => `,${size === '0' ? 0 : Math.min(50, Number(size))}`),
    ),
  },
  {
    name: 'large-pages-refused',
    permitted: 'the upper bound of a page is not documented: larger ones are refused',
    change: answers((response, request) =>
      operationOf(request) === 'list' && (pageOf(request)[1] ?? 0) > 25 && response.status === 200
        ? error(response, 400, 'Bad request.')
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
    name: 'past-end-missing',
    permitted: 'what a page past the end has is not documented: 404',
    change: pastEnd((response) => error(response, 404, 'Not found.')),
  },
  {
    name: 'past-end-refused',
    permitted: 'what a page past the end has is not documented: 400',
    change: pastEnd((response) => error(response, 400, 'Bad request.')),
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
    name: 'nulls-left-out',
    permitted: 'which members may be null or absent is not documented',
    change: eachItem(noNulls),
  },
  {
    name: 'more-members',
    permitted: 'members that nobody has documented may come at any time',
    change: bodies((body) => ({
      ...body,
      ...(body.items
        ? { next: null, items: body.items.map((item) => ({ ...item, owner: { name: 'Ana' } })) }
        : { docs: 'https://docs.example' }),
    })),
  },
  {
    name: 'new-vocabulary',
    permitted: 'vocabularies are open',
    change: eachItem((item) => ({
      ...item,
      ...(item['status'] === 'failed' && { status: 'failed' }),
      ...('resource' in item && { resource: item['resource'] }),
    })),
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
  {
    name: 'few-members-in-errors',
    permitted: 'code and title are the only members that every documented error has',
    change: bodies((body) => ('code' in body ? { code: body['code'], title: body['title'] } : body)),
  },
  {
    name: 'trace-id-of-braces',
    permitted: 'a documented 401 has the trace_id "{}"',
    change: bodies((body) => ('code' in body ? { ...body, trace_id: '{}' } : body)),
  },
  {
    name: 'indented',
    permitted: 'JSON may have space in it, and Content-Type a charset',
    change: answers(async (response, request) => {
      if (operationOf(request) === 'download' || request.method === 'HEAD') return response
      const body = JSON.stringify(await response.json(), undefined, 2)
      return replaced(response, { headers: { 'content-type': 'Application/JSON; charset=UTF-8' }, body })
    }),
  },
  {
    name: 'escaped',
    permitted: 'JSON may escape any character',
    change: answers(async (response, request) => {
      if (operationOf(request) === 'download' || request.method === 'HEAD') return response
      const escaped = (await response.text()).replaceAll(/\P{ASCII}/gu, (character) =>
        Array.from(
          { length: character.length },
          (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
        ).join(''),
      )
      return replaced(response, { body: escaped })
    }),
  },
  {
    name: 'no-head',
    permitted: 'whether HEAD is answered is not documented',
    change: answers((response, { method }) =>
      method === 'HEAD' ? replaced(response, { status: 405, body: null }) : response,
    ),
  },
  {
    name: 'letters-are-no-id',
    permitted: 'whether an id of letters is a mistake or just missing is not documented',
    change: answers((response, request) =>
      /exports\/[^/]*[a-z]/.test(new URL(request.url).pathname) && response.status === 400
        ? error(response, 404, 'Not found.')
        : response,
    ),
  },
  {
    name: 'challenge',
    permitted: 'RFC 9110 wants WWW-Authenticate on a 401',
    change: answers((response) =>
      response.status === 401
        ? replaced(response, { headers: { 'www-authenticate': 'Bearer realm="hood"' } })
        : response,
    ),
  },
  {
    name: 'file-names',
    permitted: 'headers beyond the documented ones',
    change: answers((response, request) =>
      operationOf(request) === 'download' && response.status === 200
        ? replaced(response, {
            headers: {
              'content-disposition': 'attachment; filename="export.csv"',
              'cache-control': 'no-store',
              etag: '"1"',
            },
          })
        : response,
    ),
  },
  {
    name: 'file-charset',
    permitted: 'a media type may have parameters',
    change: answers((response, request) =>
      operationOf(request) === 'download' && response.status === 200
        ? replaced(response, { headers: { 'content-type': `${response.headers.get('content-type')}; charset=utf-8` } })
        : response,
    ),
  },
  {
    name: 'counts-rise',
    permitted: 'somebody else downloads while the run goes on',
    change: (provider, surroundings) => {
      let count = 0
      return eachItem((item) => ({
        ...item,
        ...(typeof item['download_count'] === 'number' && {
          download_count: item['download_count'] + Math.floor(count++ / 2_000),
        }),
      }))(provider, surroundings)
    },
  },
  {
    name: 'export-comes',
    permitted: 'exports are made while the run goes on',
    change: changingAt(40, 'export 1000900 exists'),
  },
  {
    name: 'export-comes-early',
    permitted: 'exports are made while the account is read',
    change: changingAt(3, 'export 1000900 exists'),
  },
  {
    name: 'export-goes',
    permitted: 'exports are removed while the run goes on',
    change: changingAt(70, 'export 1000120 does not exist'),
  },
  {
    name: 'export-fails',
    permitted: 'exports change while the run goes on',
    change: changingAt(55, 'export 1000033 has failed'),
  },
  {
    name: 'burst-described',
    permitted: 'which window the headers describe is not said',
    sandbox: { rateLimitHeaders: 'shortest' },
  },
  {
    name: 'fewest-described',
    permitted: 'which window the headers describe is not said',
    sandbox: { rateLimitHeaders: 'fewest-remaining' },
  },
  {
    name: 'windows-begin-with-requests',
    permitted: 'when a window begins is not documented',
    sandbox: { windowStart: { kind: 'first-request' } },
  },
  {
    name: 'windows-begin-elsewhere',
    permitted: 'when a window begins is not documented',
    sandbox: { windowStart: { kind: 'clock', phaseMs: 12_345 } },
  },
  {
    name: 'one-at-a-time',
    permitted: 'the parallel limit is not documented',
    limits: 'on',
    sandbox: {
      limits: {
        windows: [
          { limit: 10, windowMs: 1_000 },
          { limit: 150, windowMs: 60_000 },
        ],
        parallel: 1,
      },
    },
  },
  {
    name: 'reset-rounded-down',
    permitted: 'how Reset is rounded is not documented',
    change: answers((response) =>
      response.headers.has('x-ratelimit-reset')
        ? replaced(response, {
            headers: {
              'x-ratelimit-reset': String(Math.max(0, Number(response.headers.get('x-ratelimit-reset')) - 1)),
            },
          })
        : response,
    ),
  },
  { name: 'few-items', permitted: 'an account may have few exports', sandbox: { items: 3 } },
  { name: 'one-item', permitted: 'an account may have one export', sandbox: { items: 1 } },
  { name: 'no-items', permitted: 'an account may have no exports', sandbox: { items: 0 } },
  { name: 'other-items', permitted: 'any data', sandbox: { items: 400, seed: 99 } },
]
