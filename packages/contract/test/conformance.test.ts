import { createMock } from '@hood-exports/mock'
import {
  FILTER_KINDS,
  FILTER_OPERATORS,
  METHODS,
  OPERATOR_VALUES,
  PATHS,
  SEARCHABLE_FIELDS,
  SELECTABLE_FIELDS,
  SORTABLE_FIELDS,
  STATUSES,
  VIEWS,
} from '@hood-exports/openapi'
import { createSandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
import { conform } from '../src/index.ts'
import type { Operation } from '../src/index.ts'

interface Provider {
  readonly fetch: (request: Request) => Promise<Response>
}

async function ask(
  { fetch }: Provider,
  { operation = 'list', path, body }: { operation?: Operation; path: string; body?: string },
  headers: Record<string, string>,
): Promise<{ status: number; deviations: unknown }> {
  const request = new Request(`http://provider.example${path}`, {
    method: METHODS[operation],
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  })
  const response = await fetch(request)
  const answer = { status: response.status, headers: response.headers, body: await response.text() }
  return { status: answer.status, deviations: conform(operation, answer) }
}

const ID = '1000000'
const at = (operation: Operation, id = ID): string => PATHS[operation].replace('{id}', id)
const OPERATIONS = Object.keys(PATHS) as Operation[]
const BODY = JSON.stringify({ name: 'Campaigns of July', out: 'csv', filters: { channel_type: 'in:push,sms' } })
const asked = (operation: Operation, id = ID): { operation: Operation; path: string; body?: string } => ({
  operation,
  path: at(operation, id),
  ...(operation === 'exportQuickReport' && { body: BODY }),
})

/** A value of each kind, and two more that may stand beside it. */
const VALUES = {
  id: ['1000000', '1000001'],
  text: ['ready', 'csv'],
  number: ['1', '9'],
  time: ['2026-01-01', '2026-01-31 23:59:59'],
} as const

/** Every operator that each member takes. */
const FILTERS = Object.entries(FILTER_KINDS).flatMap(([member, kind]) => [
  `${member}=${VALUES[kind][0]}`,
  ...FILTER_OPERATORS[kind].map((operator) => {
    const count = { none: 0, one: 1, many: 2, two: 2 }[OPERATOR_VALUES[operator]]
    return `${member}=${operator}:${VALUES[kind].slice(0, count).map(encodeURIComponent).join(',')}`
  }),
])

/** Every parameter of the spec in every form, from its own lists, and everything that can be wrong with each. */
const REQUESTS: readonly [string, number][] = [
  [PATHS.list, 200],
  ...SELECTABLE_FIELDS.map((field): [string, number] => [`${PATHS.list}?fields=${field}`, 200]),
  ...SORTABLE_FIELDS.flatMap((field): [string, number][] => [
    [`${PATHS.list}?sort=${field}`, 200],
    [`${PATHS.list}?sort=-${field}`, 200],
  ]),
  ...SEARCHABLE_FIELDS.map((field): [string, number] => [`${PATHS.list}?q=1&q_fields=${field}`, 200]),
  ...VIEWS.map((view): [string, number] => [`${PATHS.list}?view=${view}`, 200]),
  [`${PATHS.list}?page=2`, 200],
  [`${PATHS.list}?page=2,5`, 200],
  [`${PATHS.list}?q=${encodeURIComponent('50% _a\\\'"')}`, 200],
  [`${PATHS.list}?fields=${SELECTABLE_FIELDS.join(',')}&sort=${SORTABLE_FIELDS.join(',')}`, 200],
  ...FILTERS.map((filter): [string, number] => [`${PATHS.list}?${filter}`, 200]),
  [`${PATHS.list}?fields=nmae`, 400],
  [`${PATHS.list}?view=wide`, 400],
  [`${PATHS.list}?sort=id`, 400],
  [`${PATHS.list}?sort=--name`, 400],
  [`${PATHS.list}?page=0`, 400],
  [`${PATHS.list}?page=1,0`, 400],
  [`${PATHS.list}?page=1,2,3`, 400],
  [`${PATHS.list}?page=x`, 400],
  [`${PATHS.list}?q=x&q_fields=failure_reason`, 400],
  [`${PATHS.list}?size=many`, 400],
  [`${PATHS.list}?status=gt:ready`, 400],
  [`${PATHS.list}?create_time=rf:2026-01-01`, 400],
  [`${PATHS.list}?status=in:`, 400],
]

/** The other operations: what they take, and what is wrong. */
const OTHER_REQUESTS: readonly [string, { operation: Operation; path: string; body?: string }, number][] = [
  ['a view', asked('view'), 200],
  ['every member of an item', { operation: 'view', path: `${at('view')}?view=full` }, 200],
  ['some members of an item', { operation: 'view', path: `${at('view')}?fields=id,size` }, 200],
  ['a download', asked('download'), 200],
  ['a retry', asked('retry'), 202],
  ['an export of a quick report', asked('exportQuickReport'), 202],
  ['an unknown member of an item', { operation: 'view', path: `${at('view')}?fields=nmae` }, 400],
  ...OPERATIONS.slice(1).map((operation): [string, ReturnType<typeof asked>, number] => [
    `a ${operation} of an id that is none`,
    asked(operation, 'abc'),
    400,
  ]),
  ['a body that is no JSON', { ...asked('exportQuickReport'), body: '{' }, 400],
  ['a body that is no object', { ...asked('exportQuickReport'), body: '[]' }, 400],
  ['a format that is none', { ...asked('exportQuickReport'), body: '{"out":"exe"}' }, 400],
  ['columns that are no text', { ...asked('exportQuickReport'), body: '{"fields":["sent"]}' }, 400],
]

const sandbox = createSandbox({ limits: 'off' })
await sandbox.setState('export 1000000 exists')
const mock = await createMock()

describe.each<[string, Provider, Record<string, string>]>([
  ['the sandbox', sandbox, { authorization: `Bearer ${sandbox.tokens.main}` }],
  ['the mock', mock, { authorization: 'Bearer any' }],
])('%s answers as the spec says', (_name, provider, headers) => {
  test.each(REQUESTS)('%s with %i', async (path, status) => {
    expect(await ask(provider, { path }, headers)).toEqual({ status, deviations: [] })
  })

  test.each(OTHER_REQUESTS)('%s: %j with %i', async (_what, request, status) => {
    expect(await ask(provider, request, headers)).toEqual({ status, deviations: [] })
  })

  test.each(OPERATIONS)('a %s without a token with 401', async (operation) => {
    expect(await ask(provider, asked(operation), {})).toEqual({ status: 401, deviations: [] })
  })
})

describe('the mock', () => {
  test.each(
    OPERATIONS.flatMap((operation) => STATUSES[operation].slice(1).map((status) => [operation, status] as const)),
  )('has the documented answer of a %s with status %i', async (operation, status) => {
    const headers = { authorization: 'Bearer any', prefer: `code=${status}` }
    expect(await ask(mock, asked(operation), headers)).toEqual({ status, deviations: [] })
  })
})

describe('the sandbox', () => {
  test.each([
    ['the server fails', 500],
    ['the second window is used up', 429],
    ['the minute is used up', 429],
    ['the parallel limit is reached', 429],
    ['the token is not valid', 401],
    ['export 1000000 does not exist', 404],
  ])('when %s answers %i in the documented shape', async (state, status) => {
    const limited = createSandbox()
    await limited.setState(state)
    const headers = { authorization: `Bearer ${limited.tokens.main}` }
    expect(await ask(limited, asked('view'), headers)).toEqual({ status, deviations: [] })
    limited.close()
  })
})

describe('a deviation is found and named', () => {
  const good = {
    'content-type': 'application/json',
    'x-ratelimit-limit': '150',
    'x-ratelimit-remaining': '1',
    'x-ratelimit-reset': '1',
  }
  const answer = (body: unknown, headers: Record<string, string> = {}, status = 200) => ({
    status,
    headers: new Headers({ ...good, ...headers }),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

  test.each([
    [
      'a total that is no number',
      answer({ total: 'many', items: [] }),
      'total is "many", not a whole number or a string that matches ^[0-9]+$',
    ],
    ['no items', answer({ total: 1 }), 'the body has no "items": {"total":1}'],
    ['a number as id', answer({ total: 1, items: [{ id: 1 }] }), 'id of item 1 is 1, not a string like "1000000"'],
    ['HTML', answer('<html>'), 'the body is not JSON: "<html>"'],
    [
      'another media type',
      answer({ total: 0, items: [] }, { 'content-type': 'text/plain' }),
      'the Content-Type is text/plain, not application/json',
    ],
    [
      'a quota that is no number',
      answer({ total: 0, items: [] }, { 'x-ratelimit-limit': 'many' }),
      'the header X-RateLimit-Limit is "many", not a whole number',
    ],
    ['a status that is not documented', answer({}, {}, 418), 'status 418 is not documented'],
    ['a code that is not the status', answer({ code: 500, title: 'x' }, {}, 400), 'code is 500, not 400'],
    [
      'a quota on a 429',
      answer({ code: 429, title: 'x' }, { 'retry-after': '1' }, 429),
      'a 429 carries X-RateLimit-Limit: it must not',
    ],
  ])('%s', (_title, given, message) => {
    expect(conform('list', given).map((deviation) => deviation.message)).toContain(message)
  })

  test('in the 202 of a retry: an operation without an id', () => {
    expect(conform('retry', answer({ status: 'running' }, {}, 202))).toEqual([
      {
        pointer: '/paths/~1v1~1hood~1exports~1{id}~1retry/post/responses/202/content/application~1json/schema',
        part: 'body',
        path: '',
        message: 'the body has no "id": {"status":"running"}',
      },
    ])
  })

  test('for a path template as for the name of its operation', () => {
    const given = answer({ total: 1 })
    expect(conform(PATHS.list, given)).toEqual(conform('list', given))
  })
})

test('numbers may come as texts of digits', () => {
  const headers = new Headers({
    'content-type': 'application/json',
    'x-ratelimit-limit': '150',
    'x-ratelimit-remaining': '1',
    'x-ratelimit-reset': '1',
  })
  const body = JSON.stringify({ total: '1', items: [{ size: '125', attempt_count: '1', download_count: '0' }] })
  expect(conform('list', { status: 200, headers, body })).toEqual([])
  expect(conform('view', { status: 200, headers, body })).toEqual([])
})
