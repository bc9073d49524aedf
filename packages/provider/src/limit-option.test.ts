import { expect, test } from 'vitest'
import { VENDOR_LIMITS, parseLimits } from './limit-option.ts'

test('the vendor’s windows are the document’s', () => {
  expect(VENDOR_LIMITS.windows).toEqual([
    { limit: 10, windowMs: 1_000 },
    { limit: 150, windowMs: 60_000 },
  ])
})

test.each([
  ['on', 'on'],
  ['off', 'off'],
  ['10/1s', { windows: [{ limit: 10, windowMs: 1_000 }] }],
  [
    '3/250ms,7/2m',
    {
      windows: [
        { limit: 3, windowMs: 250 },
        { limit: 7, windowMs: 120_000 },
      ],
    },
  ],
  ['5/1s,parallel=4', { windows: [{ limit: 5, windowMs: 1_000 }], parallel: 4 }],
])('%s is read', (text, option) => {
  expect(parseLimits(text)).toEqual(option)
})

test('a parallel limit alone leaves the vendor’s windows', () => {
  expect(parseLimits('parallel=2')).toMatchObject({ parallel: 2, windows: [{ limit: 10 }, { limit: 150 }] })
})

test.each([
  ['10/1h', 'limits: "10/1h" is not understood; give on, off, or windows such as 10/1s,150/60s,parallel=4'],
  ['', 'limits: "" is not understood'],
  ['0/1s', 'limits: 0 requests in a window; give a whole number from 1'],
  ['1/0s', 'limits: a window of 0 ms; give whole milliseconds from 1'],
  ['1/1s,2/1000ms', 'limits: two windows have the same length; keep the smaller one'],
  ['parallel=0', 'limits: 0 requests in parallel; give a whole number from 1, or leave it out'],
])('%j is refused: %s', (text, message) => {
  expect(() => parseLimits(text)).toThrow(message)
})
