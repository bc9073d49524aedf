import { FILTER_KINDS, FILTER_OPERATORS, OPERATOR_VALUES } from '@hood-exports/openapi'
import { document } from '@hood-exports/openapi/document'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CORES } from './fixtures/client-under-test.ts'
import { checkFilter } from './filter-checks.ts'
import { toWireFilter } from './filter.ts'
import type { Filter, FilterMember } from './filter.ts'

describe('a filter is written as', () => {
  test.each<[Filter, object]>([
    [{ status: 'ready' }, { status: 'ready' }],
    [{ status: ['ready', 'failed'] }, { status: 'in:ready,failed' }],
    [{ status: ['ready'] }, { status: 'in:ready' }],
    [{ failure_reason: null }, { failure_reason: 'isn:' }],
    [{ failure_reason: { not: null } }, { failure_reason: 'is:' }],
    [{ status: { not: 'ready' } }, { status: 'neq:ready' }],
    [{ status: { not: ['ready', 'failed'] } }, { status: 'nin:ready,failed' }],
    [{ size: 0 }, { size: '0' }],
    [{ size: [1, 2] }, { size: 'in:1,2' }],
    [{ size: { not: 5 } }, { size: 'neq:5' }],
    [{ size: { gt: 5 } }, { size: 'gt:5' }],
    [{ size: { gte: 5 } }, { size: 'gte:5' }],
    [{ size: { lt: 5 } }, { size: 'lt:5' }],
    [{ size: { lte: 5 } }, { size: 'lte:5' }],
    [{ size: { gte: 1, lte: 9 } }, { size: 'rf:1,9' }],
    [{ size: { gt: 1, lt: 9 } }, { size: 'r:1,9' }],
    [{ size: { gte: 1, lt: 9 } }, { size: 'rl:1,9' }],
    [{ size: { lte: 9, gt: 1 } }, { size: 'rr:1,9' }],
    [{ create_time: '2026-01-31' }, { create_time: '2026-01-31' }],
    [{ create_time: '2026-01-31 23:59:59' }, { create_time: '2026-01-31 23:59:59' }],
    [{ create_time: new Date('2026-01-31T10:00:00Z') }, { create_time: '2026-01-31 10:00:00' }],
    [
      { create_time: { gte: '2026-01-01', lt: new Date('2026-02-01T00:00:00Z') } },
      { create_time: 'rl:2026-01-01,2026-02-01 00:00:00' },
    ],
    [{ id: '17430755068336100383' }, { id: '17430755068336100383' }],
    [{ id: ['1', '2'] }, { id: 'in:1,2' }],
    [
      { status: 'ready', size: { gt: 1 } },
      { status: 'ready', size: 'gt:1' },
    ],
    [{ status: undefined, name: 'x' }, { name: 'x' }],
    [{ size: { gt: 1, lt: undefined } }, { size: 'gt:1' }],
    [{}, {}],
  ])('%j is %j', (filter, wire) => {
    expect(toWireFilter(filter)).toEqual(wire)
  })

  test.each([
    ['note: read me', 'eq:note: read me'],
    ['eq:ready', 'eq:eq:ready'],
    ['', 'eq:'],
    ['a, b', 'a, b'],
    ['Christmas list - 22.05.2025 11:44:32', 'Christmas list - 22.05.2025 11:44:32'],
    ['50 %', '50 %'],
  ])('the text %j is %j: what looks like an operator has eq: in front', (name, wire) => {
    expect(toWireFilter({ name })).toEqual({ name: wire })
  })

  test.each([
    ['gte', '2026-01-01 00:00:01'],
    ['lt', '2026-01-01 00:00:01'],
    ['gt', '2026-01-01 00:00:00'],
    ['lte', '2026-01-01 00:00:00'],
  ] as const)('a moment between two seconds, as the bound %s, keeps its meaning: %s', (bound, second) => {
    const filter = { create_time: { [bound]: new Date('2026-01-01T00:00:00.500Z') } }
    expect(toWireFilter(filter as Filter)).toEqual({ create_time: `${bound}:${second}` })
  })
})

