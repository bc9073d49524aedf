import { expect, test } from 'vitest'
import { examinePlain } from './examine-plain.ts'
import { PLAIN_VARIATIONS } from './variations.ts'

test.each(PLAIN_VARIATIONS)('a correct provider in node:http raises no alarm: $permitted', async (variation) => {
  const { violations } = await examinePlain({ limits: 'on', ...variation })
  expect(violations).toEqual([])
})

test('nor where its quota is off', async () => {
  expect((await examinePlain({ limits: 'off' })).violations).toEqual([])
})
