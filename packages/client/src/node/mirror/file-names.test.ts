import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFileNames, nameKey } from './file-names.ts'

function firstNames(count: number, name: string, template?: string): string[] {
  const names = createFileNames(template)({ id: '7', name, extension: 'csv' })
  return Array.from({ length: count }, () => names.next().value)
}

test('an export has its own name, or its name with its id, or with a number too', () => {
  expect(firstNames(3, 'Christmas list')).toEqual([
    'Christmas list.csv',
    'Christmas list (7).csv',
    'Christmas list (7 2).csv',
  ])
})

test('a path of a template has the same names in its folder', () => {
  expect(firstNames(3, 'list', '{resource}/{id}-{name}')).toEqual([
    'none/7-list.csv',
    'none/7-list (7).csv',
    'none/7-list (7 2).csv',
  ])
})

test.each([
  ['LIST.csv', 'list.csv'],
  ['CAFE\u0301.csv', 'caf\u00E9.csv'],
])('%s and %s are the same for some file system', (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other))
})

test('whatever an export is called, its names are short enough, different, and stay in their folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (name) => {
      const names = firstNames(5, name)
      expect(new Set(names.map((each) => nameKey(each))).size).toBe(5)
      for (const each of names) {
        expect(each).not.toMatch(/[/\\]/)
        expect(Buffer.byteLength(each)).toBeLessThanOrEqual(255 - '.12345678.part'.length)
      }
    }),
  )
})
