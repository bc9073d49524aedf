import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSandbox } from '@hood-exports/sandbox'
import { startFaultyProxy } from './faulty-proxy.ts'
import type { ProxyCounts } from './faulty-proxy.ts'
import { seededRandom } from './seeded-random.ts'
import type { TortureBucket } from './torture-bucket.ts'
import { createTortureAccount } from './torture-account.ts'
import { faultsOf, loseManifest, meddle } from './torture-folder.ts'

const BIN = `${import.meta.dirname}/../bin.ts`
const PER_SECOND = 10

export interface TortureOptions {
  /** Where to sync to, empty or not there; for a bucket, where its objects are looked at. */
  readonly folder: string
  /** Default: a folder. */
  readonly bucket?: TortureBucket
  readonly seed: number
  /** How often a run is ended by SIGKILL. */
  readonly kills: number
  /** Exports at the beginning. */
  readonly exports: number
  /** The longest that a run lives, in milliseconds; each gets a random part of it. */
  readonly longestLifeMs: number
  readonly log?: (line: string) => void
}

export interface TortureReport extends ProxyCounts {
  readonly runs: number
  readonly killed: number
  /** How often runs ended with which code by themselves, before the end. */
  readonly exitCodes: Readonly<Record<string, number>>
  /** Exports that were ready at the end. */
  readonly ready: number
  /** What is wrong at the end. */
  readonly wrong: readonly string[]
}

/**
 * Runs the real program against a real socket, and makes everything go wrong that can: it is killed at random moments,
 * answers are broken, exports come and go, files are changed behind its back, its memory is lost. Then it is left in
 * peace, and the folder must be right.
 */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const { folder, bucket, seed, kills, longestLifeMs, log = () => undefined } = options
  const random = seededRandom(seed)
  // Two chances, so that what a run asks for does not change when it is killed.
  const [killRandom, worldRandom, faultRandom] = [random.below(2 ** 31), random.below(2 ** 31), random.below(2 ** 31)]
  const [lives, world] = [seededRandom(killRandom), seededRandom(worldRandom)]
  const { url, sandbox, close } = await startSandbox({
    items: 0,
    faults: 'on',
    limits: {
      windows: [
        { limit: PER_SECOND, windowMs: 1_000 },
        { limit: 10_000, windowMs: 60_000 },
      ],
      parallel: 6,
    },
  })
  const proxy = await startFaultyProxy({
    upstream: url,
    random: seededRandom(faultRandom),
    faultRate: 0.1,
    perSecond: PER_SECOND,
  })
  const account = await createTortureAccount(sandbox, world, options.exports)
  const exitCodes: Record<string, number> = {}
  const wrong: string[] = []
  let [runs, killed] = [0, 0]

  async function run(lifeMs: number): Promise<number | 'killed'> {
    runs += 1
    proxy.nextCaller()
    const child = spawn(process.execPath, [BIN, 'sync', bucket?.destination ?? folder], {
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        HOOD_TOKEN: 'sandbox-ana',
        HOOD_BASE_URL: proxy.url,
        ...bucket?.env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const closed = once(child, 'close') as Promise<[number | null, string | null]>
    const timer = setTimeout(() => void child.kill('SIGKILL'), lifeMs)
    const [code, signal] = await closed
    clearTimeout(timer)
    if (/Unexpected error|at file:|Node\.js v/.test(stderr)) wrong.push(`a run said: ${stderr.slice(0, 400)}`)
    return code ?? (signal === 'SIGKILL' ? 'killed' : Number.NaN)
  }

  try {
    while (killed < kills) {
      let isOver = false
      const disturbed = (async () => {
        while (!isOver) {
          await sleep(30 + world.below(300))
          if (world.below(2) === 0) await account.change()
          else await (bucket?.meddle(world) ?? meddle(folder, world))
        }
      })()
      const outcome = await run(lives.below(longestLifeMs))
      isOver = true
      await disturbed
      if (outcome === 'killed') killed += 1
      else exitCodes[outcome] = (exitCodes[outcome] ?? 0) + 1
      if (world.below(40) === 0) await (bucket?.loseManifest() ?? loseManifest(folder))
      if (killed % 20 === 0 && outcome === 'killed') log(`${killed} killed, ${proxy.counts.requests} requests`)
    }
    proxy.heal()
    await account.comeToRest()
    const expected = await account.readyFiles()
    log(`${killed} killed; now in peace, ${expected.size} exports are ready`)
    wrong.push(
      ...(await settle(
        () => run(600_000),
        async () => {
          await bucket?.copyTo(folder)
          return faultsOf(folder, expected)
        },
      )),
    )
    return { runs, killed, exitCodes, ready: expected.size, wrong, ...proxy.counts }
  } finally {
    await proxy.close()
    await close()
  }
}

/** What is not ready is looked at again after a tenth of its age: a few runs until all of it was. */
async function settle(run: () => Promise<number | 'killed'>, check: () => Promise<string[]>): Promise<string[]> {
  for (let count = 1; ; count += 1) {
    const code = await run()
    if (code !== 0) return [`a run in peace ended with ${code}`]
    const wrong = await check()
    if (wrong.length === 0 || count === 5) return wrong
    await sleep(3_000)
  }
}
