import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Cluster, Redis } from 'ioredis'
import { createClient, createCluster } from 'redis'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { FixedWindowServer } from '../testing/fixed-window-server.ts'
import type { Exchange, Store } from '../rate-limit/index.ts'
import { createRedisStore } from './redis-store.ts'
import type { CallerSettings } from './testing/caller.ts'
import { REDIS_SERVER, startRedis } from './testing/redis-server.ts'
import type { RedisServer } from './testing/redis-server.ts'

const why =
  REDIS_SERVER === undefined ? ' (skipped: no redis-server here; install it or set REDIS_SERVER to its path)' : ''
/** The vendor's windows, thirty times as fast. */
const WINDOWS = [
  { name: 'burst', limit: 10, windowMs: 100 },
  { name: 'steady', limit: 150, windowMs: 2_000 },
]
const NOTHING: Exchange = { cursor: '', reports: [], claim: undefined, keptMs: 60_000 }

async function redis(options?: Parameters<typeof startRedis>[0]): Promise<RedisServer> {
  const server = await startRedis(options)
  onTestFinished(() => server.close())
  return server
}

function ioredis(port: number): Redis {
  const client = new Redis(port, '127.0.0.1')
  onTestFinished(() => client.disconnect())
  return client
}

/** A cluster of one. */
async function formCluster(node: Redis): Promise<void> {
  await node.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  await vi.waitUntil(async () => String(await node.call('CLUSTER', 'INFO')).includes('cluster_state:ok'), 30_000)
}

