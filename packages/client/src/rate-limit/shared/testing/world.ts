import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { FixedWindowServer } from '../../../testing/fixed-window-server.ts'
import type { FixedWindowServerOptions } from '../../../testing/fixed-window-server.ts'
import { createManualClock } from '../../../testing/manual-clock.ts'
import type { ManualClock } from '../../../testing/manual-clock.ts'
import type { Permit } from '../../rate-limiter.ts'
import { createMemoryStore } from '../memory-store.ts'
import { createSharedRateLimiter } from '../shared-limiter.ts'
import type { SharedRateLimiter, SharedRateLimiterOptions } from '../shared-limiter.ts'
import type { Store } from '../store.ts'

/** The moment at which a world begins. */
export const START = 7_000_000

export interface WorldOptions {
  readonly processes?: number
  readonly server?: Partial<FixedWindowServerOptions>
  /** What the headers of an accepted request say instead. */
  readonly answers?: (headers: Record<string, string>) => Record<string, string>
  /** Milliseconds to the store, and back again. Default 1. */
  readonly storeLatencyMs?: number
  readonly limiter?: Partial<SharedRateLimiterOptions>
  /** Chance in [0, 1). Default 0.5 for ever. */
  readonly random?: () => number
}

/** How the store can be reached. */
export type Reach = 'there' | 'refuses' | 'hangs' | 'hangs after writing'

export interface World {
  readonly clock: ManualClock
  readonly server: FixedWindowServer
  readonly limiters: readonly SharedRateLimiter[]
  /** Every request, in the order of its answer; `at`: when it was sent, in milliseconds since the beginning. */
  readonly sent: readonly { readonly process: number; readonly at: number; readonly status: number }[]
  /** A call of a process, sent again after a 429. */
  call(process: number, priority?: number): Promise<void>
  /** So many calls of every process, at once. */
  burst(calls: number): Promise<unknown>
  /** Ends a process as `kill -9` does: what it has sent arrives, and it learns and tells nothing more. */
  kill(process: number): void
  /** How every process reaches the store from now on. */
  reach(how: Reach): void
  /** The store forgets everything. */
  lose(): void
  readonly refused: number
}

/** An account in virtual time, a store in memory beside it, and processes that use both. */
export function createWorld(options: WorldOptions = {}): World {
  const { processes = 8, storeLatencyMs = 1, limiter, answers = (headers) => headers, random = () => 0.5 } = options
  const clock = createManualClock({ now: START })
  const server = new FixedWindowServer({ windows: RATE_LIMIT_WINDOWS, described: 'longest', ...options.server })
  const sent: { process: number; at: number; status: number }[] = []
  const dead = new Set<number>()
  let inner = createMemoryStore({ clock })
  let reach: Reach = 'there'
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, ms))
  const never = new Promise<never>(() => undefined)

  function storeOf(process: number): Store {
    return {
      async exchange(request) {
        await pause(storeLatencyMs)
        if (reach === 'hangs' || dead.has(process)) return never
        if (reach === 'refuses') throw new Error('ECONNREFUSED')
        const reply = await inner.exchange(request)
        if (reach === 'hangs after writing') return never
        await pause(storeLatencyMs)
        return reply
      },
    }
  }

  const limiters = Array.from({ length: processes }, (_, process) =>
    createSharedRateLimiter({
      store: storeOf(process),
      clock,
      random,
      processes,
      newId: () => `process-${process}`,
      ...limiter,
    }),
  )

  async function call(process: number, priority = 0): Promise<void> {
    for (let permit: Permit | undefined; ;) {
      permit = await (limiters[process] as SharedRateLimiter).acquire({ after: permit, priority })
      if (dead.has(process)) return never
      const at = clock.now() - START
      await pause(5 + 45 * random())
      const admission = server.admit(clock.now())
      await pause(5 + 45 * random())
      const answer =
        admission.kind === 'refused' ? admission.answer() : new Response(null, { headers: answers(admission.headers) })
      if (admission.kind === 'admitted') admission.leave()
      sent.push({ process, at, status: answer.status })
      if (dead.has(process)) return never
      permit.answered(answer)
      permit.release()
      if (answer.status !== 429) return
    }
  }

  return {
    clock,
    server,
    limiters,
    sent,
    call,
    burst: (calls) => Promise.all(limiters.flatMap((_, process) => Array.from({ length: calls }, () => call(process)))),
    kill: (process) => void dead.add(process),
    reach: (how) => void (reach = how),
    lose: () => void (inner = createMemoryStore({ clock })),
    get refused() {
      return sent.filter(({ status }) => status === 429).length
    },
  }
}
