import type { ExchangeReply, Store } from '../rate-limit/shared/store.ts'
import { EXCHANGE_SCRIPT } from './exchange-script.ts'

/** A client of `ioredis` from 5 on, single or `Cluster`: what of it is used. */
export interface IoRedisLike {
  eval(script: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>
  readonly status: string
}

/** A client of `redis` from 4 on (node-redis), single or cluster: what of it is used. */
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
 * The places of an account in Redis 5 or newer, in one atomic script and on the server's clock. Both keys of an account
 * are in one slot of a cluster, and expire when it is not used.
 * @throws TypeError for an account without a name
 */
export function createRedisStore({ client, account, prefix = 'hood-exports' }: RedisStoreOptions): Store {
  if (typeof account !== 'string' || account === '') {
    throw new TypeError('account is empty, or no text: give a name that all processes of the account share')
  }
  // Braces would end the part that decides the slot.
  const slot = `${prefix}:{${encodeURIComponent(account)}}`
  const keys = [`${slot}:log`, `${slot}:begun`]
  return {
    async exchange(request) {
      const ask = JSON.stringify(request)
      const reply = await ('isOpen' in client
        ? client.eval(EXCHANGE_SCRIPT, { keys, arguments: [ask] })
        : client.eval(EXCHANGE_SCRIPT, keys.length, ...keys, ask))
      // Text, or a Buffer, as the client was told: JSON either way.
      return JSON.parse(String(reply)) as ExchangeReply
    },
  }
}