describe('what cannot be said on the wire is refused by name, rule and way out', () => {
  test.each<[unknown, string]>([
    ['ready', 'filter: "ready" is not an object of members. Allowed: id, company_id'],
    [{ stauts: 'ready' }, 'filter: "stauts" is not a member. Allowed: id, company_id'],
    [{ status: [] }, 'filter.status: [] is empty: leave it out, or name at least one'],
    [
      { name: ['a, b', 'c'] },
      'filter.name: "a, b" has a comma, which the API takes for the end of a value in a list: ask for it alone',
    ],
    [
      { status: ['ready', null] },
      'filter.status: null cannot stand in a list: ask for it alone, in a request of its own',
    ],
    [{ status: ['ready', ''] }, 'filter.status: "" cannot stand in a list: ask for it alone'],
    [{ status: { gt: 'a' } }, 'filter.status: {"gt":"a"} is a bound, and the API compares only numbers and times'],
    [{ id: { gte: '1' } }, 'filter.id: {"gte":"1"} is a bound, and the API compares only numbers and times'],
    [{ status: 7 }, 'filter.status: 7 is not a string'],
    [{ status: { eq: 'ready' } }, 'filter.status: "eq" is not a comparison. Allowed: not'],
    [{ size: { min: 1 } }, 'filter.size: "min" is not a comparison. Allowed: not, gt, gte, lt, lte'],
    [{ size: {} }, 'filter.size: {} compares with nothing: leave it out, or give one. Allowed: not, gt, gte, lt, lte'],
    [{ size: { gt: 1, gte: 2 } }, 'filter.size: {"gt":1,"gte":2} has two bounds on one side: give one of them'],
    [{ size: { gt: 1, not: 2 } }, 'has not beside a bound: give one of them'],
    [{ size: '5' }, 'filter.size: "5" is not a whole number'],
    [{ size: { gt: 1.5 } }, 'filter.size.gt: 1.5 is not a whole number'],
    [{ size: Number.NaN }, 'filter.size: NaN is not a whole number'],
    [{ id: 1_000_000 }, 'filter.id: 1000000 is not a string of digits'],
    [{ id: ['1', 'x'] }, 'filter.id: "x" is not a string of digits'],
    [{ create_time: '2026-02-31' }, 'filter.create_time: "2026-02-31" is not a time: give a Date, or text such as'],
    [{ create_time: '2026-01-31T10:00:00Z' }, 'is not a time: give a Date, or text such as 2026-01-31 23:59:59'],
    [{ create_time: new Date(Number.NaN) }, 'filter.create_time: "Invalid Date" is not a moment'],
    [{ create_time: new Date(500) }, 'has milliseconds, and the API has whole seconds: round it, or give bounds'],
    [{ create_time: { gt: new Date(8.64e15) } }, 'is not a time'],
    [{ name: 'half \ud83d' }, 'has half a surrogate pair: do not cut inside a sign'],
  ])('%j', (filter, message) => {
    expect(() => {
      checkFilter(filter)
      toWireFilter(filter as Filter)
    }).toThrow(expect.objectContaining({ kind: 'invalid-query', message: expect.stringContaining(message) }))
  })
})

/** Whether the spec's own pattern for a member takes a text. */
function specTakes(member: FilterMember, text: string): boolean {
  const { parameters, schemas } = (document as unknown as SpecParts).components
  const parameter = Object.values(parameters).find(({ name, in: place }) => place === 'query' && name === member)
  const schema = schemas[parameter?.schema.$ref?.split('/').at(-1) ?? '']
  return new RegExp(schema?.pattern ?? '$^').test(text)
}

interface SpecParts {
  readonly components: {
    readonly parameters: Readonly<
      Record<string, { readonly name: string; readonly in: string; readonly schema: { readonly $ref?: string } }>
    >
    readonly schemas: Readonly<Record<string, { readonly pattern?: string }>>
  }
}

