import type { DownloadProgress } from '@hood-exports/client'
import { counted, formatBytes, formatCount } from '@hood-exports/command-line'

/** How far several downloads are, in bytes. */
export interface ProgressMeter {
  /** A part of an export has arrived. */
  received(id: string, progress: DownloadProgress): void
  /** An export has ended, saved or not. */
  ended(id: string): void
  /** In one line. */
  text(): string
}

/** @param total how many exports there are, if that is known. @param now milliseconds. */
export function createProgressMeter(total: number | undefined, now: () => number): ProgressMeter {
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
      // In the first moment a rate means nothing.
      const rate = elapsedMs >= 500 ? `, ${formatBytes(Math.round((bytes / elapsedMs) * 1_000))}/s` : ''
      const [only] = running
      if (total === 1) return `${ofExpected(only ?? { bytes, expectedBytes: undefined })}${rate}`
      const count =
        total === undefined
          ? counted(endedCount, 'export')
          : `${formatCount(endedCount)} of ${counted(total, 'export')}`
      return `${count}, ${formatBytes(bytes)}${rate}${running.length > 0 ? ` (${running.length} under way)` : ''}`
    },
  }
}

function ofExpected({ bytes, expectedBytes }: DownloadProgress): string {
  // What has grown beyond the announced size makes no percentage.
  if (!expectedBytes || bytes > expectedBytes) return formatBytes(bytes)
  return `${formatBytes(bytes)} of ${formatBytes(expectedBytes)}, ${Math.floor((bytes / expectedBytes) * 100)} %`
}
