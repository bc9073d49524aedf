import type { DownloadProgress } from '@hood-exports/client'
import { counted, formatBytes, formatCount, formatDuration } from '@hood-exports/command-line'

/** How far several downloads are, in bytes. */
export interface ProgressMeter {
  /** A part of an export has arrived. */
  received(id: string, progress: DownloadProgress): void
  /** An export has ended, saved or not. */
  ended(id: string): void
  /** In one line. */
  text(): string
}

export interface ProgressTotals {
  /** How many exports there are, if that is known. */
  readonly exports?: number | undefined
  /** The bytes of all, as far as the API announces them. */
  readonly bytes?: number | undefined
}

/** In the first moment a rate means nothing. */
const RATE_AFTER_MS = 500
/** Nor does the time left, in the first seconds. */
const LEFT_AFTER_MS = 3_000

/** @param now milliseconds. */
export function createProgressMeter(
  { exports: total, bytes: totalBytes = 0 }: ProgressTotals,
  now: () => number,
): ProgressMeter {
  const underWay = new Map<string, DownloadProgress>()
  let endedCount = 0
  let endedBytes = 0
  let beganAt: number | undefined
  return {
    received(id, progress) {
      beganAt ??= now()
      underWay.set(id, progress)
    },
    ended(id) {
      endedCount += 1
      endedBytes += underWay.get(id)?.bytes ?? 0
      underWay.delete(id)
    },
    text() {
      const running = [...underWay.values()]
      const bytes = endedBytes + running.reduce((sum, progress) => sum + progress.bytes, 0)
      const elapsedMs = now() - (beganAt ?? now())
      const rate = elapsedMs >= RATE_AFTER_MS ? `, ${formatBytes(Math.round((bytes / elapsedMs) * 1_000))}/s` : ''
      const [only] = running
      if (total === 1) return `${ofExpected(only ?? { bytes, expectedBytes: undefined })}${rate}`
      const atOnce = running.length > 0 ? ` (${running.length} under way)` : ''
      if (total === undefined) return `${counted(endedCount, 'export')}, ${formatBytes(bytes)}${rate}${atOnce}`
      // What takes longer of the two decides: many small files wait for the quota, a few large ones for their bytes.
      const share = Math.min(endedCount / total, totalBytes > 0 ? bytes / totalBytes : 1)
      const left =
        share > 0 && share < 1 && elapsedMs >= LEFT_AFTER_MS
          ? `, about ${formatDuration((elapsedMs / share) * (1 - share))} left`
          : ''
      const percent = `${Math.floor(Math.min(1, share) * 100)} %`
      return `${formatCount(endedCount)} of ${counted(total, 'export')}, ${percent}, ${formatBytes(bytes)}${rate}${left}${atOnce}`
    },
  }
}

function ofExpected({ bytes, expectedBytes }: DownloadProgress): string {
  // What has grown beyond the announced size makes no percentage.
  if (!expectedBytes || bytes > expectedBytes) return formatBytes(bytes)
  return `${formatBytes(bytes)} of ${formatBytes(expectedBytes)}, ${Math.floor((bytes / expectedBytes) * 100)} %`
}
