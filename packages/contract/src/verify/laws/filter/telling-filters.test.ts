import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../random.ts'
import { tellingFilters } from './telling-filters.ts'
import type { Shape } from './telling-filters.ts'

const TIME = '2026-01-31 12:00:00'
const ITEMS = [9, 10, 80, 100].flatMap((size, index) => [
  { id: String(index), size, status: 'ready', extension: 'csv', name: 'a:b, c', create_time: TIME },
  { id: `${index}0`, size: 5, status: index < 2 ? 'failed' : 'ready', extension: 'csv', name: 'eq, d' },
])

function chosen(...shapes: readonly Shape[]): readonly string[] {
  const filters = tellingFilters(shapes, { items: ITEMS, random: randomFrom(7) })
  return filters.map(({ member, operator, values }) => `${member} ${operator} ${values.join(' | ')}`)
}

describe('the values of a filter tell wrong readings apart', () => {
  test('a range has both of its ends, and items inside and outside', () => {
    expect(chosen({ member: 'size', operator: 'rf' })).toEqual(['size rf 10 | 80'])
  })

  test('of two filters each leaves out what the other finds', () => {
    const [, bound] = chosen({ member: 'status', operator: 'eq' }, { member: 'size', operator: 'gte' })
    // With 5 every size would be found, and with 100 gt would find nothing.
    expect(['size gte 10', 'size gte 80']).toContain(bound)
  })

  test('the second after that of an item finds nothing, and a less exact comparison would find it', () => {
    const [filter] = chosen({ member: 'create_time', operator: 'eq', value: 'beside' })
    expect(filter).toBe('create_time eq 2026-01-31 12:00:01')
  })
})

describe('what cannot be asked for is left out', () => {
  test('values with a comma, in a list', () => {
    expect(chosen({ member: 'name', operator: 'in' })).toEqual(['name in no-such-value-7c1e'])
  })

  test('a member that no item has', () => {
    expect(chosen({ member: 'creator_id', operator: 'eq' })).toEqual([])
  })
})
