import { isDeepStrictEqual } from 'node:util'
import { vendorProfileSchema } from '@hood-exports/openapi/profile'
import type { QuestionId, VendorProfile } from '@hood-exports/openapi/profile'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { draws } from './choices.ts'
import type { Draw } from './choices.ts'
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

const ORDERS = ['page.default-order', 'page.filtered-order', 'sort.ties']

/** Which key decides between the last equals is one that the provider has, and that was not drawn; or none was needed. */
function isBeginning(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.every((key, index) => index >= other.length || key === other[index])
}

/** In a record, the keys that were observed count. */
function agrees(value: unknown, right: unknown): boolean {
  if (typeof value !== 'object' || typeof right !== 'object' || value === null || Array.isArray(value)) {
    return isDeepStrictEqual(value, right)
  }
  const known = right as Record<string, unknown>
  return Object.entries(value).every(([key, one]) => !(key in known) || agrees(one, known[key]))
}

function score(profile: VendorProfile, expected: Draw['choices']): Score {
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
    const isRight = ORDERS.includes(id) ? isBeginning(value as unknown[], right as unknown[]) : agrees(value, right)
    if (!isRight) wrong?.push(`${id}: ${JSON.stringify(value)}, where ${JSON.stringify(right)} is right`)
  }
  return { wrong: wrong ?? [], unanswered: unanswered ?? [], answered }
}

describe('what is learnt of providers that differ in everything that is left open', () => {
  const drawn = fc.sample(draws, { numRuns: DRAWS, seed: SEED })
  const scores: Score[] = []

  test.each(drawn)('nothing that is observed is wrong: $choices', async ({ choices, sandbox, startMs }) => {
    const profile = await learnProvider({ sandbox: { ...sandbox, choices }, startMs })
    const result = score(profile, choices)
    scores.push(result)
    expect(isValid(profile)).toBe(true)
    expect(result.wrong).toEqual([])
  })

  test('at least 95 % of the questions are answered', () => {
    const unanswered = scores.flatMap((one) => one.unanswered)
    const answered = scores.reduce((sum, one) => sum + one.answered, 0)
    expect(unanswered.slice(Math.floor(0.05 * (answered + unanswered.length)))).toEqual([])
  })
})
