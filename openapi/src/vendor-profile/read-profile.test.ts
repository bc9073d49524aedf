import { describe, expect, test } from 'vitest'
import { VENDOR_PROFILE_ID, readVendorProfile } from './index.ts'

const evidence = [{ request: 'GET /v1/hood/exports', seen: '10 of 240 items' }]
const observed = (value: unknown): unknown => ({ confidence: 'observed', value, evidence })
const file = (answers: unknown, $schema: unknown = VENDOR_PROFILE_ID): string =>
  JSON.stringify({
    $schema,
    learntAt: '2026-01-01T00:00:00Z',
    specVersion: '2',
    items: 1,
    requests: 1,
    durationMs: 1,
    answers,
  })

describe('a profile', () => {
  test('is read with answers of every confidence', () => {
    const answers = {
      'page.default-size': observed(10),
      'page.past-end': { confidence: 'not-seen', why: 'one page', evidence: [] },
      'filter.operators': observed({ size: { eq: 'taken', r: 'refused' } }),
      'quota.parallel': observed('not-reached'),
      latency: observed({ list: { requests: 3, medianMs: 1.5, p95Ms: 2 } }),
    }
    expect(readVendorProfile(file(answers)).answers).toEqual(answers)
  })

  test.each([
    ['{', 'The profile is not JSON: give a file that hood-contract learn has written'],
    ['[]', 'The profile is not an object'],
    [
      file({}, 'urn:hood-exports:vendor-profile:2'),
      '$schema: version 2 is newer than 1, which is read here; update this program',
    ],
    [file({}, 'urn:other'), '$schema: "urn:other"; give a profile with "urn:hood-exports:vendor-profile:1"'],
    [file([]), 'answers: it is missing'],
    [file({ 'page.colour': observed(1) }), 'answers["page.colour"]: no question of this version'],
    [file({ 'page.past-end': { confidence: 'sure' } }), '.confidence: "sure"; give observed, contradicted or not-seen'],
    [
      file({ 'page.default-size': observed('10') }),
      'answers["page.default-size"].value: "10", not a whole number from 1',
    ],
    [
      file({ 'page.past-end': observed('none') }),
      '.value: "none", not one of empty, last-page, first-page, refused, missing',
    ],
    [file({ 'numbers.form': observed({ total: 3 }) }), '.value.total: 3, not a text'],
    [file({ 'numbers.form': observed({ name: 'text' }) }), '.value.name: the name is not one of total, size'],
    [
      file({ 'filter.operators': observed({ size: { eq: 'yes' } }) }),
      '.value.size.eq: "yes", not one of taken, refused, ignored',
    ],
    [file({ 'quota.limits': observed([10, 10]) }), '.value: [10,10], not a list without repeats'],
    [file({ 'quota.parallel': observed(0) }), 'answers["quota.parallel"].value: 0, not what '],
    [file({ latency: observed({ list: { requests: 3, medianMs: 1 } }) }), '.value.list.p95Ms: it is missing'],
  ])('%s is refused with the member and the rule', (text, message) => {
    expect(() => readVendorProfile(text)).toThrow(message)
  })
})
