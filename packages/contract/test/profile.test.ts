import type { VendorProfile } from '@hood-exports/openapi/profile'
import { DEMO_TOKENS, choicesLike } from '@hood-exports/sandbox'
import type { Choices } from '@hood-exports/sandbox'
import { createSandbox } from '@hood-exports/sandbox'
import { createManualClock } from '@hood-exports/client/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verify } from '../src/index.ts'
import type { Report } from '../src/index.ts'
import { anyChoices } from './any-choices.ts'
import { learnProvider } from './learn/learn-provider.ts'
import { compareTwins } from './twins.ts'

const ITEMS = 240
/** More can be drawn: `TWIN_DRAWS=40 TWIN_SEED=7`. */
const DRAWS = Number(process.env['TWIN_DRAWS'] ?? 2)
const SEED = Number(process.env['TWIN_SEED'] ?? 20_260_101)

async function verifyWith(profile: VendorProfile, choices: Partial<Choices>): Promise<Report> {
  const clock = createManualClock({ now: 0, wall: Date.UTC(2026, 0, 1) + 7_777 })
  const sandbox = createSandbox({ items: ITEMS, choices, clock: { now: () => clock.wallNow() } })
  try {
    const run = verify({
      baseUrl: 'http://provider.example',
      tokens: { main: DEMO_TOKENS.main },
      seed: 1,
      profile,
      clock,
      fetch: (url, init) => sandbox.fetch(new Request(url, init)),
    })
    return await clock.runUntilSettled(run)
  } finally {
    sandbox.close()
  }
}

describe('verify with a profile', () => {
  test('holds an unchanged account, and sees each answer that has changed', async () => {
    const profile = await learnProvider({ sandbox: { choices: { 'page.past-end': 'missing' } } })
    const same = await verifyWith(profile, { 'page.past-end': 'missing' })
    expect(same.violations).toEqual([])
    const passed = same.laws.filter(({ family, status }) => family === 'profile' && status === 'passed')
    expect(passed.length).toBeGreaterThan(25)
    const changed = await verifyWith(profile, { 'page.past-end': 'empty', 'page.default-size': 20 })
    expect(changed.violations.map(({ law, actual }) => [law, actual])).toEqual([
      ['learnt-page.default-size', 'How many items has a page without a size? It was 10, and is 20.'],
      ['learnt-page.past-end', 'What is behind the last page? It was missing, and is empty.'],
    ])
  })

  test('makes no law of what was not seen', async () => {
    const seen = await learnProvider({})
    const answers: VendorProfile['answers'] = {
      ...seen.answers,
      'page.past-end': { confidence: 'not-seen', why: 'one page', evidence: [] },
    }
    const { laws, violations } = await verifyWith({ ...seen, answers }, { 'page.past-end': 'missing' })
    expect(violations).toEqual([])
    expect(laws.find(({ law }) => law === 'learnt-page.past-end')).toMatchObject({
      status: 'skipped',
      reason: 'the profile has not observed it',
    })
  })
})

describe('a sandbox made from the profile of any account', () => {
  const drawn = fc.sample(anyChoices, { numRuns: DRAWS, seed: SEED })

  test.each(drawn.map((choices) => ({ choices })))('is its twin: $choices', async ({ choices }) => {
    const profile = await learnProvider({ sandbox: { choices } })
    const twin = choicesLike(profile)
    const { asked, different } = await compareTwins(choices, twin, SEED)
    expect(different.slice(Math.floor(asked / 100))).toEqual([])
    expect((await verifyWith(profile, twin)).violations).toEqual([])
  })
})
