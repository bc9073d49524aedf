import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { VENDOR_PROFILE_ID, learnt, vendorProfileSchema } from './index.ts'
import type { VendorProfile } from './index.ts'

const validate = new Ajv2020({ formats: { 'date-time': true } }).compile(vendorProfileSchema)

const evidence = [{ request: 'GET /v1/hood/exports', seen: '10 of 240 items' }]
const profile: VendorProfile = {
  $schema: VENDOR_PROFILE_ID,
  learntAt: '2026-01-01T00:00:00Z',
  specVersion: '2.0.0',
  items: 240,
  requests: 120,
  durationMs: 14_000,
  answers: {
    'page.default-size': { confidence: 'observed', value: 10, evidence },
    'page.default-order': { confidence: 'observed', value: ['-create_time', 'name'], evidence },
    'page.past-end': { confidence: 'contradicted', why: 'pages 25 and 1025 differ', evidence },
    'filter.operators': { confidence: 'observed', value: { size: { eq: 'taken', r: 'refused' } }, evidence },
    'quota.parallel': { confidence: 'observed', value: 'not-reached', evidence },
    'retry.record': { confidence: 'not-seen', why: 'writes were not allowed', evidence: [] },
  },
}

const withAnswers = (answers: unknown): unknown => ({ ...profile, answers })

describe('the schema of a profile', () => {
  test('takes answers of every confidence', () => {
    expect(validate(profile)).toBe(true)
  })

  test.each([
    ['a question that does not exist', withAnswers({ 'page.colour': profile.answers['page.default-size'] })],
    [
      'a value of another type',
      withAnswers({ 'page.default-size': { confidence: 'observed', value: '10', evidence } }),
    ],
    ['an answer without evidence', withAnswers({ 'page.default-size': { confidence: 'observed', value: 10 } })],
    [
      'a value that was not seen',
      withAnswers({ 'page.default-size': { confidence: 'not-seen', value: 10, evidence } }),
    ],
    ['another version', { ...profile, $schema: 'urn:hood-exports:vendor-profile:2' }],
    ['a member that could hold a token', { ...profile, token: 'secret' }],
  ])('refuses %s', (_what, wrong) => {
    expect(validate(wrong)).toBe(false)
  })
})

test('an answer is learnt only when it was observed', () => {
  expect(learnt(profile, 'page.default-size')).toBe(10)
  expect(learnt(profile, 'page.past-end')).toBeUndefined()
  expect(learnt(profile, 'sort.nulls')).toBeUndefined()
})
