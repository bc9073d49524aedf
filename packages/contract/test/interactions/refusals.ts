import type { ExportsClient } from '@hood-exports/client'
import { PATHS } from '@hood-exports/openapi'
import { MatchersV3 } from '@pact-foundation/pact'
import { expect } from 'vitest'
import { EXISTS, ID, REPORT_ID, download, error, exportQuickReport, retry, view } from './interaction.ts'
import type { Interaction } from './interaction.ts'

const { regex } = MatchersV3

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

export const REFUSALS: readonly Interaction[] = OPERATIONS.flatMap(({ name, method, path, requestBody, call }) => {
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

export const MISTAKES: readonly Interaction[] = [
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
