import { document } from '@hood-exports/openapi/document'
import { describe, expect, test } from 'vitest'
import { CREATE, LIST, RETRY, mockBench, post } from './testing/mock-bench.ts'

const { ask } = await mockBench()

const { examples: EXAMPLES } = document['components'] as {
  readonly examples: Record<string, { readonly value: unknown }>
}
const BODY = { name: 'July', out: 'csv' }
const OPERATION = { id: '0f0ad209-af98-4b29-b710-39d2353b66c6', name: 'quick-report-export', status: 'running' }

describe('a retry', () => {
  test('is a 202 with the vendor’s sample of an operation, and the quota', async () => {
    const { status, headers, json } = await ask(RETRY, { method: 'POST' })
    expect([status, json]).toEqual([202, expect.objectContaining(OPERATION)])
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-ratelimit-limit': '150' })
  })

  test('has no body to be checked', async () => {
    expect((await ask(RETRY, post('what is no JSON'))).status).toBe(202)
  })

  test('of an id that is none is a 400', async () => {
    const { status, headers } = await ask(`${LIST}/abc/retry`, { method: 'POST' })
    expect([status, headers['x-mock-reason']]).toEqual([400, 'Request path parameter id must match pattern "^[0-9]+$"'])
  })
})

describe('making an export', () => {
  test.each([
    ['the document’s example', EXAMPLES['CampaignReport']?.value],
    ['the least', {}],
    ['further parameters of the report', { ...BODY, group_by: ['day'], limit: 3 }],
  ])('takes %s, and is a 202 with an operation', async (_title, body) => {
    expect(await ask(CREATE, post(body))).toMatchObject({ status: 202, json: OPERATION })
  })

  test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json ;charset=utf-8'])(
    'takes the media type %s',
    async (mediaType) => {
      expect((await ask(CREATE, post(BODY, { 'content-type': mediaType }))).status).toBe(202)
      expect((await ask(CREATE, post({ out: 1 }, { 'content-type': mediaType }))).status).toBe(400)
    },
  )

  test.each([
    ['no body', '', 'Body parameter is required'],
    ['what is no JSON', '{"out"', 'Request body is not JSON, although its media type says so'],
    ['a list', [], 'Request body must be object'],
    ['a text', '"csv"', 'Request body must be object'],
    [
      'an unknown format',
      { out: 'xlsx' },
      'Request body property out must be equal to one of the allowed values: csv, json',
    ],
    ['digits as text', { precision: '4' }, 'Request body property precision must be integer'],
    ['digits below none', { precision: -1 }, 'Request body property precision must be >= 0'],
    ['filters as text', { filters: 'channel_type=in:push' }, 'Request body property filters must be object'],
    ['a filter as a number', { filters: { sent: 1 } }, 'Request body property filters.sent must be string'],
    ['columns as a list', { fields: ['sent'] }, 'Request body property fields must be string'],
    [
      'several mistakes',
      { out: 'xlsx', name: 1 },
      'Request body property name must be string; Request body property out must be equal to one of',
    ],
  ])('with %s is a 400 that says why', async (_title, body, reason) => {
    const { status, headers, json } = await ask(CREATE, post(body))
    expect([status, json]).toEqual([400, expect.objectContaining({ code: 400 })])
    expect(headers['x-mock-reason']).toContain(reason)
  })

  test.each(['json', 'b\u00d2\u00e0 %f', 'application/'])(
    'as "%s" is a 400, although it is no media type',
    async (type) => {
      const { status, headers } = await ask(CREATE, post({}, { 'content-type': type }))
      expect([status, headers['x-mock-reason']]).toEqual([
        400,
        expect.stringContaining('which is no media type: give one'),
      ])
    },
  )

  test.each(['application/x-www-form-urlencoded', 'text/plain'])('as %s is a 400 that names JSON', async (type) => {
    const { status, headers } = await ask(CREATE, post('name=July&out=csv', { 'content-type': type }))
    expect([status, headers['x-mock-reason']]).toEqual([
      400,
      `Request has the media type "${type}"; Supported content types: application/json`,
    ])
  })

  test('with a body that does not say what it is, is a 400 that asks for it', async () => {
    const { status, headers } = await ask(CREATE, post('{"out":"csv"}', { 'content-type': '' }))
    expect([status, headers['x-mock-reason']]).toEqual([
      400,
      'Request has a body, and no Content-Type that says what it is',
    ])
  })

  test('with more than a megabyte is a 413', async () => {
    const { status, headers } = await ask(CREATE, post({ name: 'x'.repeat(1_000_000) }))
    expect([status, headers['x-mock-reason']]).toEqual([413, 'the body is larger than 1000000 bytes'])
  })
})

