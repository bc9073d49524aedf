import { Cluster, Redis } from 'ioredis'
import { Cluster as Cluster6, Redis as Redis6 } from 'ioredis-6'
import * as redis5 from 'redis'
import * as redis4 from 'redis-4'
import * as redis6 from 'redis-6'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { AccountState, ExchangeRequest } from '../rate-limit/index.ts'
import { ended, startApi, startEight } from '../rate-limit/shared/testing/processes.ts'
import { storeClockChecks } from '../testing/store-clock-suite.ts'
import { storeChecks } from '../testing/store-suite.ts'
import { createRedisStore } from './redis-store.ts'
import type { IoRedisLike, NodeRedisLike } from './redis-store.ts'
import { REDIS_SERVER, startRedis } from './testing/redis-server.ts'
import type { RedisServer } from './testing/redis-server.ts'

const why =
  REDIS_SERVER === undefined ? ' (skipped: no redis-server here; install it or set REDIS_SERVER to its path)' : ''
const skip = REDIS_SERVER === undefined
const MINUTE = { name: 'minute', limit: 10, windowMs: 60_000 }
const NOTHING: ExchangeRequest = { windows: [MINUTE], want: [], arrived: [], freed: [], told: [], closeMs: 0, seen: 0 }

async function redis(options?: Parameters<typeof startRedis>[0]): Promise<RedisServer> {
  const server = await startRedis(options)
  onTestFinished(() => server.close())
  return server
}

function ioredis(port: number): Redis {
  // A server that is restarted is what some tests are about.
  return ending(new Redis(port, '127.0.0.1').on('error', () => undefined))
}

/** A cluster of one. */
async function formCluster(port: number): Promise<void> {
  const node = ioredis(port)
  await node.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  await vi.waitUntil(async () => String(await node.call('CLUSTER', 'INFO')).includes('cluster_state:ok'), 30_000)
}

interface Connected extends NodeRedisLike {
  connect(): Promise<unknown>
  disconnect(): unknown
}

/** Connects a client of `redis`, and ends it with the test. */
async function connected(client: unknown): Promise<NodeRedisLike> {
  await (client as Connected).connect()
  onTestFinished(async () => void (await (client as Connected).disconnect()))
  return client as NodeRedisLike
}

function ending<Client extends { disconnect(): void }>(client: Client): Client {
  onTestFinished(() => client.disconnect())
  return client
}

type Open = (port: number) => IoRedisLike | Promise<NodeRedisLike>
const url = (port: number): string => `redis://127.0.0.1:${port}`
const SINGLE: readonly [string, Open][] = [
  ['ioredis 5', ioredis],
  ['ioredis 5 with integers as text', (port) => ending(new Redis({ port, stringNumbers: true }))],
  ['ioredis 5 with a prefix of its own', (port) => ending(new Redis({ port, keyPrefix: 'app:' }))],
  ['ioredis 6', (port) => ending(new Redis6(port, '127.0.0.1'))],
  ['redis 4', (port) => connected(redis4.createClient({ url: url(port) }))],
  ['redis 5', (port) => connected(redis5.createClient({ url: url(port) }))],
  ['redis 5 with RESP 3', (port) => connected(redis5.createClient({ url: url(port), RESP: 3 }))],
  [
    'redis 5 with integers as text, and texts as Buffers',
    (port) => {
      const typeMapping = { [redis5.RESP_TYPES.NUMBER]: String, [redis5.RESP_TYPES.BLOB_STRING]: Buffer }
      return connected(redis5.createClient({ url: url(port), commandOptions: { typeMapping } }))
    },
  ],
  ['redis 6', (port) => connected(redis6.createClient({ url: url(port) }))],
]
const CLUSTER: readonly [string, Open][] = [
  ['ioredis 5', (port) => ending(new Cluster([{ host: '127.0.0.1', port }]))],
  ['ioredis 6', (port) => ending(new Cluster6([{ host: '127.0.0.1', port }]))],
  ['redis 4', (port) => connected(redis4.createCluster({ rootNodes: [{ url: url(port) }] }))],
  ['redis 5', (port) => connected(redis5.createCluster({ rootNodes: [{ url: url(port) }] }))],
  ['redis 6', (port) => connected(redis6.createCluster({ rootNodes: [{ url: url(port) }] }))],
]

/** As if the server's clock had moved by `ms`: what it has noted moves the other way. */
async function moveClock(client: Redis, ms: number): Promise<void> {
  for (const log of await client.keys('*:log')) {
    const places = await client.zrangebyscore(log, '(0', '+inf', 'WITHSCORES')
    for (let index = 0; index < places.length; index += 2) {
      await client.zadd(log, Number(places[index + 1]) - ms, places[index] as string)
    }
  }
  for (const begun of await client.keys('*:begun')) {
    const facts = JSON.parse((await client.get(begun)) as string, (key, value: unknown) =>
      typeof value === 'number' && !['exchanges', 'count', 'limit', 'toldLimit'].includes(key) ? value - ms : value,
    ) as AccountState
    await client.set(begun, JSON.stringify(facts))
  }
}

