import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, workspacePackages } from './workspace.ts'

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

const packages = workspacePackages().filter(({ manifest }) => manifest.scripts?.['test'])

// A report of an earlier run must not be counted; turbo brings back those of runs that it replays.
for (const { folder } of packages) rmSync(join(root, folder, '.reports'), { recursive: true, force: true })

// vitest has a worker for each core, so more packages at once would only be in each other's way.
const args = ['run', 'test', '--output-logs=errors-only', '--continue', '--concurrency=2', ...process.argv.slice(2)]
const run = spawnSync('turbo', args, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    DO_NOT_TRACK: '1',
    PACT_DO_NOT_TRACK: 'true',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    REDOCLY_TELEMETRY: 'off',
    SCARF_ANALYTICS: 'false',
    TURBO_TELEMETRY_DISABLED: '1',
  },
})

let [passed, failed, skipped] = [0, 0, 0]
const isFiltered = process.argv.length > 2
console.log()
for (const { folder, manifest } of packages) {
  const report = readReport(join(root, folder, '.reports/vitest.json'))
  if (!report) {
    if (isFiltered) continue
    console.log(`${manifest.name.padEnd(24)} left no report`)
    failed += 1
    continue
  }
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const idle = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
  // A file that could not even be loaded has no test to fail.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  passed += report.numPassedTests
  failed += report.numFailedTests + broken.length
  skipped += idle.length
  console.log(
    `${manifest.name.padEnd(24)} ${report.numPassedTests} passed, ${report.numFailedTests + broken.length} failed`,
  )
  for (const { fullName } of idle) console.log(`  skipped: ${fullName}`)
  for (const { name, message } of broken) console.log(`  not loaded: ${name}: ${message}`)
}
if (run.status !== 0 && failed === 0) {
  console.log(`turbo ended with ${run.status ?? run.signal}`)
  failed = 1
}
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return undefined
  }
}
