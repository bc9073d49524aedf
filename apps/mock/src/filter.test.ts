import { FILTER_KINDS, FILTER_OPERATORS } from '@hood-exports/openapi'
import { describe, expect, test } from 'vitest'
import { LIST, mockBench } from './testing/mock-bench.ts'

const { ask } = await mockBench()

const MEMBERS = { id: 'creator_id', text: 'status', number: 'size', time: 'create_time' } as const

const RIGHT: Readonly<Record<keyof typeof MEMBERS, readonly string[]>> = {
  id: ['1000000', 'eq:1', 'neq:17430755068336100383', 'in:1,2', 'nin:1', 'is:', 'isn:'],
  text: ['ready', '', 'a,b', 'Ana: 1', 'eq:gt:1', 'neq:Šabac', 'in:a,b c', 'nin:a', 'is:', 'isn:'],
  number: [
    '0',
    'eq:1',
    'neq:-1',
    'gt:1',
    'gte:1',
    'lt:1',
    'lte:1',
    'in:1,2',
    'nin:1,2',
    'is:',
    'isn:',
    'r:1,9',
    'rf:1,9',
    'rl:1,9',
    'rr:9,1',
  ],
  time: [
    '2026-01-01',
    'eq:2026-01-01 12:00:00',
    'neq:2026-01-01',
    'gt:2026-01-01',
    'gte:2026-01-01 00:00:00',
    'lt:2026-01-01',
    'lte:2026-01-01',
    'in:2026-01-01,2026-01-02 12:00:00',
    'nin:2026-01-01',
    'is:',
    'isn:',
    'r:2020-01-01,2020-12-31',
    'rf:2025-07-01 00:00:00,2025-07-03 23:59:59',
    'rl:2020-01-01,2020-12-31',
    'rr:2020-01-01,2020-12-31',
  ],
}

describe.each(['id', 'text', 'number', 'time'] as const)('a filter of kind %s', (kind) => {
  test('has an example here for each of its operators', () => {
    const operators = RIGHT[kind].map((value) => /^[a-z]+(?=:)/.exec(value)?.[0])
    expect(new Set(operators)).toEqual(new Set([undefined, ...FILTER_OPERATORS[kind]]))
  })

  test.each(RIGHT[kind])('takes "%s"', async (value) => {
    const { status, headers } = await ask(`${LIST}?${MEMBERS[kind]}=${encodeURIComponent(value)}`)
    expect([status, headers['x-mock-reason']]).toEqual([200, undefined])
  })
})

test('every member of an item is a filter, and all of them together', async () => {
  const pairs = Object.entries(FILTER_KINDS).map(
    ([member, kind]) => `${member}=${encodeURIComponent(RIGHT[kind].at(-1) ?? '')}`,
  )
  expect((await ask(`${LIST}?${pairs.join('&')}&q=a&page=2,5&sort=-name&fields=id`)).status).toBe(200)
})

