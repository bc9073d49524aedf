import type { Exchanged, Store } from '../rate-limit/shared/store.ts'
import { EXCHANGE_SCRIPT } from './exchange-script.ts'

/** A client of `ioredis` 5, single or `Cluster`: what of it is used. */
export interface IoRedisLike {
  eval(script: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>
  readonly status: string
}

/** A client of `redis` 4 or 5 (node-redis), single or cluster: what of it is used. */
export interface NodeRedisLike {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>
  readonly isOpen: boolean
}

export interface RedisStoreOptions {
  /** A connected client of `ioredis` or `redis`. It stays yours: nothing here connects, closes or configures it. */
  readonly client: IoRedisLike | NodeRedisLike
  /** Names the account; all processes that use it give the same. Never the token. */
  readonly account: string
  /** Begins the keys. Default `hood-exports`. */
  readonly prefix?: string | undefined
}

/**
 * The log of an account in Redis 6.2 or newer, written and read by one atomic script, on the server's clock. Both keys
 * of an account are in one slot of a cluster.
 *
 * Redis away: the calls of a {@link createSharedRateLimiter} go on, each process within its part of the quota.
 */
export function createRedisStore({ client, account, prefix = 'hood-exports' }: RedisStoreOptions): Store {
  if (typeof account !== 'string' || account === '') {
    throw new TypeError('account is empty, or no text: give a name that all processes of the account share')
  }
  // Braces would end the part that decides the slot.
  const slot = `${prefix}:{${encodeURIComponent(account)}}`
  const keys = [`${slot}:log`, `${slot}:begun`]
  const run = (args: string[]): Promise<unknown> =>
    'isOpen' in client
      ? client.eval(EXCHANGE_SCRIPT, { keys, arguments: args })
      : client.eval(EXCHANGE_SCRIPT, keys.length, ...keys, ...args)

  return {
    async exchange({ cursor, reports, claim, keptMs }) {
      const [begun = '', place = ''] = cursor.split(' ')
      return parse(
        await run([
          String(keptMs),
          globalThis.crypto.randomUUID(),
          begun,
          place,
          claim ? String(claim.notBeforeMs) : '',
          String(reports.length),
          ...reports,
          ...(claim?.entries ?? []),
        ]),
      )
    },
  }
}

function parse(reply: unknown): Exchanged {
  const [nowMs, begun, isAnew, isClaimed, place, entries] = reply as [string, string, number, number, string, Entry[]]
  return {
    nowMs: Number(nowMs),
    begunAtMs: Number(begun.split('/')[0]),
    cursor: `${begun} ${place}`,
    isAnew: isAnew === 1,
    isClaimed: isClaimed === 1,
    entries: entries.map(([, [, atMs, , text]]) => ({ atMs: Number(atMs), text })),
  }
}

/** Of a stream: its id, and its fields and values in turn. */
type Entry = readonly [id: string, fields: readonly ['at', string, 'event', string]]
