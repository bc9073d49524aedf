import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExportsClient, toResult } from '@hood-exports/client'
import type { ExportsClient } from '@hood-exports/client'
import { METHODS, PATHS, STATUSES } from '@hood-exports/openapi'
import { MatchersV3, PactV4 } from '@pact-foundation/pact'
import { afterAll, describe, expect, test } from 'vitest'
import { CONSUMER, PACTS_FOLDER, PACT_FILE, PACT_NAME, PACT_TOKEN, PROVIDER } from './pact-file.ts'
import type { PactFile } from './pact-file.ts'

const { eachLike, integer, like, regex, string } = MatchersV3

const folder = mkdtempSync(join(tmpdir(), 'hood-exports-pacts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pact = new PactV4({ consumer: CONSUMER, provider: PROVIDER, dir: folder, logLevel: 'error' })

const ID = '1000000'
const EXISTS = `export ${ID} exists`
const TIME = String.raw`^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$`

/** What every item has, as the client needs it: types and formats, no values. */
const ITEM = {
  id: regex(String.raw`^\d+$`, ID),
  company_id: regex(String.raw`^\d+$`, '1000001'),
  resource: string('quick-reports'),
  status: string('ready'),
  name: string('Christmas list - 22.05.2025 11:44:32'),
  attempt_count: integer(1),
  download_count: integer(1),
  create_time: regex(TIME, '2021-07-30 12:50:13'),
  update_time: regex(TIME, '2021-07-30 12:50:13'),
}

/** An item that is ready: also what may be null until then. */
const READY_ITEM = {
  ...ITEM,
  creator_id: regex(String.raw`^\d+$`, '1000001'),
  description: string('help here'),
  size: integer(125),
  extension: string('csv'),
  mime_type: string('text/csv'),
  download_url: string(`/v1/hood/customers/exports/${ID}/download`),
  failure_reason: string('Export failed due to an internal error. Please try again later.'),
  expire_time: regex(TIME, '2021-07-30 12:50:13'),
}

const QUOTA = {
  'X-RateLimit-Limit': regex(String.raw`^\d+$`, '150'),
  'X-RateLimit-Remaining': regex(String.raw`^\d+$`, '149'),
  'X-RateLimit-Reset': regex(String.raw`^\d+$`, '42'),
}

interface Interaction {
  readonly title: string
  readonly state: string
  /** Default: GET. */
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly query?: Record<string, string>
  /** JSON. */
  readonly requestBody?: object
  readonly status: number
  readonly headers?: Record<string, ReturnType<typeof regex>>
  readonly body: unknown
  readonly call: (client: ExportsClient) => Promise<unknown>
  readonly expected: unknown
}

const REPORT_ID = '42'
const view = PATHS.view.replace('{id}', ID)
const download = PATHS.download.replace('{id}', ID)
const retry = PATHS.retry.replace('{id}', ID)
const exportQuickReport = PATHS.exportQuickReport.replace('{id}', REPORT_ID)

const NAME = 'Christmas list - 22.05.2025 11:44:32'
const DAY = new Date('2021-07-30T00:00:00Z')

/** Every form that a filter can take, of each kind of member. */
const FILTERED = (
  [
    ['the exports with a status', { status: 'ready' }, { status: 'ready' }],
    ['the exports with one of several statuses', { status: 'in:ready,failed' }, { status: ['ready', 'failed'] }],
    ['the exports with another status', { status: 'neq:failed' }, { status: { not: 'failed' } }],
    ['the exports with none of several', { status: 'nin:failed,expired' }, { status: { not: ['failed', 'expired'] } }],
    ['the exports with a description', { description: 'is:' }, { description: { not: null } }],
    ['several exports by their ids', { id: `in:${ID},1000001` }, { id: [ID, '1000001'] }],
    ['the exports larger than a size', { size: 'gt:124' }, { size: { gt: 124 } }],
    ['the exports of a size or larger', { size: 'gte:125' }, { size: { gte: 125 } }],
    ['the exports smaller than a size', { size: 'lt:126' }, { size: { lt: 126 } }],
    ['the exports of a size or smaller', { size: 'lte:125' }, { size: { lte: 125 } }],
    ['the exports between two sizes', { size: 'r:124,126' }, { size: { gt: 124, lt: 126 } }],
    ['the exports from one size to another', { size: 'rf:125,125' }, { size: { gte: 125, lte: 125 } }],
    ['the exports from a size on', { size: 'rl:125,126' }, { size: { gte: 125, lt: 126 } }],
    ['the exports up to a size', { size: 'rr:124,125' }, { size: { gt: 124, lte: 125 } }],
    ['the exports made since a day', { create_time: 'gte:2021-07-30 00:00:00' }, { create_time: { gte: DAY } }],
    [
      'the exports made in a time',
      { create_time: 'rf:2021-07-30 00:00:00,2021-07-30 23:59:59' },
      { create_time: { gte: DAY, lte: '2021-07-30 23:59:59' } },
    ],
    [
      'the exports that every member tells apart',
      {
        id: ID,
        company_id: '1000001',
        creator_id: 'is:',
        resource: 'quick-reports',
        status: 'ready',
        name: NAME,
        description: 'help here',
        size: '125',
        extension: 'csv',
        mime_type: 'text/csv',
        download_url: 'is:',
        attempt_count: '1',
        download_count: 'gte:0',
        failure_reason: 'is:',
        expire_time: 'is:',
        create_time: '2021-07-30 12:50:13',
        update_time: 'gte:2021-07-30 12:50:13',
      },
      {
        id: ID,
        company_id: '1000001',
        creator_id: { not: null },
        resource: 'quick-reports',
        status: 'ready',
        name: NAME,
        description: 'help here',
        size: 125,
        extension: 'csv',
        mime_type: 'text/csv',
        download_url: { not: null },
        attempt_count: 1,
        download_count: { gte: 0 },
        failure_reason: { not: null },
        expire_time: { not: null },
        create_time: '2021-07-30 12:50:13',
        update_time: { gte: '2021-07-30 12:50:13' },
      },
    ],
  ] as const
).map(([title, query, filter]) => [title, { ...query }, { filter }, ITEM] as const)

const page = (item: object): object => ({ total: integer(1), items: eachLike(item) })
const envelope = (item: object): object => ({ total: 1, items: [item] })

/** Every form that a parameter of the list can take, each through the real client. */
const lists: readonly Interaction[] = (
  [
    ['the first page', {}, {}, ITEM],
    ['some members of each item', { fields: 'id,name' }, { fields: ['id', 'name'] }, { id: ITEM.id, name: ITEM.name }],
    ['one member of each item', { fields: 'status' }, { fields: ['status'] }, { status: ITEM.status }],
    ['every member of each item', { view: 'full' }, { view: 'full' }, ITEM],
    ['the default view', { view: 'default' }, { view: 'default' }, { id: ITEM.id }],
    ['a list in ascending order', { sort: 'name' }, { sort: ['name'] }, ITEM],
    ['a list in descending order', { sort: '-create_time' }, { sort: ['-create_time'] }, ITEM],
    ['a list by several keys', { sort: 'status,-size,name' }, { sort: ['status', '-size', 'name'] }, ITEM],
    ['a page by its number', { page: '1' }, { page: 1 }, ITEM],
    ['a page by its number and size', { page: '1,50' }, { page: 1, pageSize: 50 }, ITEM],
    ['a search', { q: 'Christmas' }, { q: 'Christmas' }, ITEM],
    ['a search in one field', { q: ID, q_fields: 'id' }, { q: ID, qFields: ['id'] }, ITEM],
    [
      'a search in every field',
      { q: 'Christmas', q_fields: 'id,resource,name,description,failed_reason' },
      { q: 'Christmas', qFields: ['id', 'resource', 'name', 'description', 'failed_reason'] },
      ITEM,
    ],
    [
      'everything at once',
      { fields: 'id,name', sort: '-create_time', page: '1,50', q: 'list', q_fields: 'name' },
      { fields: ['id', 'name'], sort: ['-create_time'], page: 1, pageSize: 50, q: 'list', qFields: ['name'] },
      { id: ITEM.id, name: ITEM.name },
    ],
    ...FILTERED,
  ] as const
).map(([title, query, clientQuery, item]) => ({
  title: `a request for ${title}`,
  state: EXISTS,
  path: PATHS.list,
  query,
  status: 200,
  body: page(item),
  call: (client) => client.list(clientQuery),
  expected: { total: 1, items: [expect.objectContaining(item === ITEM ? { id: ID } : {})] },
}))

/** What may also come as a text of digits. */
const DIGITS = regex(String.raw`^\d+$`, '31')

const successes: readonly Interaction[] = [
  ...lists,
  {
    title: 'a request for the exports with a status, searched, sorted and paged',
    state: EXISTS,
    path: PATHS.list,
    query: { fields: 'id,name', sort: '-name', page: '1,50', q: 'list', q_fields: 'name', status: 'ready' },
    status: 200,
    body: page({ id: ITEM.id, name: ITEM.name }),
    call: (client) =>
      client.list({
        fields: ['id', 'name'],
        sort: ['-name'],
        page: 1,
        pageSize: 50,
        q: 'list',
        qFields: ['name'],
        filter: { status: 'ready' },
      }),
    expected: { total: 1, items: [{ id: ID, name: NAME }] },
  },
  {
    title: 'a request for an export without a size',
    state: `export ${ID} has failed`,
    path: PATHS.list,
    query: { id: ID, size: 'isn:' },
    status: 200,
    body: page(ITEM),
    call: (client) => client.list({ filter: { id: ID, size: null } }),
    expected: { total: 1, items: [expect.objectContaining({ id: ID })] },
  },
  {
    title: 'a request for the exports with a name that looks like an operator',
    state: 'no exports exist',
    path: PATHS.list,
    query: { name: 'eq:in:July' },
    status: 200,
    body: { total: 0, items: [] },
    call: (client) => client.list({ filter: { name: 'in:July' } }),
    expected: { total: 0, items: [] },
  },
  {
    title: 'a request for a list with numbers in texts',
    state: EXISTS,
    path: PATHS.list,
    query: { id: ID },
    status: 200,
    body: {
      total: DIGITS,
      items: eachLike({ id: ITEM.id, size: DIGITS, attempt_count: DIGITS, download_count: DIGITS }),
    },
    call: (client) => client.list({ filter: { id: ID } }),
    expected: { total: 31, items: [{ id: ID, size: 31, attempt_count: 31, download_count: 31 }] },
  },
  {
    title: 'a request for a list without a match',
    state: 'no exports exist',
    path: PATHS.list,
    status: 200,
    body: { total: 0, items: [] },
    call: (client) => client.list(),
    expected: { total: 0, items: [] },
  },
  {
    title: 'a request for one item',
    state: EXISTS,
    path: view,
    status: 200,
    body: envelope(READY_ITEM),
    call: (client) => client.get(ID),
    expected: expect.objectContaining({ id: ID, status: 'ready' }),
  },
  {
    title: 'a request for some members of one item',
    state: EXISTS,
    path: view,
    query: { fields: 'id,status' },
    status: 200,
    body: envelope({ id: ITEM.id, status: ITEM.status }),
    call: (client) => client.get(ID, { fields: ['id', 'status'] }),
    expected: { id: ID, status: 'ready' },
  },
  {
    title: 'a request for every member of one item',
    state: EXISTS,
    path: view,
    query: { view: 'full' },
    status: 200,
    body: envelope(READY_ITEM),
    call: (client) => client.get(ID, { view: 'full' }),
    expected: expect.objectContaining({ id: ID }),
  },
]

const UUID = '0f0ad209-af98-4b29-b710-39d2353b66c6'

/** As the client needs it: an id, and what the vendor's sample has. */
const OPERATION = {
  id: string(UUID),
  company_id: regex(String.raw`^\d+$`, '6197120'),
  member_id: regex(String.raw`^\d+$`, '1000223'),
  name: string('quick-report-export'),
  status: string('running'),
  start_time: regex(TIME, '2025-07-28 08:00:35'),
}

/** The vendor's own sample. */
const REQUEST = {
  name: 'Campaigns of July',
  out: 'csv',
  source: 'hood.campaign-reports',
  fields: 'campaign_name,sent,delivered',
  sort: '-click_rate',
  resolution: 'day',
  precision: 4,
  filters: { event_time: 'rf:2025-07-01 00:00:00,2025-07-03 23:59:59', channel_type: 'in:push,sms' },
} as const

const accepted: readonly Interaction[] = [
  {
    title: 'a retry of an export that has failed',
    state: `export ${ID} has failed`,
    method: 'POST',
    path: retry,
    status: 202,
    body: OPERATION,
    call: (client) => client.retry(ID),
    expected: expect.objectContaining({ id: UUID, status: 'running' }),
  },
  {
    title: 'a request for an export of a quick report',
    state: 'making an export takes',
    method: 'POST',
    path: exportQuickReport,
    requestBody: REQUEST,
    status: 202,
    body: OPERATION,
    call: (client) => client.exportQuickReport(REPORT_ID, REQUEST),
    expected: expect.objectContaining({ id: UUID, status: 'running' }),
  },
  {
    title: 'a request for an export of a quick report as JSON, by its name alone',
    state: 'making an export takes',
    method: 'POST',
    path: exportQuickReport,
    requestBody: { name: 'Clicks', out: 'json' },
    status: 202,
    body: { id: OPERATION.id },
    call: (client) => client.exportQuickReport(REPORT_ID, { name: 'Clicks', out: 'json' }),
    expected: { id: UUID },
  },
]

const error = (code: number, title: string, message?: string): object => ({
  code,
  title: like(title),
  ...(message !== undefined && { message: like(message) }),
  trace_id: string('99a84211-f73d-4ff8-acdf-eb3e06bb9d62'),
})

/** How each documented error comes about, and what the user of the client sees. */
const ERRORS = [
  {
    status: 401,
    state: 'the token is not valid',
    body: error(401, 'Unauthorized.', 'Unauthorized.'),
    kind: 'unauthorized',
  },
  { status: 500, state: 'the server fails', body: error(500, 'Internal server error.'), kind: 'server' },
] as const

interface Called {
  readonly name: string
  readonly method?: 'POST'
  readonly path: string
  readonly requestBody?: object
  readonly call: (client: ExportsClient) => Promise<unknown>
  /** What the operation is about does not exist. */
  readonly missing?: string
}

const OPERATIONS: readonly Called[] = [
  { name: 'list', path: PATHS.list, call: (client) => client.list() },
  { name: 'view', path: view, call: (client) => client.get(ID), missing: `export ${ID} does not exist` },
  { name: 'download', path: download, call: (client) => client.download(ID), missing: `export ${ID} does not exist` },
  {
    name: 'retry',
    method: 'POST',
    path: retry,
    call: (client) => client.retry(ID),
    missing: `export ${ID} does not exist`,
  },
  {
    name: 'request for an export',
    method: 'POST',
    path: exportQuickReport,
    requestBody: { name: 'Clicks' },
    call: (client) => client.exportQuickReport(REPORT_ID, { name: 'Clicks' }),
    missing: `quick report ${REPORT_ID} does not exist`,
  },
]

const refusals: readonly Interaction[] = OPERATIONS.flatMap(({ name, method, path, requestBody, call }) => {
  const request = { path, call, ...(method && { method }), ...(requestBody && { requestBody }) }
  return [
    ...ERRORS.map(({ status, state, body, kind }) => ({
      ...request,
      title: `a ${name} that is answered ${status}`,
      state,
      status,
      body,
      expected: { kind, status, code: status },
    })),
    {
      ...request,
      title: `a ${name} beyond the second's quota`,
      state: 'the second window is used up',
      status: 429,
      headers: { 'Retry-After': regex(String.raw`^\d+$`, '1') },
      body: error(429, 'Too many requests.'),
      expected: { kind: 'rate-limited', status: 429, retryAfterMs: 1_000, rateLimit: { retryAfter: 1_000 } },
    },
    {
      ...request,
      title: `a ${name} beyond the parallel limit`,
      state: 'the parallel limit is reached',
      status: 429,
      headers: { 'Retry-After': regex('^-1$', '-1') },
      body: error(429, 'Too many requests.'),
      // Nothing in flight could end: the next attempt would lie past the deadline.
      expected: { kind: 'deadline', attempts: 1, rateLimit: { retryAfter: 'after-in-flight' } },
    },
  ]
})

const mistakes: readonly Interaction[] = [
  ...OPERATIONS.flatMap(({ name, missing, ...request }) =>
    missing === undefined
      ? []
      : [
          {
            ...request,
            title: `a ${name} of an unknown id`,
            state: missing,
            status: 404,
            body: error(404, 'Not found.'),
            expected: { kind: 'not-found', status: 404 },
          },
        ],
  ),
  {
    title: 'a list by a key that is not sortable',
    state: EXISTS,
    path: PATHS.list,
    query: { sort: 'id' },
    status: 400,
    body: error(400, 'Bad request.', 'The request is not valid.'),
    // The typed call refuses it before it is sent: only raw access can ask.
    call: async (client) => (await client.raw.GET(PATHS.list, { params: { query: { sort: ['id' as 'name'] } } })).error,
    expected: expect.objectContaining({ code: 400 }),
  },
  {
    title: 'a list of the exports with more than a status',
    state: EXISTS,
    path: PATHS.list,
    query: { status: 'gt:ready' },
    status: 400,
    body: error(400, 'Bad request.', 'The request is not valid.'),
    // As above.
    call: async (client) => (await client.raw.GET(PATHS.list, { params: { query: { status: 'gt:ready' } } })).error,
    expected: expect.objectContaining({ code: 400 }),
  },
  {
    title: 'a request for an export in a format that is none',
    state: 'making an export takes',
    method: 'POST',
    path: exportQuickReport,
    requestBody: { name: 'Clicks', out: 'exe' },
    status: 400,
    body: error(400, 'Bad request.', 'The request is not valid.'),
    call: async (client) => {
      const body = { name: 'Clicks', out: 'exe' as 'csv' }
      return (await client.raw.POST(PATHS.exportQuickReport, { params: { path: { id: REPORT_ID } }, body })).error
    },
    expected: expect.objectContaining({ code: 400 }),
  },
  {
    title: 'a retry of an id that is none',
    state: EXISTS,
    method: 'POST',
    path: PATHS.retry.replace('{id}', 'abc'),
    status: 400,
    body: error(400, 'Bad request.', 'The request is not valid.'),
    call: async (client) => (await client.raw.POST(PATHS.retry, { params: { path: { id: 'abc' } } })).error,
    expected: expect.objectContaining({ code: 400 }),
  },
  ...(
    [
      ['view', PATHS.view],
      ['download', PATHS.download],
    ] as const
  ).map(([name, path]) => ({
    title: `a ${name} of an id that is none`,
    state: EXISTS,
    path: path.replace('{id}', 'abc'),
    status: 400,
    body: error(400, 'Bad request.', 'The request is not valid.'),
    call: async (client: ExportsClient) => (await client.raw.GET(path, { params: { path: { id: 'abc' } } })).error,
    expected: expect.objectContaining({ code: 400 }),
  })),
]

function interact(interaction: Interaction): Promise<unknown> {
  const { title, state, method = 'GET', path, query, requestBody, status, headers = {}, body, call } = interaction
  return pact
    .addInteraction()
    .given(state)
    .uponReceiving(title)
    .withRequest(method, path, (request) => {
      request.headers({ Authorization: regex(String.raw`^Bearer \S+$`, `Bearer ${PACT_TOKEN}`) })
      if (query) request.query(query)
      if (requestBody) request.jsonBody(requestBody)
    })
    .willRespondWith(status, (response) => {
      response.headers(status === 429 ? headers : QUOTA)
      response.jsonBody(body)
    })
    .executeTest(async ({ url }) => {
      const client = createExportsClient({
        token: PACT_TOKEN,
        baseUrl: url,
        maxRetries: 0,
        maxRetryAfterMs: 0,
        deadlineMs: 900,
      })
      const { data, error: failure } = await toResult(call(client))
      return failure ?? data
    })
}

describe('what the client asks and gets', () => {
  test.each([...successes, ...accepted])('$title', async (interaction) => {
    expect(await interact(interaction)).toEqual(interaction.expected)
  })

  test.each([...refusals, ...mistakes])('$title', async (interaction) => {
    expect(await interact(interaction)).toMatchObject(interaction.expected as object)
  })

  test('a request for a file', async () => {
    const file = await pact
      .addInteraction()
      .given(EXISTS)
      .uponReceiving('a request for a file')
      .withRequest('GET', download, (request) => {
        request.headers({ Authorization: regex(String.raw`^Bearer \S+$`, `Bearer ${PACT_TOKEN}`) })
      })
      .willRespondWith(200, (response) => {
        // Any bytes: what is in the file is nobody's contract.
        response.headers({ ...QUOTA, 'Content-Type': regex('^text/csv', 'text/csv') })
      })
      .executeTest(async ({ url }) => {
        const sent = await createExportsClient({ token: PACT_TOKEN, baseUrl: url }).download(ID)
        return { contentType: sent.contentType, text: await sent.text() }
      })
    expect(file).toEqual({ contentType: 'text/csv', text: '' })
  })
})

describe('the pact', () => {
  test('meets every operation with every status that can be brought about', () => {
    const { interactions } = JSON.parse(readFileSync(join(folder, PACT_NAME), 'utf8')) as PactFile
    const met = new Set(interactions.map(({ request, response }) => `${operationOf(request)} ${response.status}`))
    const all = Object.entries(STATUSES).flatMap(([operation, statuses]) =>
      statuses.map((status) => `${operation} ${status}`),
    )
    // No id, nothing that could be unknown: the 404 of a list stands for pages past the end, which nobody promises.
    expect(all.filter((pair) => !met.has(pair))).toEqual(['list 404'])
  })

  test('is the committed one, byte for byte (UPDATE_PACTS=1 rewrites it)', () => {
    const written = readFileSync(join(folder, PACT_NAME), 'utf8')
    if (process.env['UPDATE_PACTS'] === '1') {
      mkdirSync(PACTS_FOLDER, { recursive: true })
      copyFileSync(join(folder, PACT_NAME), PACT_FILE)
    }
    expect(written).toBe(readFileSync(PACT_FILE, 'utf8'))
  })
})

function operationOf({ method, path }: PactFile['interactions'][number]['request']): string | undefined {
  const template = path.replace(/\/(exports|quick-reports)\/[^/]+/, '/$1/{id}')
  const operations = Object.keys(PATHS) as (keyof typeof PATHS)[]
  return operations.find((operation) => PATHS[operation] === template && METHODS[operation] === method)
}
