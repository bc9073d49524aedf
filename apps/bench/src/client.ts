import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { createClient } from '@hey-api/client-fetch'
import { createExportsClient } from '@hood-exports/client'
import { connect, list } from '@hood-exports/client/calls'
import { createRateLimiter } from '@hood-exports/client/rate-limit'
import type { RateLimiter } from '@hood-exports/client/rate-limit'
import { Octokit } from '@octokit/core'
import { build } from 'esbuild'
import ky from 'ky'
import createOpenapiFetch from 'openapi-fetch'
import OpenAI from 'openai'
import { machine, publish } from './report.ts'
import { median, quantile } from './statistics.ts'
import { markdownTable } from './table.ts'

const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '300' },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help) {
  console.log('pnpm bench:client [--rounds 300] [--write]\n\n  A call of each client beside bare fetch, and its size.')
  process.exit()
}

/** In a row, between two rounds of bare fetch: few, so that both meet the same mood of the machine. */
const CALLS = 20
const WARM_UP = 1_000
const PATH = '/v1/hood/exports'
const TOKEN = 'bench'
const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` }

interface Contender {
  readonly name: string
  /** One list call, its JSON read. */
  start(origin: string): () => Promise<unknown>
  /** A program of one call, for its size. */
  readonly program?: string
}

/** Counts and learns as always, remembers as many requests as the API's windows ask for, and never has to wait. */
function idleLimiter(): RateLimiter {
  return createRateLimiter({ windows: [{ name: 'idle', limit: 1e9, windowMs: 20 }] })
}

/** Lets everything pass: what is left is the client's own part of a call. */
const NO_LIMITER: RateLimiter = {
  acquire: () => ({ waitedMs: 0, order: 0, answered() {}, release() {} }),
  estimate: () => 0,
  snapshot: () => ({ windows: [], queued: 0, inFlight: 0, maxInFlight: Infinity }),
}

const CONTENDERS: readonly Contender[] = [
  {
    name: 'fetch',
    start: (origin) => async () => (await fetch(`${origin}${PATH}`, { headers: AUTHORIZATION })).json(),
  },
  {
    name: 'fetch, with an AbortController and a timer',
    start: (origin) => async () => {
      const controller = new AbortController()
      const timer = setTimeout(() => controller.abort(), 30_000)
      const response = await fetch(`${origin}${PATH}`, { headers: AUTHORIZATION, signal: controller.signal })
      const answer: unknown = await response.json()
      clearTimeout(timer)
      return answer
    },
  },
  {
    name: 'ours',
    start: (origin) => {
      const client = createExportsClient({ token: TOKEN, baseUrl: origin, limiter: idleLimiter() })
      return () => client.list()
    },
    program: `import { createExportsClient, isExportsError } from '@hood-exports/client'
      const client = createExportsClient({ token: 'any' })
      console.log(await client.list().catch((error) => isExportsError(error) ? error.kind : 'bug'))`,
  },
  {
    name: 'ours, as a function',
    start: (origin) => {
      const api = connect({ token: TOKEN, baseUrl: origin, limiter: idleLimiter() })
      return () => list(api)
    },
    program: `import { connect, createRateLimiter, isExportsError, list } from '@hood-exports/client/calls'
      const api = connect({ token: 'any', limiter: createRateLimiter() })
      console.log(await list(api).catch((error) => isExportsError(error) ? error.kind : 'bug'))`,
  },
  {
    name: 'ours, as a function, without a limiter',
    start: (origin) => {
      const api = connect({ token: TOKEN, baseUrl: origin, limiter: NO_LIMITER })
      return () => list(api)
    },
  },
  {
    name: 'openapi-fetch',
    start: (origin) => {
      const client = createOpenapiFetch<Record<string, never>>({ baseUrl: origin, headers: AUTHORIZATION })
      return () => client.GET(PATH as never)
    },
    program: `import createClient from 'openapi-fetch'
      console.log(await createClient({ baseUrl: 'https://api.ocamba.com' }).GET('${PATH}'))`,
  },
  {
    name: 'ky',
    start: (origin) => {
      const client = ky.create({ headers: AUTHORIZATION })
      return () => client.get(`${origin}${PATH}`).json()
    },
    program: `import ky from 'ky'
      console.log(await ky.get('https://api.ocamba.com${PATH}').json())`,
  },
  {
    name: 'hey-api',
    start: (origin) => {
      const client = createClient({ baseUrl: origin, headers: AUTHORIZATION })
      return () => client.get({ url: PATH })
    },
    program: `import { createClient } from '@hey-api/client-fetch'
      console.log(await createClient({ baseUrl: 'https://api.ocamba.com' }).get({ url: '${PATH}' }))`,
  },
  {
    name: 'octokit core',
    start: (origin) => {
      const client = new Octokit({ baseUrl: origin, auth: TOKEN })
      return () => client.request(`GET ${PATH}`)
    },
    program: `import { Octokit } from '@octokit/core'
      console.log(await new Octokit({ baseUrl: 'https://api.ocamba.com' }).request('GET ${PATH}'))`,
  },
  {
    name: 'openai',
    start: (origin) => {
      const client = new OpenAI({ baseURL: origin, apiKey: TOKEN })
      return () => client.get(PATH)
    },
    program: `import OpenAI from 'openai'
      console.log(await new OpenAI({ baseURL: 'https://api.ocamba.com', apiKey: 'any' }).get('${PATH}'))`,
  },
]

async function msOf(call: () => Promise<unknown>, calls = CALLS): Promise<number> {
  const startedAt = performance.now()
  for (let count = 0; count < calls; count += 1) await call()
  return performance.now() - startedAt
}

async function gzippedKb(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length / 1_000
}

const rounds = Number(flags.rounds)
if (!Number.isSafeInteger(rounds) || rounds < 1) {
  console.error(`--rounds takes a whole number from 1, not ${flags.rounds}`)
  process.exit(2)
}
const server = new Worker(new URL('server-thread.ts', import.meta.url))
try {
  const [port] = (await once(server, 'message')) as [number]
  const calls = CONTENDERS.map(({ name, start }) => ({ name, call: start(`http://127.0.0.1:${port}`) }))
  for (const { call } of calls) await msOf(call, WARM_UP)
  const ratios = new Map(calls.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round += 1) {
    // Each beside a measurement of bare fetch of its own: the machine's mood is the same for both.
    for (const { name, call } of calls) {
      const [bare] = calls
      const before = await msOf(bare?.call ?? call)
      const own = await msOf(call)
      const after = await msOf(bare?.call ?? call)
      ratios.get(name)?.push((2 * own) / (before + after))
    }
  }
  const rows: string[][] = []
  for (const { name, program } of CONTENDERS) {
    const values = ratios.get(name) ?? []
    const size = program === undefined ? '–' : (await gzippedKb(program)).toFixed(1)
    rows.push([
      name,
      median(values).toFixed(2),
      `${quantile(values, 0.25).toFixed(2)} … ${quantile(values, 0.75).toFixed(2)}`,
      size,
    ])
  }
  const table = markdownTable(
    ['', 'time of a call, bare fetch = 1', 'middle half of the rounds', 'one-call program, KB gzip'],
    rows,
  )
  const how = `${rounds} rounds of ${CALLS} calls, each between two of bare fetch, against node:http on loopback; on ${machine()}.`
  publish('client', `${table}\n\n${how}`, flags.write ? 'write' : 'print')
} finally {
  await server.terminate()
}
