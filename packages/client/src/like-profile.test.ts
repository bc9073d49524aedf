import type { VendorProfile } from '@hood-exports/openapi/profile'
import { expect, test } from 'vitest'
import { createRateLimiter } from './rate-limit/limiter.ts'
import { likeProfile } from './like-profile.ts'

const observed = <Value>(value: Value) => ({ confidence: 'observed', value, evidence: [] }) as const
const notSeen = { confidence: 'not-seen', why: 'not asked', evidence: [] } as const

const settingsOf = (answers: VendorProfile['answers']): ReturnType<typeof likeProfile> => likeProfile({ answers })

test('a profile gives the windows of its tier, the parallel limit and the largest page', () => {
  const { limiter, pageSize } = settingsOf({
    'quota.limits': observed([75, 700]),
    'quota.parallel': observed(3),
    'page.largest-size': observed(200),
  })
  expect(pageSize).toBe(200)
  expect(createRateLimiter(limiter).snapshot()).toMatchObject({
    maxInFlight: 3,
    windows: [{ limit: 75 }, { limit: 700 }],
  })
})

test('one limit is enough where only one tier has it', () => {
  expect(settingsOf({ 'quota.limits': observed([150]) }).limiter.windows).toEqual([
    { name: 'burst', limit: 10, windowMs: 1_000 },
    { name: 'steady', limit: 150, windowMs: 60_000 },
  ])
})

test.each<[string, VendorProfile['answers']]>([
  ['nothing', {}],
  ['what was not seen', { 'quota.limits': notSeen, 'quota.parallel': notSeen, 'page.largest-size': notSeen }],
  ['a limit of no tier', { 'quota.limits': observed([11]), 'quota.parallel': observed('not-reached') }],
])('%s sets nothing', (_what, answers) => {
  expect(settingsOf(answers)).toEqual({ limiter: {}, pageSize: undefined })
})
