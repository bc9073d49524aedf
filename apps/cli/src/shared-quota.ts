import { createSharedRateLimiter } from '@hood-exports/client/rate-limit'
import type { SharedRateLimiter } from '@hood-exports/client/rate-limit'
import { createRedisStore } from '@hood-exports/client/redis'
import { Redis } from 'ioredis'
import type { CommandContext } from './command-context.ts'
import { redisAddress } from './redis-address.ts'

export interface SharedQuotaOptions {
  /** `redis://` or `rediss://`, with user and password where needed. */
  readonly url: string
  /** Machines of the account, at most. */
  readonly machines: number
  /** Names the account in Redis. */
  readonly account: string
}

export interface SharedQuota {
  readonly limiter: SharedRateLimiter
  /** Reports to the other machines what has ended, and closes the connection. */
  close(): Promise<void>
}

const RETRY_MS = 1_000

/** A limiter whose quota all machines of the account share. Without Redis it goes on in this machine's part, and says so. */
export async function shareQuota(
  context: CommandContext,
  { url, machines, account }: SharedQuotaOptions,
): Promise<SharedQuota> {
  const address = redisAddress(url)
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: RETRY_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => RETRY_MS,
  })
  let isAway = false
  const say = (text: string): void => void context.warn(text).catch(() => undefined)
  redis.on('error', ({ message }: Error) => {
    if (isAway) return
    isAway = true
    const why = message === '' ? 'it does not answer' : message
    say(`Redis at ${address} cannot be reached (${why}): going on with 1/${machines} of the quota until it can`)
  })
  redis.on('ready', () => {
    if (isAway) say(`Redis at ${address} can be reached again: sharing the whole quota`)
    isAway = false
  })
  // What fails here has been reported, and is tried again.
  await redis.connect().catch(() => undefined)
  const clock = context.terminal.clock
  const limiter = createSharedRateLimiter({
    store: createRedisStore({ client: redis, account }),
    processes: machines,
    clock,
  })
  return {
    limiter,
    async close() {
      await limiter.flush()
      redis.disconnect()
    },
  }
}
