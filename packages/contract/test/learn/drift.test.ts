import { FILTER_KINDS } from '@hood-exports/openapi'
import type { QuestionId, VendorAnswers } from '@hood-exports/openapi/profile'
import { describe, expect, test } from 'vitest'
import { changesSince } from '../../src/index.ts'
import { learnProvider } from './learn-provider.ts'

/** All of them: `DRIFTS=all`. */
const SOME = process.env['DRIFTS'] === 'all' ? 1 : 9

const members = Object.keys(FILTER_KINDS)

/** What a provider does in another way from one day to the next. */
const DRIFTS: readonly Partial<VendorAnswers>[] = [
  { 'page.default-size': 20 },
  { 'page.default-order': ['name'] },
  { 'page.filtered-order': ['name'] },
  { 'page.largest-size': 500 },
  { 'page.largest-size': 100, 'page.too-large': 'cut' },
  { 'page.too-large': 'cut' },
  { 'page.past-end': 'missing' },
  { 'page.past-end': 'last-page' },
  { 'view.default': { size: 'left-out' } },
  { 'view.unnamed': 'default' },
  { 'members.undocumented': ['owner'] },
  { 'envelope.undocumented': ['next'] },
  { 'numbers.form': { total: 'text' } },
  { 'numbers.form': { size: 'text' } },
  { 'search.default-fields': { name: 'searched', description: 'searched' } },
  { 'search.default-fields': { id: 'searched' } },
  { 'search.case': 'matters' },
  { 'search.accents': 'ignored' },
  { 'filter.case': 'ignored' },
  { 'filter.accents': 'ignored' },
  { 'filter.outer-spaces': 'ignored' },
  { 'filter.operators': { create_time: { r: 'refused' } } },
  { 'filter.operators': { status: { neq: 'ignored' } } },
  { 'filter.operators': Object.fromEntries(members.map((member) => [member, { is: 'refused', isn: 'refused' }])) },
  { 'filter.nulls': { neq: 'not-found' } },
  { 'filter.nulls': { lt: 'found' } },
  { 'filter.empty-text': 'null' },
  { 'filter.range-ends': { rl: 'both' } },
  { 'filter.range-ends': { rr: 'none' } },
  { 'filter.day': 'whole-day' },
  { 'filter.day': 'refused' },
  { 'filter.failure-reason': 'failed_reason' },
  { 'sort.nulls': 'last' },
  { 'sort.ties': ['-id'] },
  { 'quota.described-window': 'shortest' },
  { 'quota.reset-rounding': 'down' },
  { 'quota.window-start': 'first-request' },
  { 'quota.refused-cost': { '400': 'free' } },
  { 'quota.refused-cost': { '404': 'free' } },
  { 'download.redirect': 'other-origin' },
  { 'download.length': 'sent' },
  { 'download.size-unit': 'bits' },
  { 'download.file-name': 'id' },
  { 'download.content-type': 'mime_type-with-parameters' },
  { 'download.url': 'documented-path' },
]

const before = learnProvider({})

describe('a change of the provider is a drift', () => {
  test.each(DRIFTS.filter((_, index) => index % SOME === 0))('%o', async (choices) => {
    const { drifts } = changesSince(await before, await learnProvider({ sandbox: { choices } }))
    expect(drifts.map(({ question }) => question)).toEqual(
      expect.arrayContaining(Object.keys(choices).slice(0, 1)) as QuestionId[],
    )
  })
})

describe('what is no change of the provider is no drift', () => {
  test.each([
    ['another minute', { startMs: 41_234 }],
    ['more exports', { sandbox: { items: 275 } }],
    ['other exports', { sandbox: { seed: 8 } }],
    ['few exports', { sandbox: { items: 3 } }],
    ['windows of another phase', { sandbox: { windowPhaseMs: 23_456 } }],
    ['a network that takes its time', { latencyMs: 40 }],
  ])('%s', async (_name, provided) => {
    expect(changesSince(await before, await learnProvider(provided)).drifts).toEqual([])
  })
})
