// pnpm --filter @hood-exports/cli run bench
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { formatTimestamp } from '@hood-exports/client'
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

console.log(
  '\nFor real, without a quota, over a socket (targets: at most 200 MB; a second run: 1 request, at most 2 s)',
)
for (const [count, size] of [
  [2_000, 100_000],
  [20_000, 1_000],
  [1, 2_000_000_000],
] as const) {
  const { first, second, requests } = await realSync(count, size)
  const bytes = `${count.toLocaleString('en')} × ${size.toLocaleString('en')} B`
  console.log(
    `  ${bytes.padStart(20)}   ${shown(first)}; second run ${shown(second)}, ${requests} request${requests === 1 ? '' : 's'}`,
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

interface Run {
  readonly saved: number
  readonly tookMs: number
  readonly maxRssBytes: number
}

function shown({ saved, tookMs, maxRssBytes }: Run): string {
  return `${saved.toLocaleString('en')} files in ${(tookMs / 1_000).toFixed(1)} s, ${(maxRssBytes / 1e6).toFixed(0)} MB of memory`
}

interface RealSync {
  readonly first: Run
  readonly second: Run
  /** What the second run has sent. */
  readonly requests: number
}

async function realSync(count: number, size: number): Promise<RealSync> {
  const { url, sandbox, close } = await startSandbox({ items: 0, limits: 'off' })
  const folder = mkdtempSync(join(tmpdir(), 'hood-exports-bench-'))
  const run = async (): Promise<Run> => {
    const child = join(import.meta.dirname, 'bench-sync-child.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [child, folder, url])
    return JSON.parse(stdout) as Run
  }
  try {
    for (let index = 0; index < count; index += 1) {
      // One an hour, so that the last day, which each run looks at again, fits a page.
      const createTime = formatTimestamp(new Date(Date.UTC(2023, 0, 1, index)))
      const times = { create_time: createTime, update_time: createTime, expire_time: null }
      await sandbox.setState(`export ${1_000_000 + index} exists`, { name: `list ${index}`, size, ...times })
    }
    const first = await run()
    sandbox.forgetRequests()
    return { first, second: await run(), requests: sandbox.requests().length }
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
