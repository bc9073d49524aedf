import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderForTest } from './testing/run-cli.ts'
import { startTortureBucket } from './testing/torture-bucket.ts'
import { torture } from './testing/torture.ts'

// `pnpm --filter @hood-exports/cli run torture` does the same 200 times.
test('killed 20 times, misled by answers and meddled with, sync ends with each file once, as it is, and is never refused without need', async () => {
  const folder = join(folderForTest(), 'exports')
  const report = await torture({ folder, seed: 7, kills: 20, exports: 25, longestLifeMs: 1_200 })
  expect(report.wrong).toEqual([])
  expect(report).toMatchObject({ killed: 20, avoidable429: 0 })
  expect(report.ready).toBeGreaterThan(25)
})

test('killed in the same way, sync into a bucket ends with each object once, as it is', async () => {
  const bucket = await startTortureBucket()
  onTestFinished(bucket.close)
  const folder = join(folderForTest(), 'objects')
  const report = await torture({ folder, bucket, seed: 11, kills: 8, exports: 12, longestLifeMs: 3_000 })
  expect(report.wrong).toEqual([])
  expect(report).toMatchObject({ killed: 8, avoidable429: 0 })
})
