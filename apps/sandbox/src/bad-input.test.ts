import fc from 'fast-check'
import { OPERATOR_VALUES, SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import { afterAll, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { createSandbox } from './sandbox.ts'
import { LIST } from './testing/bench.ts'

let errors: unknown[] = []
const sandbox: Sandbox = createSandbox({
  items: 300,
  limits: 'off',
  faults: 'on',
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  onError: (error) => {
    errors.push(error)
  },
})
afterAll(() => sandbox.close())

const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
  fc.stringMatching(/^[%&=+,;#/.0-9a-fA-F'"\\-]{0,20}$/),
  fc.constantFrom(
    '%',
    '%ff',
    '%00',
    '..',
    '%2e%2e',
    '%2f',
    '__proto__',
    'constructor',
    '1e9',
    '-1',
    '٣',
    '999999999999999999999',
  ),
)
const names = fc.constantFrom(
  ...SELECTABLE_FIELDS,
  'fields',
  'view',
  'sort',
  'page',
  'q',
  'q_fields',
  'toString',
  '__proto__',
  'FIELDS',
  'fields[]',
  '%66ields',
)
const words = fc.constantFrom(
  ...SELECTABLE_FIELDS,
  ...SEARCHABLE_FIELDS,
  ...SORTABLE_FIELDS.map((field) => `-${field}`),
)
const value = fc.oneof(
  { weight: 3, arbitrary: junk },
  { weight: 2, arbitrary: fc.array(words, { maxLength: 6 }).map((list) => list.join(',')) },
  { weight: 1, arbitrary: fc.tuple(fc.integer(), fc.integer()).map((pair) => pair.join(',')) },
  { weight: 1, arbitrary: fc.constantFrom('default', 'full', '1', '2,5', 'vip') },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...Object.keys(OPERATOR_VALUES), '', 'nope', 'EQ', 'constructor'),
        fc.constantFrom(':', '', '%3A', '::'),
        fc.array(
          fc.oneof(junk, fc.constantFrom('1', 'ready', '2026-01-01', '2026-02-31', '2026-01-01%2010:00:00', '')),
          {
            maxLength: 3,
          },
        ),
      )
      .map(([operator, colon, values]) => `${operator}${colon}${values.join(',')}`),
  },
)
const search = fc
  .array(
    fc.oneof(
      fc.tuple(names, value).map((pair) => pair.join('=')),
      junk,
    ),
    { maxLength: 5 },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`))
const id = fc.oneof(fc.constantFrom('1000000', '1000001', '1000299', '2000000000', '0', '007'), junk)
const path = fc.oneof(
  fc.constant(LIST),
  id.map((segment) => `${LIST}/${segment}`),
  id.map((segment) => `${LIST}/${segment}/download`),
  id.map((segment) => `/v1/hood/customers/exports/${segment}/download`),
  id.map((segment) => `${LIST}/${segment}/retry`),
  id.map((segment) => `/v1/hood/quick-reports/${segment}/export`),
  junk.map((text) => `/${text}`),
  fc.constantFrom('/', '/reference', '/_sandbox/states', '//', `${LIST}/`, `${LIST}//`),
)
const token = fc.constantFrom(
  'Bearer sandbox-ana',
  'Bearer sandbox-ana',
  'Bearer sandbox-dunja',
  'Bearer',
  "Bearer ' OR 1=1 --",
)
const headerText = fc.stringMatching(/^[ -~\u00a1-\u00ff]{0,30}$/)
const type = fc.constantFrom(
  'application/json',
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  '',
)
const headers = fc.record({ authorization: token, accept: headerText, range: headerText, 'content-type': type })
const members = fc.constantFrom(
  'name',
  'out',
  'source',
  'fields',
  'sort',
  'resolution',
  'precision',
  'filters',
  '__proto__',
)
const body = fc.oneof(
  fc.constantFrom(
    '{}',
    '{"out":"json"}',
    '{"name":"Mine","precision":4,"filters":{"a":"in:b,c"}}',
    '',
    '{',
    '\uFEFF{}',
  ),
  fc.dictionary(members, fc.jsonValue(), { maxKeys: 3 }).map((value) => JSON.stringify(value)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const method = fc.constantFrom(
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'PROPFIND',
  'get',
)

const STATUSES = [200, 202, 204, 400, 401, 404, 405]

const seen = new Set<number>()

/** What the answer is, judged by its bytes. */
async function shapeOf(response: Response): Promise<string> {
  const type = response.headers.get('content-type')
  if (response.headers.has('content-disposition')) {
    await response.body?.cancel()
    return 'file'
  }
  const text = await response.text()
  if (text === '') return 'nothing'
  if (type !== 'application/json') return String(type)
  return Object.keys(JSON.parse(text) as object).join()
}

function expectedShape(status: number, verb: string, target: string): string {
  if (status === 204 || verb === 'HEAD') return 'nothing'
  if (status >= 400) return 'code,title,message,trace_id'
  if (status === 202) return 'id,company_id,member_id,name,status,start_time'
  if (target === '/' || target === '/reference') return 'text/html; charset=utf-8'
  return target.endsWith('/download') ? 'file' : 'total,items'
}

test('whatever is sent, the answer has a documented shape and is no failure of the server', async () => {
  await fc.assert(
    fc.asyncProperty(path, search, headers, method, body, async (target, query, given, verb, text) => {
      errors = []
      const isWithout = ['GET', 'HEAD', 'get'].includes(verb)
      const request = new Request(`http://sandbox.example${target}${query}`, {
        method: verb,
        headers: given,
        ...(isWithout ? {} : { body: text }),
      })
      const response = await sandbox.fetch(request)
      expect(errors).toEqual([])
      expect(STATUSES).toContain(response.status)
      seen.add(response.status)
      // What the URL parser has made of `..` and the like is what was asked for.
      const { pathname } = new URL(request.url)
      const file = response.headers.has('content-disposition') && verb === 'HEAD' ? 'file' : undefined
      expect(file ?? (await shapeOf(response))).toBe(file ?? expectedShape(response.status, request.method, pathname))
      const isOwn = pathname.startsWith('/_sandbox/') || response.headers.get('content-type')?.startsWith('text/html')
      const isCounted = response.status !== 204 && !isOwn
      expect(response.headers.get('x-ratelimit-limit')).toBe(isCounted ? '150' : null)
    }),
    { numRuns: 3_000 },
  )
  expect([...seen].toSorted((one, other) => one - other)).toEqual(STATUSES)
}, 60_000)

test('whatever faults are asked for, they happen or are refused', async () => {
  const part = fc.oneof(
    fc.constantFrom('html', 'delay=5ms', 'truncate=3', 'status=400', 'no-items', 'unknown-values', 'status=429'),
    fc.stringMatching(/^[a-z0-9=,.-]{0,20}$/),
    headerText,
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
      errors = []
      const given = { authorization: 'Bearer sandbox-ana', 'x-fault': parts.join() }
      const response = await sandbox.fetch(new Request(`http://sandbox.example${LIST}`, { headers: given }))
      await response.text().catch(() => 'cut')
      expect(errors).toEqual([])
      expect([200, 400, 429]).toContain(response.status)
    }),
    { numRuns: 500 },
  )
})
