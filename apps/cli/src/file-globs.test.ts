import { expect, test } from 'vitest'
import { matchFiles } from './file-globs.ts'

test.each([
  ['*.csv', 'Christmas list.csv', true],
  ['*.csv', '2026/01/list.csv', true],
  ['*.csv', 'list.json', false],
  ['*list*', 'Christmas list (1000000).csv', true],
  ['LIST*', 'list.csv', false],
  ['{daily,weekly}*', 'weekly.csv', true],
  ['2026/*/*.csv', '2026/01/list.csv', true],
  ['2026/*.csv', '2026/01/list.csv', false],
  ['2026/**', '2026/01/list.csv', true],
  ['Fru\u0308h*', 'Fr\u00FChjahr.csv', true],
])('--include %s and %s: %s', (glob, file, isWanted) => {
  expect([matchFiles({ include: [glob] })(file), matchFiles({ exclude: [glob] })(file)]).toEqual([isWanted, !isWanted])
})

test('what one pattern leaves out, no other brings back', () => {
  const matches = matchFiles({ include: ['*.csv', '*.json'], exclude: ['test*'] })
  expect(['a.csv', 'a.json', 'a.xlsx', 'test.csv'].filter(matches)).toEqual(['a.csv', 'a.json'])
})

test('an empty pattern is refused', () => {
  expect(() => matchFiles({ exclude: [' '] })).toThrow("--exclude has no pattern: write one such as '*.csv'")
})
