import { readFile } from 'node:fs/promises'
import { replaceFile } from './replace-file.ts'

/** A run of `sync`, for a monitor. */
export interface RunMetrics {
  /** What was kept in step. */
  readonly destination: string
  /** When it ended, in milliseconds since the epoch. */
  readonly endedAtMs: number
  readonly durationMs: number
  readonly exitCode: number
  readonly saved: number
  readonly bytes: number
  readonly deleted: number
  readonly failed: number
  readonly left: number
  readonly waiting: number
  readonly requests: number
  /** Milliseconds that requests have waited for the quota, together. */
  readonly quotaWaitMs: number
}

const LAST_SUCCESS = 'last_success_timestamp_seconds'

/** Name, help and value; all are gauges of the last run. */
const GAUGES: readonly (readonly [string, string, (run: RunMetrics) => number | undefined])[] = [
  ['last_run_timestamp_seconds', 'When the last run ended.', (run) => run.endedAtMs / 1_000],
  [LAST_SUCCESS, 'When a run last ended with exit code 0.', () => undefined],
  ['exit_code', 'Exit code of the last run.', (run) => run.exitCode],
  ['duration_seconds', 'How long the last run took.', (run) => run.durationMs / 1_000],
  ['saved_exports', 'Exports that the last run saved.', (run) => run.saved],
  ['saved_bytes', 'Bytes of the files that the last run saved.', (run) => run.bytes],
  ['deleted_exports', 'Files of expired exports that the last run deleted.', (run) => run.deleted],
  ['failed_exports', 'Failures of the last run.', (run) => run.failed],
  ['left_exports', 'Exports that the last run did not try any more.', (run) => run.left],
  ['waiting_exports', 'Exports that the last run found not ready.', (run) => run.waiting],
  ['requests', 'Requests of the last run.', (run) => run.requests],
  ['quota_wait_seconds', 'Time that requests of the last run waited for the quota.', (run) => run.quotaWaitMs / 1_000],
]

/** The text format of Prometheus. @param lastSuccess seconds since the epoch; without it, that gauge is left out */
export function metricsText(run: RunMetrics, lastSuccess: number | undefined): string {
  const label = run.destination.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return GAUGES.map(([name, help, valueOf]) => {
    const value = name === LAST_SUCCESS ? lastSuccess : valueOf(run)
    if (value === undefined) return ''
    const full = `hood_exports_sync_${name}`
    return `# HELP ${full} ${help}\n# TYPE ${full} gauge\n${full}{destination="${label}"} ${value}\n`
  }).join('')
}

/**
 * Writes the metrics of a run into a file for the textfile collector of the node exporter, whole or not at all. The last
 * success is kept from the file that was there.
 */
export async function writeMetrics(file: string, run: RunMetrics): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => '')
  const [, kept] = new RegExp(`^hood_exports_sync_${LAST_SUCCESS}\\{.*\\} (\\d+(?:\\.\\d+)?)$`, 'm').exec(before) ?? []
  const lastSuccess = run.exitCode === 0 ? run.endedAtMs / 1_000 : kept === undefined ? undefined : Number(kept)
  // The collector is another user.
  await replaceFile(file, metricsText(run, lastSuccess), 0o644)
}
