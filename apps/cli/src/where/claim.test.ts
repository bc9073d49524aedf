import { SELECTABLE_FIELDS } from '@hood-exports/client'
import type { Filter } from '@hood-exports/client'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterOf, latestCreation } from './claim.ts'
import type { Bounds } from './compare.ts'
import { parseWhere } from './where.ts'

const NOW = Date.UTC(2026, 1, 7, 12, 30)

const parse = (conditions: readonly string[]) => parseWhere(conditions, { flag: '--where', nowMs: NOW })

function asked(...conditions: readonly string[]): Filter | undefined {
  return filterOf(parse(conditions).conditions)?.filter
}

describe('the API is asked for', () => {
  test.each<[string, Filter]>([
    ['status=ready', { status: 'ready' }],
    ['status=ready,failed', { status: ['ready', 'failed'] }],
    ['status!=ready', { status: { not: 'ready' } }],
    ['status!=ready,failed', { status: { not: ['ready', 'failed'] } }],
    ['id=1000000,1000001', { id: ['1000000', '1000001'] }],
    ['id!=1000000', { id: { not: '1000000' } }],
    ['name=Sales, EU', { name: 'Sales, EU' }],
    ['name=Fr\u00fch', { name: ['Fr\u00fch', 'Fru\u0308h'] }],
    ['failure_reason!=', { failure_reason: { not: null } }],
    ['size>10MB', { size: { gt: 10_000_000 } }],
    ['size>=1.5KiB', { size: { gte: 1_536 } }],
    ['size=1.1kB', { size: 1_100 }],
    ['size>1.5', { size: { gt: 1 } }],
    ['size>=1.5', { size: { gte: 2 } }],
    ['size<1.5', { size: { lt: 2 } }],
    ['size<=1.5', { size: { lte: 1 } }],
    ['attempt_count!=1', { attempt_count: { not: 1 } }],
    ['create_time=2026-01-31 12:00:00', { create_time: '2026-01-31 12:00:00' }],
    ['create_time=2026-01-31', { create_time: { gte: '2026-01-31 00:00:00', lte: '2026-01-31 23:59:59' } }],
    ['create_time=2024-02', { create_time: { gte: '2024-02-01 00:00:00', lte: '2024-02-29 23:59:59' } }],
    ['create_time>2026-01', { create_time: { gt: '2026-01-31 23:59:59' } }],
    ['create_time>=2026-01', { create_time: { gte: '2026-01-01 00:00:00' } }],
    ['create_time<2026-01-31 12', { create_time: { lt: '2026-01-31 12:00:00' } }],
    ['create_time<=2026', { create_time: { lte: '2026-12-31 23:59:59' } }],
    ['create_time>=7d', { create_time: { gte: '2026-01-31 12:30:00' } }],
    ['expire_time<2h', { expire_time: { lt: '2026-02-07 10:30:00' } }],
  ])('%s as %j', (condition, filter) => {
    expect(asked(condition)).toEqual(filter)
  })

  test.each([
    ['name~vip', 'there is no operator for it'],
    ['name!~vip', 'there is no operator for it'],
    ['name=Fr\u00fch, EU', 'a list of values takes no comma'],
    ['name!=vip', 'letter case is not documented'],
    ['description=', 'null and the empty text are two on the wire'],
    ['creator_id!=1', 'whether null is unequal is not documented'],
    ['size!=1', 'whether null is unequal is not documented'],
    ['create_time!=2026-01-31', 'what is outside of a range is no filter'],
    ['id>1000', 'ids are texts'],
    ['name<m', 'texts are not compared'],
    ['size=1.5', 'no size is that'],
    [`id=${Array.from({ length: 101 }, (_, index) => index).join()}`, 'the URL would be too long for some servers'],
    ['size>9999999TB', 'no exact number'],
  ])('nothing for %s: %s', (condition) => {
    expect(asked(condition)).toBeUndefined()
  })
})

describe('several conditions on one member', () => {
  test.each<[readonly string[], Filter]>([
    [['size>=1kB', 'size<1MB'], { size: { gte: 1_000, lt: 1_000_000 } }],
    [['size>5', 'size>=9', 'size<=20', 'size<20'], { size: { gte: 9, lt: 20 } }],
    [
      ['create_time>=2026-01', 'create_time<2026-02'],
      { create_time: { gte: '2026-01-01 00:00:00', lt: '2026-02-01 00:00:00' } },
    ],
    [
      ['create_time=2026-01', 'create_time>2026-01-15'],
      { create_time: { gt: '2026-01-15 23:59:59', lte: '2026-01-31 23:59:59' } },
    ],
    [['status!=ready', 'status!=failed,ready'], { status: { not: ['ready', 'failed'] } }],
    [['status!=ready', 'status=failed'], { status: 'failed' }],
    [['status=ready', 'status=failed'], { status: 'ready' }],
    [['size!=', 'size>5'], { size: { gt: 5 } }],
    [['size>9', 'size<5'], { size: { gt: 9 } }],
    [['size>9', 'size<=9'], { size: { gt: 9 } }],
  ])('%j are asked for as %j', (conditions, filter) => {
    expect(asked(...conditions)).toEqual(filter)
  })

  test('the conditions that are in the filter are reported', () => {
    const { conditions } = parse(['status!=ready', 'name~a', 'status=failed', 'size>5'])
    expect(filterOf(conditions)?.conditions.map(({ text }) => text)).toEqual(['status=failed', 'size>5'])
  })
})

