import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import { DEMO_TOKENS } from '@hood-exports/sandbox'
import type { BareAnswer } from '../servers/bare.ts'
import { requestsPerSecond } from '../servers/load.ts'
import { spawnBare, spawnSandbox } from '../servers/spawned.ts'
import { median } from '../statistics.ts'
import { markdownTable } from '../table.ts'

export interface ThroughputOptions {
  readonly rounds: number
  /** The time of load on each server in each round. */
  readonly seconds: number
}

const LIST = '/v1/hood/exports'
const WARM_UP_SECONDS = 2

const MANY = 1_000
const inTurn = (path: (index: number) => string): string[] => Array.from({ length: MANY }, (_, index) => path(index))
const SORT_KEYS = SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`])
const sortedListOf3 = (index: number): string =>
  `${LIST}?sort=${SORT_KEYS[index % SORT_KEYS.length]}&page=${1 + Math.floor(index / SORT_KEYS.length)},3`
const KINDS: readonly { readonly name: string; readonly paths: readonly string[] }[] = [
  { name: 'one list, 3 items', paths: [`${LIST}?page=1,3`] },
  { name: 'one list, 50 items', paths: [`${LIST}?page=1,50`] },
  { name: `by each of the ${SORT_KEYS.length} keys, pages 1 to 46`, paths: inTurn(sortedListOf3) },
  { name: `${MANY} single exports in turn`, paths: inTurn((index) => `${LIST}/${1_000_000 + index}`) },
]

/** The sandbox, and a bare node:http server that sends the same bytes, under the same load in turn. */
export async function benchThroughput({ rounds, seconds }: ThroughputOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-bench-'))
  const rows: string[][] = []
  const loadShares: number[] = []
  try {
    for (const { name, paths } of KINDS) {
      const sandbox = await spawnSandbox(['--limits', 'off'])
      const file = join(folder, 'answers.json')
      await writeFile(file, JSON.stringify(await answersOf(sandbox.port, paths)))
      const bare = await spawnBare(file)
      const load = { paths, token: DEMO_TOKENS.main, seconds, statuses: [200] }
      const rates: number[] = []
      const shares: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const warmUpSeconds = round === 0 ? WARM_UP_SECONDS : 0
        const usedBefore = process.cpuUsage()
        const startedAt = performance.now()
        const ofBare = await requestsPerSecond({ ...load, warmUpSeconds, port: bare.port })
        loadShares.push(coresUsed(usedBefore, startedAt))
        const ofSandbox = await requestsPerSecond({ ...load, warmUpSeconds, port: sandbox.port })
        rates.push(ofSandbox)
        shares.push(ofSandbox / ofBare)
      }
      await Promise.all([sandbox.end(), bare.end()])
      rows.push([
        name,
        median(rates).toFixed(0),
        percent(median(shares)),
        `${percent(Math.min(...shares))} … ${percent(Math.max(...shares))}`,
      ])
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  const head = ['asked for', 'requests a second', 'of a bare server', 'rounds']
  return `${markdownTable(head, rows)}\n\n${rounds} rounds of ${seconds} s over sockets, in pairs with a bare node:http server that sends the same bytes and does nothing else. The load is made by one process, which used ${percent(median(loadShares))} of a core beside the bare server: near 100 %, it is the load that holds the bare server back, and the sandbox's share is shown too large.`
}

async function answersOf(port: number, paths: readonly string[]): Promise<Record<string, BareAnswer>> {
  const answers: Record<string, BareAnswer> = {}
  for (const path of paths) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { authorization: `Bearer ${DEMO_TOKENS.main}` },
    })
    // Node's server adds these by itself.
    const {
      date: _date,
      connection: _connection,
      'keep-alive': _keepAlive,
      ...headers
    } = Object.fromEntries(response.headers)
    answers[path] = { headers, body: await response.text() }
  }
  return answers
}

function coresUsed(before: NodeJS.CpuUsage, startedAt: number): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 / (performance.now() - startedAt)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}
