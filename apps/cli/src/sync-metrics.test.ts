import { expect, test } from 'vitest'
import { metricsText } from './sync-metrics.ts'

const RUN = {
  destination: 'C:\\exports "new"',
  endedAtMs: 1_769_860_800_500,
  durationMs: 1_500,
  exitCode: 7,
  saved: 2,
  bytes: 2_001,
  deleted: 0,
  failed: 1,
  left: 3,
  waiting: 0,
  requests: 9,
  quotaWaitMs: 250,
}

test('a run is gauges with a destination; without a success, that one is left out', () => {
  const lines = metricsText(RUN, undefined)
    .split('\n')
    .filter((line) => !line.startsWith('#'))
  const label = String.raw`{destination="C:\\exports \"new\""}`
  expect(lines).toEqual([
    `hood_exports_sync_last_run_timestamp_seconds${label} 1769860800.5`,
    `hood_exports_sync_exit_code${label} 7`,
    `hood_exports_sync_duration_seconds${label} 1.5`,
    `hood_exports_sync_saved_exports${label} 2`,
    `hood_exports_sync_saved_bytes${label} 2001`,
    `hood_exports_sync_deleted_exports${label} 0`,
    `hood_exports_sync_failed_exports${label} 1`,
    `hood_exports_sync_left_exports${label} 3`,
    `hood_exports_sync_waiting_exports${label} 0`,
    `hood_exports_sync_requests${label} 9`,
    `hood_exports_sync_quota_wait_seconds${label} 0.25`,
    '',
  ])
})
