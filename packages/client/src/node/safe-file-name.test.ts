import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeFileName } from './safe-file-name.ts'

test.each([
  ['Weekly digest', 'csv', 'Weekly digest.csv'],
  ['Новогодишња кампања', 'csv', 'Новогодишња кампања.csv'],
  ['Black Friday 🛒', 'json', 'Black Friday 🛒.json'],
  ['Weekly.csv', 'csv', 'Weekly.csv'],
  ['a/b\\c:d', 'csv', 'a_b_c_d.csv'],
  ['Delivery log "EU" <x>|?*', 'csv', 'Delivery log _EU_ _x____.csv'],
  ['..', 'csv', 'export.csv'],
  ['.ssh', null, '_ssh'],
  ['CON', 'csv', '_CON.csv'],
  ['lpt¹', null, '_lpt¹'],
  ['console', 'csv', 'console.csv'],
  ['  spaces and dots. . ', null, 'spaces and dots'],
  ['line\nbreak\u0000nul', 'csv', 'line_break_nul.csv'],
  ['gpj\u202Eexe', 'csv', 'gpj_exe.csv'],
  ['', undefined, 'export'],
  ['name', '', 'name'],
])('%j with %j is %j', (name, extension, expected) => {
  expect(safeFileName(name, extension)).toBe(expected)
})

test('a long name is cut between characters, and keeps its extension', () => {
  const name = safeFileName('👨‍👩‍👧‍👦'.repeat(50), 'csv')
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(231)
  expect(name.endsWith('👦.csv')).toBe(true)
})

test('whatever the name, the result is one safe segment, and stays as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.option(fc.string({ maxLength: 8 })),
      (name, extension) => {
        const file = safeFileName(name, extension)
        expect(file).not.toMatch(/[/\\\0:]|^\.|[. ]$|^$/)
        expect(Buffer.byteLength(file)).toBeLessThanOrEqual(255 - 14)
        expect(safeFileName(file)).toBe(file)
      },
    ),
    { numRuns: 2_000 },
  )
})
