import { createSharedRateLimiter } from '@hood-exports/client/rate-limit'
import type { SharedRateLimiter } from '@hood-exports/client/rate-limit'
import { createRedisStore } from '@hood-exports/client/redis'
import { Redis } from 'ioredis'
import type { CommandContext } from './command-context.ts'
import { CommandError } from './command-error.ts'

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
  /** Tells the other machines what has ended, and closes the connection. */
  close(): Promise<void>
}

const RETRY_MS = 1_000

/**
 * A limiter whose quota all machines of the account share. Without Redis it goes on in this machine's part, and says so.
 * @throws CommandError `usage` when the URL is none of Redis
 */
export async function shareQuota(
  context: CommandContext,
  { url, machines, account }: SharedQuotaOptions,
): Promise<SharedQuota> {
  const address = addressOf(url)
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: RETRY_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => RETRY_MS,
  })
  let isAway = false
  const tell = (text: string): void => void context.warn(text).catch(() => undefined)
  redis.on('error', ({ message }: Error) => {
    if (isAway) return
    isAway = true
    const why = message === '' ? 'it does not answer' : message
    tell(`Redis at ${address} cannot be reached (${why}): going on with 1/${machines} of the quota until it can`)
  })
  redis.on('ready', () => {
    if (isAway) tell(`Redis at ${address} can be reached again: sharing the whole quota`)
    isAway = false
  })
  // What fails here has been told, and is tried again.
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

/** The address without user and password, for people. */
function addressOf(url: string): string {
  const fault = faultOf(url)
  if (fault === undefined) return new URL(url).host
  throw new CommandError(
    'usage',
    `The URL of Redis ${fault}: give it like redis://127.0.0.1:6379, with --redis or HOOD_REDIS`,
  )
}

/** Which part is wrong; what may hold a password is not repeated. */
function faultOf(url: string): string | undefined {
  const [, scheme] = /^([a-z][\w+.-]*):\/\//i.exec(url) ?? []
  if (scheme === undefined) return 'has no scheme, redis:// or rediss://'
  if (!/^rediss?$/i.test(scheme)) return `has the scheme ${scheme}:// instead of redis:// or rediss://`
  if (!URL.canParse(url)) return 'has a host or a port that cannot be read'
  return new URL(url).hostname === '' ? 'has no host' : undefined
}
