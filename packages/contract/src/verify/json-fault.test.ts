import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFault } from './json-fault.ts'

test.each([
  ['{"total":240,"items":,[]}', 21, 'is ",", where a value belongs'],
  ['{"total":1,}', 11, 'is "}", where a name belongs'],
  ['[1,2', 4, 'is the end, where "," or "]" belongs'],
  ['{"a" 1}', 5, 'is "1", where ":" belongs'],
  ["{'a':1}", 1, 'is "\'", where a name or "}" belongs'],
  ['{"a":"x', 5, 'begins a string that does not end'],
  [String.raw`{"a":"\x"}`, 6, 'is no escape of JSON'],
  ['{"a":"b\nc"}', 7, 'is a control character in a string'],
  ['{"a":1} {}', 8, 'is "{", where the end belongs'],
  ['{"a":NaN}', 5, 'is "N", where a value belongs'],
  ['<h1>', 0, 'is "<", where a value belongs'],
  ['', 0, 'is the end, where a value belongs'],
  ['[1]]', 3, 'is "]", where the end belongs'],
  ['[01]', 2, 'is "1", where "," or "]" belongs'],
])('%s', (text, at, reason) => {
  expect(jsonFault(text)).toEqual({ at, reason })
})

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('JSON has no fault, whatever its space', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, space) => {
      expect(jsonFault(JSON.stringify(value, undefined, space))).toBe(undefined)
    }),
  )
})

test('whatever JSON.parse refuses has one', () => {
  const changed = fc
    .tuple(fc.json({ maxDepth: 2 }), fc.nat(), fc.constantFrom('', ...Array.from('{}[],:"\\0-.etn \n')))
    .map(
      ([text, at, other]) => text.slice(0, at % (text.length + 1)) + other + text.slice((at % (text.length + 1)) + 1),
    )
  fc.assert(
    fc.property(changed, (text) => {
      expect(jsonFault(text) === undefined).toBe(isJson(text))
    }),
    { numRuns: 2_000 },
  )
})
