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

/**
 * Whether nothing that came can show it: the names of the sandbox are in the same order by most ways to order texts,
 * which window is described shows only near the end of a minute, and what is redirected has no file.
 */
function cannotBeSeen(id: string, expected: Draw['choices']): boolean {
  if (id === 'sort.texts') return true
  if (id === 'quota.described-window') return expected[id] !== 'longest'
  const isRedirected = expected['download.redirect'] !== 'none'
  return id.startsWith('download.') && id !== 'download.redirect' && id !== 'download.url' && isRedirected
}

const ORDERS = ['page.default-order', 'page.filtered-order', 'sort.ties']

/** Which key decides between the last equals is one that the provider has, and that was not drawn; or none was needed. */
function isBeginning(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.every((key, index) => index >= other.length || key === other[index])
}

/** In a record, the keys that were observed count. */
function mistakes(path: string, value: unknown, right: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const known = right as Record<string, unknown>
    return Object.entries(value).flatMap(([key, one]) =>
      key in known ? mistakes(`${path}.${key}`, one, known[key]) : [],
    )
  }
  return isDeepStrictEqual(value, right) ? [] : [`${path}: ${JSON.stringify(value)} is not ${JSON.stringify(right)}`]
}

function score(profile: VendorProfile, expected: Draw['choices']): Score {
  const wrong: string[] = []
  const unanswered: string[] = []
  let answered = 0
  for (const [id, right] of Object.entries(expected)) {
    const answer = profile.answers[id as QuestionId]
    if (answer?.confidence !== 'observed') {
      if (cannotBeSeen(id, expected)) continue
      unanswered.push(`${id}: ${answer?.why}`)
      continue
    }
    answered += 1
    const { value } = answer
    if (!ORDERS.includes(id)) wrong.push(...mistakes(id, value, right))
    else if (!isBeginning(value as unknown[], right as unknown[]))
      wrong.push(`${id}: ${JSON.stringify(value)} is not ${JSON.stringify(right)}`)
  }
  return { wrong, unanswered, answered }
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