test('nothing that meets the conditions is filtered away, however the API takes null', () => {
  const values = { text: ['a', 'b', '', null], number: [0, 1, 2, 3, null], time: times(), id: ['1', '2', '3', null] }
  const item = fc.record({
    status: fc.constantFrom('a', 'b', 'c'),
    creator_id: fc.constantFrom(...values.id),
    description: fc.constantFrom(...values.text),
    size: fc.constantFrom(...values.number),
    attempt_count: fc.constantFrom(0, 1, 2, 3),
    create_time: fc.constantFrom(...times()),
    expire_time: fc.constantFrom(...values.time, null),
  })
  const of = (fields: readonly string[], operators: readonly string[], wanted: readonly string[]) =>
    fc
      .tuple(fc.constantFrom(...fields), fc.constantFrom(...operators), fc.constantFrom(...wanted))
      .map((parts) => parts.join(''))
  const condition = fc.oneof(
    of(['status', 'description'], ['=', '!=', '~', '!~', '<', '>'], ['a', 'b', 'a,b']),
    of(['status', 'description', 'size', 'expire_time'], ['=', '!='], ['']),
    of(['creator_id'], ['=', '!=', '<', '>='], ['1', '2']),
    of(['creator_id'], ['=', '!='], ['1,2']),
    of(['size', 'attempt_count'], ['=', '!=', '<', '<=', '>', '>='], ['0', '1', '2', '3']),
    of(['size'], ['=', '!=', '<', '<=', '>', '>='], ['0.5', '1.5', '2.9']),
    of(
      ['create_time', 'expire_time'],
      ['=', '!=', '<', '<=', '>', '>='],
      ['2026', '2026-01', '2026-01-31', '2026-01-31 12', ...times()],
    ),
    of(['create_time', 'expire_time'], ['<', '<=', '>', '>='], ['7d', '6d', '200h', '1w']),
  )
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 1, maxLength: 4 }),
      item,
      fc.boolean(),
      (texts, found, nullMeetsNot) => {
        const { conditions, matches } = parse(texts)
        const filter = filterOf(conditions)?.filter ?? {}
        const isLost = matches(found) && !passes(filter, found, nullMeetsNot)
        expect([texts, isLost]).toEqual([texts, false])
      },
    ),
    { numRuns: 20_000 },
  )
})

test('the latest creation time is that of the tightest bound', () => {
  const latest = (...conditions: readonly string[]) => latestCreation(parse(conditions).conditions)
  expect(latest('create_time<7d', 'create_time<=2026-02')).toBe('2026-01-31 12:30:00')
  expect(latest('create_time=2026-01-15')).toBe('2026-01-15 23:59:59')
  expect(latest('create_time>7d', 'expire_time<7d', 'status=ready')).toBeUndefined()
})

function times(): string[] {
  return [
    '2025-12-31 23:59:59',
    '2026-01-01 00:00:00',
    '2026-01-31 12:30:00',
    '2026-01-31 23:59:59',
    '2026-02-01 00:00:00',
  ]
}

/** How the documents say that the API filters. */
function passes(filter: Filter, item: object, nullMeetsNot: boolean): boolean {
  return SELECTABLE_FIELDS.every((member) => {
    const wanted: unknown = filter[member]
    const value: unknown = (item as Record<string, unknown>)[member]
    if (wanted === undefined) return true
    if (Array.isArray(wanted)) return wanted.includes(value)
    if (typeof wanted !== 'object' || wanted === null) return value === wanted
    if (!('not' in wanted)) return value !== null && isWithin(value as string, wanted)
    if (wanted.not === null) return value !== null
    return value === null ? nullMeetsNot : ![wanted.not].flat().includes(value)
  })
}

function isWithin(value: string | number, { gt, gte, lt, lte }: Bounds): boolean {
  const isAbove = (gt === undefined || value > gt) && (gte === undefined || value >= gte)
  return isAbove && (lt === undefined || value < lt) && (lte === undefined || value <= lte)
}
