import { describe, expect, test } from 'vitest'
import { judgeRetried, judgeUntouched } from './judge-retried.ts'

const BEFORE = { id: '1', status: 'failed', attempt_count: 1 }

describe('a retry is right when it', () => {
  test.each([
    ['is counted and queued', { status: 'queued', attempt_count: 2 }, false],
    ['is counted and has failed again', { status: 'failed', attempt_count: 2 }, false],
    ['is counted and ready', { status: 'ready', attempt_count: 2 }, false],
    ['has made a new export', { status: 'failed', attempt_count: 1 }, true],
    ['waits for its turn, and is counted later', { status: 'queued', attempt_count: 1 }, false],
  ])('%s', (_what, after, isNewThere) => {
    expect(judgeRetried({ before: BEFORE, after: { id: '1', ...after }, isNewThere })).toEqual([])
  })
})

describe('a retry is wrong when it', () => {
  test.each([
    ['has no effect', { status: 'failed', attempt_count: 1 }],
    ['is not counted', { status: 'ready', attempt_count: 1 }],
    ['is counted twice', { status: 'queued', attempt_count: 3 }],
  ])('%s', (_what, after) => {
    expect(judgeRetried({ before: BEFORE, after: { id: '1', ...after }, isNewThere: false })).toHaveLength(1)
  })
})

test('an export is untouched when its status and its attempts are as before', () => {
  expect(judgeUntouched(BEFORE, { ...BEFORE, download_count: 1 })).toEqual([])
  expect(judgeUntouched(BEFORE, { ...BEFORE, status: 'queued' })).toHaveLength(1)
  expect(judgeUntouched(BEFORE, { ...BEFORE, attempt_count: 2 })).toHaveLength(1)
})
