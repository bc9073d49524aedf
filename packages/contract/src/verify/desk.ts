import { parseRetryAfter } from '@hood-exports/client/rate-limit'
import { askKey } from './ask.ts'
import type { Ask } from './ask.ts'
import type { Answer, Exchange } from './exchange.ts'
import { sleep } from './pace.ts'
import type { Clock, Pace } from './pace.ts'

/** The budget of requests is spent. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent'
}

/** A request of the main account could not be answered, again and again: nothing more can be found out. */
export class ProviderLost extends Error {
  override readonly name = 'ProviderLost'
}

/** Everything that is sent goes over this desk: it counts, waits, remembers. */
export interface Desk {
  /**
   * The answer to a request; undefined: there is none, which has been noted. `remembered` takes the answer of an
   * equal request from before, if there is one.
   * @throws BudgetSpent, ProviderLost
   */
  ask(ask: Ask, from: 'remembered' | 'fresh'): Promise<Answer | undefined>
  /** Sends at once, whatever the quota, and keeps a 429 as it is. @throws BudgetSpent */
  askAtOnce(ask: Ask): Promise<Exchange>
  /** Answers from before are no longer remembered. */
  forget(): void
  readonly left: number
  readonly sent: number
}

export interface DeskOptions {
  readonly budget: number
  readonly pace: Pace
  readonly clock: Clock
  readonly send: (ask: Ask) => Promise<Exchange>
  /** Told of every exchange, once. */
  readonly onExchange: (exchange: Exchange, manner: 'paced' | 'at-once') => void
}

const MAX_REFUSALS = 4
const MAX_LOSSES = 6
/** A server may close an idle connection at the very moment at which it is used again. */
const TRIES = 2
const LONGEST_WAIT_MS = 61_000
/** A documented 500 that does not come again, once in a run, is an accident and no promise broken. */
const TOLERATED_FAILURES = 1

export function createDesk({ budget, pace, clock, send, onExchange }: DeskOptions): Desk {
  const remembered = new Map<string, Answer>()
  let sent = 0
  let losses = 0
  let failures = 0

  const exchange = async (ask: Ask, manner: 'paced' | 'at-once'): Promise<Exchange> => {
    if (sent >= budget) throw new BudgetSpent()
    const lease = manner === 'paced' ? await pace.enter(ask.credential) : undefined
    sent += 1
    try {
      const result = await send(ask)
      if (result.kind === 'answer') lease?.answered(result)
      onExchange(result, manner)
      return result
    } finally {
      lease?.release()
    }
  }

  const askPaced = async (ask: Ask): Promise<Answer | undefined> => {
    let tries = 0
    for (let refusals = 0; refusals < MAX_REFUSALS;) {
      const result = await exchange(ask, 'paced')
      if (result.kind === 'broken') {
        tries += 1
        losses += 1
        if (losses >= MAX_LOSSES) throw new ProviderLost(result.reason)
        if (tries >= TRIES || result.reason.startsWith('no complete')) return undefined
      } else if (result.status === 429) {
        refusals += 1
        const wait = parseRetryAfter(result.headers.get('retry-after'), clock.wallNow())
        await sleep(wait.kind === 'delay' ? Math.min(wait.ms, LONGEST_WAIT_MS) + 20 : 1_000, clock)
      } else if (result.status === 500 && failures < TOLERATED_FAILURES) {
        failures += 1
      } else return result
    }
    return undefined
  }

  return {
    ask: async (ask, from) => {
      const key = askKey(ask)
      const known = from === 'remembered' ? remembered.get(key) : undefined
      const answer = known ?? (await askPaced(ask))
      if (answer !== undefined) remembered.set(key, answer)
      return answer
    },
    askAtOnce: async (ask) => {
      const result = await exchange(ask, 'at-once')
      if (result.kind === 'answer' && result.status === 200) remembered.set(askKey(ask), result)
      return result
    },
    forget: () => remembered.clear(),
    get sent() {
      return sent
    },
    get left() {
      return budget - sent
    },
  }
}
