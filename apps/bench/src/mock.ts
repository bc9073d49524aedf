import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { machine, publish } from './report.ts'
import { freePort } from './servers/free-port.ts'
import { requestsPerSecond } from './servers/load.ts'
import { endProcess } from './servers/spawned.ts'
import { median } from './statistics.ts'
import { markdownTable } from './table.ts'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help) {
  console.log(`pnpm bench:mock [--rounds 5] [--write]

  The mock beside plain \`prism mock\`: the first answer after the start, and requests a second.`)
  process.exit()
}
const rounds = Number(flags.rounds)
if (!Number.isSafeInteger(rounds) || rounds < 1) {
  console.error(`--rounds takes a whole number from 1, not ${flags.rounds}`)
  process.exit(2)
}

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const CONTENDERS = {
  mock: [pathOf('../../mock/src/bin.ts')],
  prism: [
    pathOf('../../mock/node_modules/@stoplight/prism-cli/dist/index.js'),
    'mock',
    pathOf('../../../openapi/hood-exports.yaml'),
  ],
} as const
type Contender = keyof typeof CONTENDERS

const LIST = '/v1/hood/exports'
const TOKEN = 'any'
/** A list, one with a query, a request that is refused, and one export. */
const PATHS = [LIST, `${LIST}?sort=-create_time&page=2,50`, `${LIST}?page=0`, `${LIST}/1000000`]
const LOAD = { paths: PATHS, token: TOKEN, seconds: 4, warmUpSeconds: 2, statuses: [200, 400] }
/** Shares of plain Prism, so that a slow machine misses no bar. */
const BARS = { firstAnswer: 1, timesPrism: 4 }

interface Started {
  readonly port: number
  readonly firstAnswerMs: number
  end(): Promise<void>
}

/** Starts a program, and asks until it answers. */
async function start(contender: Contender, compileCache: string): Promise<Started> {
  const port = await freePort()
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...CONTENDERS[contender], '--port', String(port)], {
    stdio: 'ignore',
    // What V8 has compiled before; Prism's own command uses nothing of it.
    env: { ...process.env, NODE_COMPILE_CACHE: contender === 'mock' ? compileCache : '' },
  })
  while ((await statusOf(port)) !== 200) {
    if (child.exitCode !== null) throw new Error(`${contender} has ended with ${child.exitCode} before it answered`)
    await sleep(1)
  }
  return { port, firstAnswerMs: performance.now() - startedAt, end: () => endProcess(child) }
}

function statusOf(port: number): Promise<number | undefined> {
  const options = { port, host: '127.0.0.1', path: LIST, headers: { authorization: `Bearer ${TOKEN}` }, agent: false }
  return new Promise((resolve) => {
    get(options, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', () => resolve(undefined))
  })
}

const measured = { firstEver: [] as number[], mock: [] as number[], prism: [] as number[] }
const perSecond = { mock: [] as number[], prism: [] as number[] }
const caches = await mkdtemp(join(tmpdir(), 'mock-bench-'))
const warm = join(caches, 'warm')
try {
  await (await start('mock', warm)).end()
  for (let round = 0; round < rounds; round += 1) {
    const firstEver = await start('mock', join(caches, `round-${round}`))
    measured.firstEver.push(firstEver.firstAnswerMs)
    await firstEver.end()
    for (const contender of ['mock', 'prism'] as const) {
      const started = await start(contender, warm)
      measured[contender].push(started.firstAnswerMs)
      perSecond[contender].push(await requestsPerSecond({ ...LOAD, port: started.port }))
      await started.end()
    }
  }
} finally {
  await rm(caches, { recursive: true })
}

const ratios = perSecond.mock.map((rate, round) => rate / (perSecond.prism[round] ?? Number.NaN))
const starts = measured.mock.map((ms, round) => ms / (measured.prism[round] ?? Number.NaN))
const range = (values: readonly number[], digits = 0): string =>
  `${Math.min(...values).toFixed(digits)} … ${Math.max(...values).toFixed(digits)}`
const figures = (name: string, values: readonly number[]): string[] => [
  name,
  median(values).toFixed(0),
  range(values),
  '',
  '',
]
const table = markdownTable(
  ['', 'median', 'rounds', 'bar', 'met'],
  [
    figures('mock: first answer after the start, ms', measured.mock),
    figures('the same, before V8 has kept anything', measured.firstEver),
    figures('`prism mock`: first answer, ms', measured.prism),
    [
      'first answer: mock / `prism mock`',
      median(starts).toFixed(2),
      range(starts, 2),
      `≤ ${BARS.firstAnswer}`,
      yesOrNo(median(starts) <= BARS.firstAnswer),
    ],
    figures('mock: requests a second', perSecond.mock),
    figures('`prism mock`: requests a second', perSecond.prism),
    [
      'requests: mock / `prism mock`',
      median(ratios).toFixed(1),
      range(ratios, 1),
      `≥ ${BARS.timesPrism}`,
      yesOrNo(median(ratios) >= BARS.timesPrism),
    ],
  ],
)
const how = `${rounds} rounds; in each, both are started in turn and bear the same load of ${LOAD.seconds} s on 10 connections; on ${machine()}.`
publish('mock', `${table}\n\n${how}`, flags.write ? 'write' : 'print')

function yesOrNo(isMet: boolean): string {
  return isMet ? 'yes' : 'no'
}
