import { expect, test } from 'vitest'
import { progressLine } from './progress-line.ts'

test('the line has the law, how many requests have been sent, and the seconds that are left at this pace', () => {
  expect(progressLine({ about: 'sort-order', sent: 57, budget: 160 }, 5_700)).toBe(
    'sort-order: request 57 of 160, about 11 s left',
  )
})

test('the seconds are left out while too few requests were sent to know the pace', () => {
  expect(progressLine({ about: 'account', sent: 2, budget: 160 }, 10)).toBe(
    'reading the exports of the account: request 2 of 160',
  )
})
