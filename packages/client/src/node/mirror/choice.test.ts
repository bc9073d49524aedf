import { expect, test } from 'vitest'
import { buildItem } from '../../testing/build-item.ts'
import { chooseExports, filterSince, meetsFilter } from './choice.ts'
import type { MirrorFilter } from './choice.ts'

const item = buildItem({ id: '7', resource: 'orders', creator_id: null, create_time: '2026-01-31 12:00:00' })

test.each<[MirrorFilter, boolean]>([
  [{}, true],
  [{ id: '7', resource: ['lists', 'orders'] }, true],
  [{ id: '7', resource: 'lists' }, false],
  [{ resource: { not: 'orders' } }, false],
  [{ creator_id: null }, true],
  [{ creator_id: '1' }, false],
  [{ creator_id: { not: '1' } }, true],
  [{ creator_id: { not: null } }, false],
  [{ create_time: { gte: '2026-01-31 12:00:00' } }, true],
  [{ create_time: { gt: '2026-01-31 12:00:00' } }, false],
  [{ create_time: { gte: new Date('2026-01-31T12:00:00.001Z') } }, false],
  [{ create_time: { gt: '2026-01-01', lt: '2026-02-01' } }, true],
  // What a day means as a bound is not documented.
  [{ create_time: { gt: '2026-01-31' } }, true],
  [{ create_time: { lte: '2026-01-31' } }, true],
  [{ create_time: '2026-01-31' }, true],
  [{ create_time: '2026-01-30' }, false],
])('%j is met: %s', (filter, isMet) => {
  expect(meetsFilter(item, filter)).toBe(isMet)
})

const FROM = '2026-01-10 00:00:00'

test.each<[MirrorFilter, MirrorFilter]>([
  [{}, { create_time: { gte: FROM } }],
  [{ resource: 'orders' }, { resource: 'orders', create_time: { gte: FROM } }],
  [{ create_time: { gte: '2026-01-01 00:00:00' } }, { create_time: { gte: FROM } }],
  [{ create_time: { gt: '2026-01-20 00:00:00' } }, { create_time: { gt: '2026-01-20 00:00:00' } }],
  [{ create_time: { lt: '2026-02-01' } }, { create_time: { gte: FROM, lt: '2026-02-01' } }],
  [{ create_time: { lte: '2026-02-01' } }, { create_time: { gte: FROM, lte: '2026-02-01' } }],
  [{ create_time: { lt: '2026-01-01' } }, { create_time: { gte: FROM } }],
  [{ create_time: '2026-01-01' }, { create_time: '2026-01-01' }],
])('%j since a time is asked for as %j', (filter, asked) => {
  expect(filterSince(filter, FROM)).toEqual(asked)
})

test('without a filter and a time, nothing is asked for', () => {
  expect(filterSince({}, undefined)).toBeUndefined()
})

test('a time that is none is refused with its forms', () => {
  expect(() => chooseExports({ since: 'yesterday' })).toThrow(
    'since: "yesterday" is not a time: give a Date, YYYY-MM-DD',
  )
})