const VALUES = {
  text: fc.string({ unit: 'grapheme', maxLength: 20 }),
  id: fc.stringMatching(/^[0-9]{1,20}$/),
  number: fc.integer({ min: 0 }),
  time: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => new Date(Math.floor(date.getTime() / 1_000) * 1_000)),
}
const members = Object.keys(FILTER_KINDS) as FilterMember[]
const anyFilter = fc.constantFrom(...members).chain((member) => {
  const kind = FILTER_KINDS[member]
  const value: fc.Arbitrary<unknown> = VALUES[kind]
  const listed = kind === 'text' ? VALUES.text.filter((text) => text !== '' && !text.includes(',')) : value
  const list = fc.array(listed, { minLength: 1, maxLength: 5 })
  const equality = fc.oneof(value, list, fc.constant(null))
  const bounds = ['gt', 'gte', 'lt', 'lte'].map((bound) => value.map((limit) => ({ [bound]: limit })))
  const range = fc
    .tuple(fc.constantFrom('gt', 'gte'), value, fc.constantFrom('lt', 'lte'), value)
    .map(([lower, from, upper, to]) => ({ [lower]: from, [upper]: to }))
  const negation = equality.map((not) => ({ not }))
  return fc
    .oneof(equality, negation, ...(kind === 'number' || kind === 'time' ? [...bounds, range] : []))
    .map((filter) => ({ member, filter }))
})

test('whatever a filter says, the spec takes what it is written as', () => {
  fc.assert(
    fc.property(anyFilter, ({ member, filter }) => {
      const wire = toWireFilter({ [member]: filter })[member] ?? ''
      expect({ wire, isTaken: specTakes(member, wire) }).toEqual({ wire, isTaken: true })
    }),
  )
})

test('every operator that the spec lists can be asked for', () => {
  const asked = new Set<string>()
  fc.assert(
    fc.property(anyFilter, ({ member, filter }) => {
      const [, operator = 'eq'] = /^([a-z]+):/.exec(toWireFilter({ [member]: filter })[member] ?? '') ?? []
      asked.add(`${FILTER_KINDS[member]} ${operator}`)
    }),
    { numRuns: 2_000, seed: 1 },
  )
  const listed = Object.entries(FILTER_OPERATORS).flatMap(([kind, operators]) =>
    operators.map((name) => `${kind} ${name}`),
  )
  expect([...asked].filter((name) => listed.includes(name)).toSorted()).toEqual(listed.toSorted())
  expect(Object.keys(OPERATOR_VALUES)).toEqual(expect.arrayContaining(listed.map((name) => name.split(' ')[1])))
})

describe.each(CORES)('a client %s', (_name, arrange) => {
  test('sends a filter beside everything else, encoded', async () => {
    const { client, standIn } = arrange()
    await client.list({
      fields: ['id'],
      filter: { name: 'a&b=c', create_time: { gte: '2026-01-01 00:00:00', lte: '2026-01-31' } },
      q: 'VIP',
      sort: ['-size'],
      page: 2,
    })
    const { search, searchParams } = standIn.requests[0]?.url ?? new URL('x:')
    expect(Object.fromEntries(searchParams)).toEqual({
      fields: 'id',
      name: 'a&b=c',
      create_time: 'rf:2026-01-01 00:00:00,2026-01-31',
      q: 'VIP',
      sort: '-size',
      page: '2',
    })
    expect(search).toContain('name=a%26b%3Dc')
  })

  test('takes no filter for a single item', async () => {
    const { client, fails } = arrange()
    expect(await fails(client.get('1', { filter: { status: 'ready' } } as never))).toMatchObject({
      kind: 'invalid-query',
      message: expect.stringContaining('"filter" is not a parameter. Allowed: fields, view'),
    })
  })

  test('gives numbers where the API sends strings of digits, and leaves ids as they are', async () => {
    const { client, standIn } = arrange()
    const item = { id: '17430755068336100383', size: '125', attempt_count: '2', download_count: '0', name: '17' }
    standIn.next({ kind: 'answer', body: JSON.stringify({ total: '31', items: [item] }) })
    expect(await client.list()).toEqual({
      total: 31,
      items: [{ ...item, size: 125, attempt_count: 2, download_count: 0 }],
    })
  })
})
