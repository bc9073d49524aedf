// The mock beside plain `prism mock`: in pairs, in one run. `node src/testing/benchmark.ts --help` tells the options.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { LIST } from './mock-bench.ts'

const { values } = parseArgs({
  options: {
    /** How often each pair is run. */
    rounds: { type: 'string', default: '5' },
    /** Of load on each, in each round. */
    seconds: { type: 'string', default: '4' },
    /** `dist/bin.js` measures what is published. */
    bin: { type: 'string', default: 'src/bin.ts' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)

const FOLDER = join(import.meta.dirname, '../..')
const CONTENDERS = {
  mock: [values.bin],
  prism: ['node_modules/@stoplight/prism-cli/dist/index.js', 'mock', '../../openapi/hood-exports.yaml'],
} as const
type Contender = keyof typeof CONTENDERS

const HEADERS = { authorization: 'Bearer any' }
const REQUESTS = [LIST, `${LIST}?sort=-create_time&page=2,50`, `${LIST}?page=0`, `${LIST}/1000000`].map((path) => ({
  path,
}))
const CONNECTIONS = 10
/** Of load before the measured one: a just-in-time compiler has to see the code first. */
const WARM_UP_SECONDS = 2

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
    cwd: FOLDER,
    stdio: 'ignore',
    // Prism uses no compile cache; both get the same chance.
    env: { ...process.env, ...(contender === 'mock' && { NODE_COMPILE_CACHE: compileCache }) },
  })
  while ((await statusOf(port)) !== 200) await sleep(1)
  return { port, firstAnswerMs: performance.now() - startedAt, end: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

function statusOf(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    get({ port, host: '127.0.0.1', path: LIST, headers: HEADERS, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', () => resolve(undefined))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

async function requestsPerSecond(port: number): Promise<number> {
  const load = { url: `http://127.0.0.1:${port}`, headers: HEADERS, requests: REQUESTS, connections: CONNECTIONS }
  await autocannon({ ...load, duration: WARM_UP_SECONDS })
  const {
    requests,
    duration,
    errors,
    timeouts,
    statusCodeStats = {},
  } = await autocannon({ ...load, duration: seconds })
  const statuses = Object.keys(statusCodeStats).join()
  if (errors + timeouts > 0 || statuses !== '200,400') {
    throw new Error(`${errors} errors, ${timeouts} timeouts, statuses ${statuses}: this is no measure`)
  }
  return requests.total / duration
}

const startUp = { mockFirstEver: [] as number[], mock: [] as number[], prism: [] as number[] }
const throughput = { mock: [] as number[], prism: [] as number[] }
const warmCache = await mkdtemp(join(tmpdir(), 'mock-bench-'))
await (await start('mock', warmCache)).end()
for (let round = 1; round <= rounds; round += 1) {
  const emptyCache = await mkdtemp(join(tmpdir(), 'mock-bench-'))
  const firstEver = await start('mock', emptyCache)
  startUp.mockFirstEver.push(firstEver.firstAnswerMs)
  await firstEver.end()
  await rm(emptyCache, { recursive: true })
  for (const contender of ['mock', 'prism'] as const) {
    const started = await start(contender, warmCache)
    startUp[contender].push(started.firstAnswerMs)
    throughput[contender].push(await requestsPerSecond(started.port))
    await started.end()
  }
  process.stderr.write(`round ${round} of ${rounds}\n`)
}
await rm(warmCache, { recursive: true })

const median = (samples: readonly number[]): number =>
  samples.toSorted((one, other) => one - other)[Math.floor(samples.length / 2)] ?? Number.NaN
const result = {
  bench: 'mock',
  node: process.version,
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  rounds,
  secondsOfLoad: seconds,
  connections: CONNECTIONS,
  firstAnswerMs: {
    mockFirstEver: summary(startUp.mockFirstEver),
    mock: summary(startUp.mock),
    prism: summary(startUp.prism),
    prismByMock: rounded(median(startUp.prism) / median(startUp.mock), 1),
  },
  requestsPerSecond: {
    mock: summary(throughput.mock),
    prism: summary(throughput.prism),
    mockByPrism: rounded(median(throughput.mock) / median(throughput.prism), 1),
  },
}

function summary(samples: readonly number[]): { median: number; all: number[] } {
  return { median: rounded(median(samples)), all: samples.map((sample) => rounded(sample)) }
}

function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits))
}

const { firstAnswerMs, requestsPerSecond: perSecond } = result
process.stderr.write(`
${'median of'.padEnd(34)}${`${rounds} rounds`.padStart(12)}
mock, first answer, no cache yet  ${String(firstAnswerMs.mockFirstEver.median).padStart(9)} ms
mock, first answer                ${String(firstAnswerMs.mock.median).padStart(9)} ms
plain prism, first answer         ${String(firstAnswerMs.prism.median).padStart(9)} ms   ${firstAnswerMs.prismByMock} × the mock's
mock, requests/s                  ${String(perSecond.mock.median).padStart(9)}
plain prism, requests/s           ${String(perSecond.prism.median).padStart(9)}      the mock has ${perSecond.mockByPrism} ×

`)
process.stdout.write(`${JSON.stringify(result)}\n`)
