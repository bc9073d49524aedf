import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExportsClient, toResult } from '@hood-exports/client'
import type { ExportsClient } from '@hood-exports/client'
import { PATHS, STATUSES } from '@hood-exports/openapi'
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
  readonly path: string
  readonly query?: Record<string, string>
  readonly status: number
  readonly headers?: Record<string, ReturnType<typeof regex>>
  readonly body: unknown
  readonly call: (client: ExportsClient) => Promise<unknown>
  readonly expected: unknown
}

const view = PATHS.view.replace('{id}', ID)
const download = PATHS.download.replace('{id}', ID)

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

const successes: readonly Interaction[] = [
  ...lists,
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

const OPERATIONS = [
  { name: 'list', path: PATHS.list, call: (client: ExportsClient) => client.list() },
  { name: 'view', path: view, call: (client: ExportsClient) => client.get(ID) },
  { name: 'download', path: download, call: (client: ExportsClient) => client.download(ID) },
] as const

const refusals: readonly Interaction[] = OPERATIONS.flatMap(({ name, path, call }) => [
  ...ERRORS.map(({ status, state, body, kind }) => ({
    title: `a ${name} that is answered ${status}`,
    state,
    path,
    status,
    body,
    call,
    expected: { kind, status, code: status },
  })),
  {
    title: `a ${name} beyond the second's quota`,
    state: 'the second window is used up',
    path,
    status: 429,
    headers: { 'Retry-After': regex(String.raw`^\d+$`, '1') },
    body: error(429, 'Too many requests.'),
    call,
    expected: { kind: 'rate-limited', status: 429, retryAfterMs: 1_000, rateLimit: { retryAfter: 1_000 } },
  },
  {
    title: `a ${name} beyond the parallel limit`,
    state: 'the parallel limit is reached',
    path,
    status: 429,
    headers: { 'Retry-After': regex('^-1$', '-1') },
    body: error(429, 'Too many requests.'),
    call,
    // Nothing in flight could end: the next attempt would lie past the deadline.
    expected: { kind: 'deadline', attempts: 1, rateLimit: { retryAfter: 'after-in-flight' } },
  },
])

const mistakes: readonly Interaction[] = [
  ...OPERATIONS.slice(1).map(({ name, path, call }) => ({
    title: `a ${name} of an unknown id`,
    state: `export ${ID} does not exist`,
    path,
    status: 404,
    body: error(404, 'Not found.'),
    call,
    expected: { kind: 'not-found', status: 404 },
  })),
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

function interact({ title, state, path, query, status, headers = {}, body, call }: Interaction): Promise<unknown> {
  return pact
    .addInteraction()
    .given(state)
    .uponReceiving(title)
    .withRequest('GET', path, (request) => {
      request.headers({ Authorization: regex(String.raw`^Bearer \S+$`, `Bearer ${PACT_TOKEN}`) })
      if (query) request.query(query)
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
  test.each(successes)('$title', async (interaction) => {
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
    const met = new Set(interactions.map(({ request, response }) => `${operationOf(request.path)} ${response.status}`))
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

function operationOf(path: string): string {
  if (path === PATHS.list) return 'list'
  return path.endsWith('/download') ? 'download' : 'view'
}
