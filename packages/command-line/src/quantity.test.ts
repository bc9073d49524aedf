import { describe, expect, test } from 'vitest'
import { counted, formatBytes, formatDuration } from './quantity.ts'

describe('quantities', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [9_994, '9.99 kB'],
    [9_995, '10.0 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [123_456_789, '123 MB'],
    [Number.MAX_SAFE_INTEGER, '9.01 PB'],
    [1e21, '1000000 PB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  test.each([
    [0, '0 s'],
    [1, '1 s'],
    [59_001, '1 min'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('%i ms are %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  test('counts have their plural', () => {
    expect([counted(0, 'export'), counted(1, 'page'), counted(10_000, 'export')]).toEqual([
      '0 exports',
      '1 page',
      '10,000 exports',
    ])
  })
})