/** The API, with windows of its own on the real clock. It tells whom it has served, and refused. */
async function startApi(): Promise<{
  readonly url: string
  readonly served: Map<string, number>
  refused: number
  until: (count: number) => Promise<void>
}> {
  const quota = new FixedWindowServer({ windows: WINDOWS, described: 'none' })
  const waiting: { count: number; resolve: () => void }[] = []
  let total = 0
  const api = {
    url: '',
    served: new Map<string, number>(),
    refused: 0,
    until: (count: number) => new Promise<void>((resolve) => void waiting.push({ count, resolve })),
  }
  const server = createServer((request, response) => {
    const admission = quota.admit(performance.now())
    if (admission.kind === 'refused') {
      api.refused += 1
      response.writeHead(429, { 'retry-after': '1' }).end()
      return
    }
    const caller = String(request.headers['x-caller'])
    api.served.set(caller, (api.served.get(caller) ?? 0) + 1)
    total += 1
    for (const { resolve } of waiting.filter(({ count }) => count <= total)) resolve()
    response.end('{}')
    admission.leave()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return api
}

function startCaller(settings: CallerSettings): ChildProcess {
  const caller = spawn(process.execPath, [join(import.meta.dirname, 'testing/caller.ts')], {
    env: { ...process.env, CALLER: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void caller.kill('SIGKILL'))
  return caller
}

async function done(caller: ChildProcess): Promise<number> {
  const [code] = (await once(caller, 'exit')) as [number]
  return code
}

describe(`the log in a real Redis${why}`, () => {
  const skip = REDIS_SERVER === undefined

  const clients: readonly [string, 'single' | 'cluster', (port: number) => Promise<Store>][] = [
    ['ioredis', 'single', (port) => Promise.resolve(createRedisStore({ client: ioredis(port), account: 'a' }))],
    [
      'redis',
      'single',
      async (port) => {
        const client = createClient({ url: `redis://127.0.0.1:${port}` })
        await client.connect()
        onTestFinished(() => client.destroy())
        return createRedisStore({ client, account: 'a' })
      },
    ],
    [
      'ioredis',
      'cluster',
      (port) => {
        const client = new Cluster([{ host: '127.0.0.1', port }])
        onTestFinished(() => client.disconnect())
        return Promise.resolve(createRedisStore({ client, account: 'a' }))
      },
    ],
    [
      'redis',
      'cluster',
      async (port) => {
        const client = createCluster({ rootNodes: [{ url: `redis://127.0.0.1:${port}` }] })
        await client.connect()
        onTestFinished(() => client.destroy())
        return createRedisStore({ client, account: 'a' })
      },
    ],
  ]

  test.skipIf(skip).each(clients)(
    '%s, %s: what one appends, another reads, in order, once',
    async (_name, mode, open) => {
      const { port } = await redis({ mode })
      if (mode === 'cluster') await formCluster(ioredis(port))
      const [one, other] = [await open(port), await open(port)]
      const first = await one.exchange({ ...NOTHING, reports: ['a', 'b'] })
      expect(first).toMatchObject({ isAnew: false, isClaimed: false, entries: [{ text: 'a' }, { text: 'b' }] })
      expect(await other.exchange(NOTHING)).toMatchObject({ entries: [{ text: 'a' }, { text: 'b' }] })
      expect(await one.exchange({ ...NOTHING, cursor: first.cursor })).toMatchObject({
        cursor: first.cursor,
        entries: [],
      })
    },
  )

  test.skipIf(skip)('a claim is granted to whoever has read everything, once its moment has come', async () => {
    const { port } = await redis()
    const store = createRedisStore({ client: ioredis(port), account: 'a' })
    const { cursor, nowMs } = await store.exchange({ ...NOTHING, reports: ['a'] })
    const claim = { entries: ['mine'], notBeforeMs: nowMs }
    const early = { ...claim, notBeforeMs: nowMs + 3_600_000 }
    expect(await store.exchange({ ...NOTHING, cursor, claim: early })).toMatchObject({ isClaimed: false, entries: [] })
    const [granted, refused] = await Promise.all([
      store.exchange({ ...NOTHING, cursor, claim }),
      store.exchange({ ...NOTHING, cursor, claim }),
    ])
    expect([granted.isClaimed, refused.isClaimed]).toEqual([true, false])
    expect(refused.entries.map(({ text }) => text)).toEqual(['mine'])
  })

  test.skipIf(skip)('a log that Redis has lost is told from one that goes on', async () => {
    const server = await redis()
    const store = createRedisStore({ client: ioredis(server.port), account: 'a' })
    const { cursor } = await store.exchange({ ...NOTHING, reports: ['a'] })
    await server.restart()
    const after = await store.exchange({ ...NOTHING, cursor, reports: ['b'] })
    expect(after).toMatchObject({ isAnew: true, entries: [{ text: 'b' }] })
    expect(after.begunAtMs).toBeCloseTo(after.nowMs, 0)
  })

  test.skipIf(skip)('accounts are apart, and their keys go when nobody has come for long', async () => {
    const { port } = await redis()
    const client = ioredis(port)
    await createRedisStore({ client, account: 'a}b' }).exchange({ ...NOTHING, reports: ['a'] })
    expect(await createRedisStore({ client, account: 'c' }).exchange(NOTHING)).toMatchObject({ entries: [] })
    const keys = await client.keys('*')
    expect(keys.toSorted()).toEqual([
      'hood-exports:{a%7Db}:begun',
      'hood-exports:{a%7Db}:log',
      'hood-exports:{c}:begun',
    ])
    for (const key of keys) expect(await client.pttl(key)).toBeGreaterThan(0)
  })

  test('an account without a name is refused', () => {
    expect(() => createRedisStore({ client: { isOpen: true, eval: () => Promise.resolve() }, account: '' })).toThrow(
      /account is empty, or no text: give a name/,
    )
  })

  test.skipIf(skip)('eight processes keep the quota, get the same share, and each call its answer', async () => {
    const [{ port }, api] = [await redis(), await startApi()]
    const settings = { redisPort: port, apiUrl: api.url, account: 'a', windows: WINDOWS, processes: 8 }
    const callers = Array.from({ length: 8 }, () => startCaller({ ...settings, calls: 60, does: 'calls' }))
    expect(await Promise.all(callers.map(done))).toEqual(Array.from({ length: 8 }, () => 0))
    expect(api.refused).toBe(0)
    expect([...api.served.values()]).toEqual(Array.from({ length: 8 }, () => 60))
  })

  test.skipIf(skip)(
    'eight processes go on without Redis, keep the quota, and share it again when it is back',
    async () => {
      const [server, api] = [await redis(), await startApi()]
      const settings = { redisPort: server.port, apiUrl: api.url, account: 'a', windows: WINDOWS, processes: 8 }
      const callers = Array.from({ length: 8 }, () => startCaller({ ...settings, calls: 60, does: 'calls' }))
      const all = Promise.all(callers.map(done))
      await api.until(100)
      await server.kill()
      await api.until(250)
      await server.restart()
      expect(await all).toEqual(Array.from({ length: 8 }, () => 0))
      expect(api.refused).toBe(0)
      expect([...api.served.values()]).toEqual(Array.from({ length: 8 }, () => 60))
    },
  )

  test.skipIf(skip)('the places of a process that is killed are given to others', async () => {
    const [{ port }, api] = [await redis(), await startApi()]
    const settings = { redisPort: port, apiUrl: api.url, account: 'a', windows: WINDOWS, processes: 2, maxInFlight: 2 }
    const holder = startCaller({ ...settings, calls: 2, does: 'holds' })
    await once(holder.stdout as NonNullable<typeof holder.stdout>, 'data')
    holder.kill('SIGKILL')
    const caller = startCaller({ ...settings, calls: 5, does: 'calls' })
    expect(await done(caller)).toBe(0)
    expect([...api.served.values()]).toEqual([5])
  })
})