describe.each([
  ['a retry', RETRY, {}],
  ['making an export', CREATE, BODY],
])('%s', (_title, path, body) => {
  const send = (headers: Readonly<Record<string, string>>) => ask(path, post(body, headers))

  test('without a token is a 401', async () => {
    expect(await send({ authorization: '' })).toMatchObject({ status: 401, json: { code: 401 } })
  })

  test.each([400, 401, 404, 429, 500])('is a %i when Prefer or a fault asks for it', async (code) => {
    expect(await send({ prefer: `code=${code}` })).toMatchObject({ status: code, json: { code } })
    expect(await send({ 'x-fault': `status=${code}` })).toMatchObject({ status: code, json: { code } })
  })

  test('has the example that Prefer names, or makes one up, or says which there are', async () => {
    expect(await send({ prefer: 'example=running' })).toMatchObject({ status: 202, json: OPERATION })
    expect(await send({ prefer: 'dynamic=true' })).toMatchObject({ status: 202, json: { id: expect.any(String) } })
    const { status, headers } = await send({ prefer: 'code=200' })
    expect([status, headers['x-mock-reason']]).toEqual([
      400,
      'Prefer asks for what the document does not have: this operation has 202 (running), 400 (badRequest), ' +
        '401 (unauthorized), 404 (notFound), 429 (tooManyRequests), 500 (internalServerError)',
    ])
  })

  test('can be dropped, cut, or answered with what is not documented', async () => {
    await expect(send({ 'x-fault': 'drop' })).rejects.toThrow('fetch failed')
    await expect(send({ 'x-fault': 'truncate=10' })).rejects.toThrow('terminated')
    expect(await send({ 'x-fault': 'html' })).toMatchObject({ status: 200, text: expect.stringMatching(/^<!doc/) })
    expect(await send({ 'x-fault': 'unknown-values' })).toMatchObject({
      status: 202,
      json: { id: OPERATION.id, status: 'status-from-the-future', member_from_the_future: { a: 1 } },
    })
  })

  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('is no %s: a 405 that names POST', async (method) => {
    const { status, headers } = await ask(path, { method })
    expect([status, headers['allow'], headers['x-mock-reason']]).toEqual([
      405,
      'POST',
      `"${method}" is not a method of this path; use POST`,
    ])
  })

  test('is allowed to browsers, with its media type', async () => {
    const { status, headers } = await ask(path, { method: 'OPTIONS', headers: { authorization: '' } })
    expect(status).toBe(204)
    expect(headers['access-control-allow-methods']?.split(', ')).toContain('POST')
    expect(headers['access-control-allow-headers']?.split(', ')).toContain('Content-Type')
  })

  test('is scripted by scenarios of its method', async () => {
    const { ask, mock } = await mockBench()
    mock.addScenario({ method: 'POST', prefer: 'code=429', times: 1 })
    expect((await ask(LIST)).status).toBe(200)
    expect((await ask(path, post(body))).status).toBe(429)
    expect((await ask(path, post(body))).status).toBe(202)
  })

  test('is counted with the other requests', async () => {
    const { ask } = await mockBench({ limits: { windows: [{ limit: 2, windowMs: 60_000 }] } })
    expect((await ask(LIST)).headers['x-ratelimit-remaining']).toBe('1')
    expect((await ask(path, post(body))).headers['x-ratelimit-remaining']).toBe('0')
    expect((await ask(path, post(body))).status).toBe(429)
  })
})

test.each([LIST, `${LIST}/1`, `${LIST}/1/download`])('%s takes no POST', async (path) => {
  const { status, headers } = await ask(path, post({}))
  expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
})