test.each([
  ['id', 'abc', 'id is "abc": give an id of digits, or an operator before it: eq, neq, in, nin, is, isn'],
  ['id', 'neq:x', 'id is "neq:x": neq takes an id of digits'],
  ['id', 'gt:1', 'id is "gt:1": it has no operator "gt", but eq, neq, in, nin, is, isn'],
  ['id', 'in:1,,2', 'in takes values with commas between them, each an id of digits'],
  ['id', 'nin:', 'nin takes values with commas between them, each an id of digits'],
  ['status', 'gt:a', 'it has no operator "gt", but eq, neq, in, nin, is, isn; for a text that begins so, give eq:gt:a'],
  ['status', 'rf:a,b', 'it has no operator "rf"'],
  ['status', 'mailto:x', 'it has no operator "mailto"'],
  ['status', ':x', 'it has no operator ""'],
  ['status', 'in:', 'in takes values with commas between them, each a text'],
  ['status', 'nin:a,', 'nin takes values with commas between them, each a text'],
  ['failure_reason', 'is:x', 'failure_reason is "is:x": is takes no value: give is:'],
  ['failure_reason', 'isn:null', 'isn takes no value: give isn:'],
  ['id', '', 'id is "": give an id of digits, or an operator before it'],
  ['size', '', 'size is "": give a whole number, or an operator before it'],
  ['create_time', '', 'create_time is "": give a time such as'],
  ['size', 'large', 'size is "large": give a whole number, or an operator before it: eq, neq, gt, gte, lt,'],
  ['size', 'eq:1.5', 'eq takes a whole number'],
  ['size', 'neq:', 'neq takes a whole number'],
  ['size', 'gt:', 'gt takes a whole number'],
  ['size', 'gte:1e3', 'gte takes a whole number'],
  ['size', 'lt:x', 'lt takes a whole number'],
  ['size', 'lte:1,2', 'lte takes a whole number'],
  ['size', 'in:1,x', 'in takes values with commas between them, each a whole number'],
  ['size', 'r:1', 'r takes two values with a comma between them, each a whole number'],
  ['size', 'rf:1,2,3', 'rf takes two values with a comma between them, each a whole number'],
  ['size', 'rl:,1', 'rl takes two values with a comma between them, each a whole number'],
  ['size', 'rr:1,', 'rr takes two values with a comma between them, each a whole number'],
  [
    'size',
    'between:1,2',
    'it has no operator "between", but eq, neq, gt, gte, lt, lte, in, nin, is, isn, r, rf, rl, rr',
  ],
  ['create_time', 'yesterday', 'give a time such as 2026-01-31 12:00:00 or 2026-01-31, or an operator before it'],
  ['create_time', 'gt:2026-01-01T00:00:00Z', 'gt takes a time such as 2026-01-31 12:00:00 or 2026-01-31'],
  ['create_time', 'nin:2026', 'nin takes values with commas between them, each a time such as'],
  ['create_time', 'rf:2026-01-01', 'rf takes two values with a comma between them, each a time such as'],
])('%s=%s is a 400 that says why', async (member, value, reason) => {
  const { status, headers, json } = await ask(`${LIST}?${member}=${encodeURIComponent(value)}`)
  expect([status, json]).toEqual([400, expect.objectContaining({ code: 400, title: 'Bad request.' })])
  expect(headers['x-mock-reason']).toMatch(/^Request query parameter /)
  expect(headers['x-mock-reason']).toContain(reason)
})

test('the same filter twice is a 400, although each is right', async () => {
  const { status, headers } = await ask(`${LIST}?status=ready&status=failed`)
  expect([status, headers['x-mock-reason']]).toEqual([
    400,
    'Request query parameter status is given 2 times: give it once',
  ])
})

test('one export takes no filters: they are let pass, and reported', async () => {
  const reported: string[] = []
  const { ask } = await mockBench({ onDeviation: ({ message }) => reported.push(message) })
  expect((await ask(`${LIST}/1000000?status=ready`)).status).toBe(200)
  expect(reported).toEqual(['the query parameter "status" is not documented'])
})

test('a filter of a document of one’s own says what it takes, whatever its kind', async () => {
  const schema = {
    type: 'string',
    pattern: '^near:',
    'x-filter': { kind: 'place', operators: ['near', 'constructor'] },
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Mine', version: '1' },
    paths: {
      '/things': {
        get: {
          parameters: [{ name: 'Where', in: 'query', schema }],
          responses: { 200: { description: 'all' } },
        },
      },
    },
  }
  const { ask } = await mockBench({ document })
  const { status, headers } = await ask('/things?Where=here')
  expect([status, headers['x-mock-reason']]).toEqual([
    400,
    'Request query parameter Where is "here": give a place, or an operator before it: near, constructor',
  ])
  expect((await ask('/things?Where=constructor:x')).headers['x-mock-reason']).toContain('constructor takes a place')
})
