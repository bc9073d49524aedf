// pnpm --filter @hood-exports/cli run bench
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startSandbox } from '@hood-exports/sandbox'
import { measureSchedule } from './schedule.ts'

const ROOT = join(import.meta.dirname, '../..')

console.log('A first sync of 2,000 exports within the quota, in virtual time (target: at most 1.05)')
for (const phaseMs of [0, 12_345, 37_250]) {
  const { tookMs, optimalMs, refused, files } = await measureSchedule({
    exports: 2_000,
    phaseMs,
    latencyMs: [40, 250],
    seed: phaseMs,
  })
  console.log(
    `  windows begin at ${String(phaseMs).padStart(6)} ms   ${(tookMs / 1_000).toFixed(1)} s of at least ${(optimalMs / 1_000).toFixed(1)} s: ${(tookMs / optimalMs).toFixed(3)}   ${files} files, ${refused} × 429`,
  )
}

console.log('\nThe same for real, without a quota: 100 kB each, over a socket')
for (const count of [500, 2_000, 8_000]) {
  const { tookMs, maxRssBytes, saved } = await realSync(count)
  console.log(
    `  ${String(count).padStart(5)} exports   ${(tookMs / 1_000).toFixed(1)} s, ${((saved / tookMs) * 1_000).toFixed(0)} a second, ${(maxRssBytes / 1e6).toFixed(0)} MB of memory at most`,
  )
}

console.log('\nStart-up: the best of 41, in turns with Node alone (target: at most 2.0)')
const programs = [
  ['source', 'src/bin.ts'],
  ['bundle', 'dist/bin.js'],
] as const
for (const [label, file] of programs) {
  if (!existsSync(join(ROOT, file))) {
    console.log(`  ${label}: not there; build it with "pnpm --filter @hood-exports/cli build"`)
    continue
  }
  for (const argv of [['--help'], ['sync', '--help'], ['--version']]) {
    let [bare, ms] = [Infinity, Infinity]
    for (let round = 0; round < 41; round += 1) {
      bare = Math.min(bare, startUpMs(['-e', '0']))
      ms = Math.min(ms, startUpMs([join(ROOT, file), ...argv]))
    }
    console.log(
      `  ${label} ${argv.join(' ').padEnd(12)} ${ms.toFixed(0)} ms beside ${bare.toFixed(0)} ms: ${(ms / bare).toFixed(2)}`,
    )
  }
}

interface RealSync {
  readonly saved: number
  readonly tookMs: number
  readonly maxRssBytes: number
}

async function realSync(count: number): Promise<RealSync> {
  const { url, sandbox, close } = await startSandbox({ items: 0, limits: 'off' })
  const folder = mkdtempSync(join(tmpdir(), 'hood-exports-bench-'))
  try {
    for (let index = 0; index < count; index += 1) {
      await sandbox.setState(`export ${1_000_000 + index} exists`, {
        name: `list ${index}`,
        size: 100_000,
        expire_time: null,
      })
    }
    const child = join(import.meta.dirname, 'bench-sync-child.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [child, folder, url])
    return JSON.parse(stdout) as RealSync
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await close()
  }
}

/** Milliseconds from starting Node to its end. */
function startUpMs(argv: readonly string[]): number {
  const startedAt = performance.now()
  spawnSync(process.execPath, argv, { stdio: 'ignore' })
  return performance.now() - startedAt
}
