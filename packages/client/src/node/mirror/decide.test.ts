import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildItem } from '../../testing/build-item.ts'
import { decide, isDue } from './decide.ts'
import type { DecideOptions } from './decide.ts'
import { newEntry } from './entry.ts'

function decided(changes: Partial<DecideOptions> & { readonly status?: string }) {
  const item = buildItem({ status: 'ready', failure_reason: null })
  const { status = 'ready', ...options } = changes
  return decide({
    item: { ...item, status },
    entry: undefined,
    isRemade: false,
    isSelected: true,
    isPossible: true,
    ...options,
  })
}

describe('an export', () => {
  test('that is ready is fetched', () => {
    expect(decided({})).toEqual({ kind: 'fetch' })
  })

  test('that is saved is kept, whatever has become of it', () => {
    expect(decided({ entry: { state: 'saved' }, status: 'expired' })).toEqual({ kind: 'keep' })
  })

  test('that is not ready is waited for, whether its conditions hold or not: it may change', () => {
    expect(decided({ status: 'running', isSelected: false })).toEqual({
      kind: 'wait',
      reason: 'its status is running',
    })
  })

  test('that is not asked for is not remembered', () => {
    expect(decided({ isSelected: false })).toEqual({ kind: 'ignore' })
  })

  test('that is too old or of another kind is not remembered, ready or not', () => {
    expect(decided({ isPossible: false, status: 'running' })).toEqual({ kind: 'ignore' })
  })

  test('whose file is gone is asked for again only when it was made again', () => {
    expect(decided({ entry: { state: 'gone' }, isRemade: true })).toEqual({ kind: 'fetch' })
    expect(decided({ entry: { state: 'gone' } })).toEqual({ kind: 'keep' })
  })

  test('that is saved is fetched again when it was made again, if it is ready and asked for', () => {
    const saved = { entry: { state: 'saved' }, isRemade: true } as const
    expect(decided(saved)).toEqual({ kind: 'fetch' })
    expect(decided({ ...saved, status: 'running' })).toEqual({ kind: 'keep' })
    expect(decided({ ...saved, isSelected: false })).toEqual({ kind: 'keep' })
    expect(decided({ ...saved, isPossible: false })).toEqual({ kind: 'keep' })
  })
})

describe('an export that waits', () => {
  const MINUTE = 60_000
  const entry = { ...newEntry(buildItem(), 0), lookedAtMs: 100 * MINUTE }

  test.each([
    ['after a tenth of the time it has waited', 110 * MINUTE, true],
    ['not earlier', 110 * MINUTE - 1, false],
    ['when the clock was set back', 99 * MINUTE, true],
  ])('is looked at again %s', (_when, nowMs, expected) => {
    expect(isDue(entry, { nowMs, ageMs: 0 })).toBe(expected)
  })

  test('is looked at twice a day, however old it is', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (seenAtMs, waitedMs, ageMs) => {
        const lookedAtMs = seenAtMs + waitedMs
        const nowMs = lookedAtMs + 12 * 60 * MINUTE
        expect(isDue({ ...entry, seenAtMs, lookedAtMs }, { nowMs, ageMs })).toBe(true)
      }),
    )
  })
})
