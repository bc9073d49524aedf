import { isDeepStrictEqual } from 'node:util'
import { vendorProfileSchema } from '@hood-exports/openapi/profile'
import type { QuestionId, VendorProfile } from '@hood-exports/openapi/profile'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choices } from './choices.ts'
import type { Choice } from './choices.ts'
import { learnProvider } from './learn-provider.ts'

/** More can be drawn: `LEARN_DRAWS=80 LEARN_SEED=7`. */
const DRAWS = Number(process.env['LEARN_DRAWS'] ?? 6)
const SEED = Number(process.env['LEARN_SEED'] ?? 20_260_101)

const isValid = new Ajv2020({ formats: { 'date-time': true } }).compile(vendorProfileSchema)

interface Score {
  readonly wrong: readonly string[]
  readonly unanswered: readonly string[]
  readonly answered: number
}

/** Of a record, the keys that were observed count. */
function score(profile: VendorProfile, expected: Choice['expected']): Score {
  const [wrong, unanswered]: string[][] = [[], []]
  let answered = 0
  for (const [id, right] of Object.entries(expected)) {
    const answer = profile.answers[id as QuestionId]
    if (answer?.confidence !== 'observed') {
      unanswered?.push(`${id}: ${answer?.why}`)
      continue
    }
    answered += 1
    const { value } = answer
    const isRecord = typeof right === 'object' && !Array.isArray(right)
    const isRight = isRecord
      ? Object.entries(value).every(
          ([key, one]) => !(key in right) || isDeepStrictEqual(one, (right as Record<string, unknown>)[key]),
        )
      : isDeepStrictEqual(value, right)
    if (!isRight) wrong?.push(`${id}: ${JSON.stringify(value)}, where ${JSON.stringify(right)} is right`)
  }
  return { wrong: wrong ?? [], unanswered: unanswered ?? [], answered }
}

describe('what is learnt of providers that differ in everything that is left open', () => {
  const drawn = fc.sample(choices, { numRuns: DRAWS, seed: SEED })
  const scores: Score[] = []

  test.each(drawn.map((some, index) => ({ some, name: `${index}: ${some.map(({ name }) => name).join(', ')}` })))(
    'nothing that is observed is wrong: $name',
    async ({ some }) => {
      const profile = await learnProvider(some, 1_000 + 977 * scores.length)
      const result = score(profile, Object.assign({}, ...some.map(({ expected }) => expected)) as Choice['expected'])
      scores.push(result)
      expect(isValid(profile)).toBe(true)
      expect(result.wrong).toEqual([])
    },
    60_000,
  )

  test('at least 95 % of the questions are answered', () => {
    const unanswered = scores.flatMap((one) => one.unanswered)
    const answered = scores.reduce((sum, one) => sum + one.answered, 0)
    expect(unanswered.slice(Math.floor(0.05 * (answered + unanswered.length)))).toEqual([])
  })
})
