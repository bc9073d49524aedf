import { describe, expect, test } from 'vitest'
import { VENDOR_LIMITS, parseLimits } from './limit-options.ts'

describe('limits', () => {
  test('of the vendor are 10 in a second and 150 in a minute', () => {
    expect(VENDOR_LIMITS).toEqual({
      windows: [
        { limit: 10, windowMs: 1_000 },
        { limit: 150, windowMs: 60_000 },
      ],
    })
  })

  test.each([
    ['on', 'on'],
    ['off', 'off'],
    ['3/500ms', { windows: [{ limit: 3, windowMs: 500 }] }],
    [
      '1/1s,15/1m,parallel=4',
      {
        windows: [
          { limit: 1, windowMs: 1_000 },
          { limit: 15, windowMs: 60_000 },
        ],
        parallel: 4,
      },
    ],
    ['parallel=2', { ...VENDOR_LIMITS, parallel: 2 }],
  ])('are read from "%s"', (text, limits) => {
    expect(parseLimits(text)).toEqual(limits)
  })

  test.each([
    ['', 'limits: "" is not understood'],
    ['10', 'limits: "10" is not understood; give on, off, or windows such as 10/1s,150/60s,parallel=4'],
    ['10/1h', 'limits: "10/1h" is not understood'],
    ['0/1s', 'limits: 0 requests in a window; give a whole number from 1'],
    ['1/0s', 'limits: a window of 0 ms; give whole milliseconds from 1'],
    ['10/1s,20/1000ms', 'limits: two windows have the same length; keep the smaller one'],
    ['parallel=0', 'limits: 0 requests in parallel; give a whole number from 1'],
  ])('"%s" is refused', (text, message) => {
    expect(() => parseLimits(text)).toThrow(new RegExp(`^${message.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`))
  })
})