describe(`a store in a real Redis${why}`, () => {
  test.skipIf(skip).each(SINGLE)('keeps every promise through %s', async (_name, open) => {
    const { port } = await redis()
    const client = await open(port)
    for (const { run } of storeChecks) await run({ open: (account) => createRedisStore({ client, account }) })
  })

  test.skipIf(skip).each(CLUSTER)('keeps every promise in a cluster, through %s', async (_name, open) => {
    const { port } = await redis({ mode: 'cluster' })
    await formCluster(port)
    const client = await open(port)
    for (const { run } of storeChecks) await run({ open: (account) => createRedisStore({ client, account }) })
  })

  test.skipIf(skip).each(storeClockChecks)('$name', async ({ run }) => {
    const { port } = await redis()
    const client = ioredis(port)
    await run({
      open: (account) => createRedisStore({ client, account }),
      moveClock: (ms) => moveClock(client, ms),
    })
  })

  test.skipIf(skip).each<[string, Partial<ExchangeRequest>, string]>([
    ['places', { want: ['a', 'b'] }, ':begun'],
    ['facts', {}, ':log'],
  ])(
    'of whose two keys Redis has evicted one counts no place as free: the %s are left',
    async (_what, before, gone) => {
      const { port } = await redis()
      const client = ioredis(port)
      const store = createRedisStore({ client, account: 'a' })
      await store.exchange({ ...NOTHING, arrived: tenPlaces(), ...before })
      await client.unlink((await client.keys('*')).filter((key) => key.endsWith(gone)))
      const after = await store.exchange({ ...NOTHING, want: ['x'] })
      expect(after.granted).toBe(0)
      expect(after.waitMs).toBeGreaterThan(50_000)
    },
  )

  test.skipIf(skip)(
    'that has lost everything begins anew, and those who knew it are told by another epoch',
    async () => {
      const server = await redis()
      const store = createRedisStore({ client: ioredis(server.port), account: 'a' })
      const before = await store.exchange({ ...NOTHING, arrived: tenPlaces() })
      await server.restart()
      const after = await store.exchange({ ...NOTHING, want: ['x', 'y'], seen: before.exchanges })
      expect(after).toMatchObject({ granted: 1, exchanges: 2 })
      expect(after.epoch).toBeGreaterThan(before.epoch)
    },
  )

  test.skipIf(skip)('keeps accounts apart, in keys that expire', async () => {
    const { port } = await redis()
    const client = ioredis(port)
    await createRedisStore({ client, account: 'a}b' }).exchange({ ...NOTHING, closeMs: 3_600_000 })
    await createRedisStore({ client, account: 'c', prefix: 'mine' }).exchange(NOTHING)
    const keys = await client.keys('*')
    expect(keys.toSorted()).toEqual([
      'hood-exports:{a%7Db}:begun',
      'hood-exports:{a%7Db}:log',
      'mine:{c}:begun',
      'mine:{c}:log',
    ])
    for (const key of keys) {
      const leastMs = key.startsWith('mine') ? 120_000 : 3_600_000
      expect(await client.pttl(key)).toBeGreaterThan(leastMs)
    }
  })

  test('an account without a name is refused', () => {
    expect(() => createRedisStore({ client: { isOpen: true, eval: () => Promise.resolve() }, account: '' })).toThrow(
      /account is empty, or no text: give a name/,
    )
  })

  test.skipIf(skip)('eight processes keep the quota, and each call gets its answer', async () => {
    const [{ port }, api] = [await redis(), await startApi()]
    const callers = startEight({ store: { redisPort: port }, apiUrl: api.url, calls: 40 })
    expect(await Promise.all(callers.map(ended))).toEqual(Array.from({ length: 8 }, () => 0))
    expect(api.refused).toBe(0)
    expect([...api.served.values()]).toEqual(Array.from({ length: 8 }, () => 40))
  })

  test.skipIf(skip)('eight processes go on without Redis, and share the quota again when it is back', async () => {
    const [server, api] = [await redis(), await startApi()]
    const callers = startEight({ store: { redisPort: server.port }, apiUrl: api.url, calls: 40 })
    const all = Promise.all(callers.map(ended))
    await api.until(100)
    await server.kill()
    await api.until(200)
    await server.restart()
    expect(await all).toEqual(Array.from({ length: 8 }, () => 0))
    expect(api.refused).toBeLessThanOrEqual(16)
    expect([...api.served.values()]).toEqual(Array.from({ length: 8 }, () => 40))
  })
})

/** All that the minute has, a second ago. */
function tenPlaces(): ExchangeRequest['arrived'] {
  return Array.from({ length: 10 }, (_, index) => ({ id: `p${index}`, msAgo: 1_000 }))
}
