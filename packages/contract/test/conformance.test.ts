import { createMock } from '@hood-exports/mock'
import { PATHS, SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS, STATUSES, VIEWS } from '@hood-exports/openapi'
import { createSandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
import { conform } from '../src/index.ts'

interface Provider {
  readonly fetch: (request: Request) => Promise<Response>
}

async function ask(
  { fetch }: Provider,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; deviations: unknown }> {
  const response = await fetch(new Request(`http://provider.example${path}`, { headers }))
  const answer = { status: response.status, headers: response.headers, body: await response.text() }
  const template = path.includes('/download') ? PATHS.download : /exports\/\w/.test(path) ? PATHS.view : PATHS.list
  return { status: answer.status, deviations: conform(template, answer) }
}

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
  ['/v1/hood/exports/1000000', 200],
  ['/v1/hood/exports/1000000?view=full', 200],
  ['/v1/hood/exports/1000000?fields=id,size', 200],
  ['/v1/hood/exports/1000000/download', 200],
  [`${PATHS.list}?fields=nmae`, 400],
  [`${PATHS.list}?view=wide`, 400],
  [`${PATHS.list}?sort=id`, 400],
  [`${PATHS.list}?sort=--name`, 400],
  [`${PATHS.list}?page=0`, 400],
  [`${PATHS.list}?page=1,0`, 400],
  [`${PATHS.list}?page=1,2,3`, 400],
  [`${PATHS.list}?page=x`, 400],
  [`${PATHS.list}?q=x&q_fields=failure_reason`, 400],
  ['/v1/hood/exports/abc', 400],
  ['/v1/hood/exports/abc/download', 400],
  ['/v1/hood/exports/1000000?fields=nmae', 400],
]

const sandbox = createSandbox({ limits: 'off' })
await sandbox.setState('export 1000000 exists')
const mock = await createMock()

describe.each<[string, Provider, Record<string, string>]>([
  ['the sandbox', sandbox, { authorization: `Bearer ${sandbox.tokens.main}` }],
  ['the mock', mock, { authorization: 'Bearer any' }],
])('%s answers as the spec says', (_name, provider, headers) => {
  test.each(REQUESTS)('%s with %i', async (path, status) => {
    expect(await ask(provider, path, headers)).toEqual({ status, deviations: [] })
  })

  test.each([PATHS.list, '/v1/hood/exports/1000000', '/v1/hood/exports/1000000/download'])(
    '%s without a token with 401',
    async (path) => {
      expect(await ask(provider, path, {})).toEqual({ status: 401, deviations: [] })
    },
  )
})

describe('the mock', () => {
  test.each(STATUSES.slice(1))('has the documented answer with status %i for every operation', async (status) => {
    for (const path of [PATHS.list, '/v1/hood/exports/1', '/v1/hood/exports/1/download']) {
      expect(await ask(mock, path, { authorization: 'Bearer any', prefer: `code=${status}` })).toEqual({
        status,
        deviations: [],
      })
    }
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
    expect(await ask(limited, '/v1/hood/exports/1000000', headers)).toEqual({ status, deviations: [] })
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
    ['a total as text', answer({ total: '1', items: [] }), 'the body/total must be integer'],
    ['no items', answer({ total: 1 }), "the body must have required property 'items'"],
    ['a number as id', answer({ total: 1, items: [{ id: 1 }] }), 'the body/items/0/id must be string'],
    ['HTML', answer('<html>'), 'the body is not JSON: "<html>"'],
    [
      'another media type',
      answer({ total: 0, items: [] }, { 'content-type': 'text/plain' }),
      'the media type is "text/plain", not application/json',
    ],
    [
      'a quota that is no number',
      answer({ total: 0, items: [] }, { 'x-ratelimit-limit': 'many' }),
      'the header X-RateLimit-Limit is "many": it  must be integer',
    ],
    ['a status nobody documented', answer({}, {}, 418), 'status 418 is not documented'],
    [
      'a code that is not the status',
      answer({ code: 500, title: 'x' }, {}, 400),
      'the body/code must be equal to constant',
    ],
    [
      'a quota on a 429',
      answer({ code: 429, title: 'x' }, { 'retry-after': '1' }, 429),
      'a 429 carries X-RateLimit-Limit: it must not',
    ],
  ])('%s', (_title, given, message) => {
    expect(conform(PATHS.list, given).map((deviation) => deviation.message)).toContain(message)
  })
})
