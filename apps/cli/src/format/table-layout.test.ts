import { describe, expect, test } from 'vitest'
import { layOut } from './table-layout.ts'

describe('the columns of a table', () => {
  const fields = [
    { field: 'id', natural: 7 },
    { field: 'status', natural: 10 },
    { field: 'size', natural: 7 },
    { field: 'create_time', natural: 19 },
    { field: 'name', natural: 60 },
  ]
  const optional = ['size', 'create_time', 'status']
  const widths = (columns: number): unknown =>
    layOut({ fields, columns, optional })?.map(({ field, width }) => `${field} ${width}`)

  test('are as wide as they need to be where there is no terminal', () => {
    expect(widths(Infinity)).toEqual(['id 7', 'status 10', 'size 7', 'create_time 19', 'name 60'])
  })

  test.each([
    [200, ['id 7', 'status 10', 'size 7', 'create_time 16', 'name 60']],
    [100, ['id 7', 'status 10', 'size 7', 'create_time 16', 'name 52']],
    [60, ['id 7', 'status 10', 'size 7', 'create_time 11', 'name 17']],
    [50, ['id 7', 'status 10', 'create_time 11', 'name 16']],
    [40, ['id 7', 'status 10', 'name 19']],
    [30, ['id 7', 'name 21']],
    [20, undefined],
  ])('of %i are %j', (columns, expected) => {
    expect(widths(columns)).toEqual(expected)
  })

  test('that were asked for are never left out: what does not fit becomes records', () => {
    expect(layOut({ fields, columns: 50, optional: [] })).toBeUndefined()
  })
})
