import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { RATE_LIMIT_WINDOWS } from '@hood-exports/client'
import { createFileStore } from '@hood-exports/client/node'
import { createSharedRateLimiter } from '@hood-exports/client/rate-limit'
import type { SharedRateLimiter, WindowSpec } from '@hood-exports/client/rate-limit'
import type { Terminal } from './terminal/terminal.ts'

export interface MachineQuotaOptions {
  readonly env: Terminal['env']
  /** Where the API is. */
  readonly baseUrl: string
  readonly token: string
  /** The windows of `--tier`; `undefined`: as answers say. */
  readonly windows: readonly WindowSpec[] | undefined
  /** Called with why the file cannot be used. */
  readonly warn: (text: string) => Promise<void>
}

export interface MachineQuota {
  readonly limiter: SharedRateLimiter
  /** Reports to other commands what has ended. */
  close(): Promise<void>
}

/**
 * One quota for all commands of this machine that use the same origin and token, so that cron, a shell and a service
 * meet no 429 of each other. It is a file under `XDG_STATE_HOME` (default `~/.local/state`) that holds no token.
 *
 * @returns `undefined`, for an own count, where there is no home directory, and where the file cannot be used
 */
export async function machineQuota(options: MachineQuotaOptions): Promise<MachineQuota | undefined> {
  const { env, baseUrl, token, windows = RATE_LIMIT_WINDOWS, warn } = options
  const home = env['HOME'] || homedir()
  const state = env['XDG_STATE_HOME'] || join(home, '.local/state')
  // A user without a home, such as that of a service, gets none here.
  if (!env['XDG_STATE_HOME'] && !existsSync(home)) return undefined
  const account = `${new URL(baseUrl).origin} ${createHash('sha256').update(token).digest('hex').slice(0, 16)}`
  const file = join(state, 'hood-exports', 'quota.sqlite')
  const store = createFileStore({ file, account })
  try {
    await store.exchange({ windows, want: [], arrived: [], freed: [], told: [], closeMs: 0, seen: 0 })
  } catch (error) {
    const { message } = error as Error
    await warn(`The quota is not shared with other commands of this machine (${message}); --quota own asks for that`)
    return undefined
  }
  const limiter = createSharedRateLimiter({ store, windows: options.windows })
  return {
    limiter,
    async close() {
      await limiter.flush()
      store.close()
    },
  }
}
