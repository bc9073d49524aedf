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
   * equal request from before, if there is one. A POST is sent once: it is not known what one without a good answer
   * has done. Only a 429 says that it has done nothing.
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
  /** Undefined: nothing is waited for but what a 429 asks for. */
  readonly pace: Pace | undefined
  readonly clock: Clock
  readonly send: (ask: Ask) => Promise<Exchange>
  /** Told of every exchange, once. */
  readonly onExchange: (exchange: Exchange, manner: 'paced' | 'at-once') => void
  /** Told before it waits for the quota, if it takes two seconds or more, in milliseconds. */
  readonly onWait: ((ms: number) => void) | undefined
}

const MAX_REFUSALS = 4
const MAX_LOSSES = 6
/** A server may close an idle connection at the very moment at which it is used again. */
const TRIES = 2
const LONGEST_WAIT_MS = 61_000
/** Shorter waits are a part of keeping the pace. */
const SHORTEST_TOLD_MS = 2_000
/** A documented 500 that does not come again, once in a run, is an accident and no promise broken. */
const TOLERATED_FAILURES = 1

export function createDesk({ budget, pace, clock, send, onExchange, onWait }: DeskOptions): Desk {
  const remembered = new Map<string, Answer>()
  let sent = 0
  let losses = 0
  let failures = 0

  const wait = async (ms: number): Promise<void> => {
    if (ms >= SHORTEST_TOLD_MS) onWait?.(ms)
    await sleep(ms, clock)
  }

  const exchange = async (ask: Ask, manner: 'paced' | 'at-once'): Promise<Exchange> => {
    if (sent >= budget) throw new BudgetSpent()
    if (pace !== undefined && manner === 'paced') {
      const nowMs = clock.now()
      const waitMs = pace.openingFor(ask.credential, nowMs) - nowMs
      if (waitMs > 0) await wait(waitMs)
    }
    sent += 1
    const result = await send(ask)
    pace?.count(result, clock.now())
    onExchange(result, manner)
    return result
  }

  const askPaced = async (ask: Ask): Promise<Answer | undefined> => {
    let tries = 0
    for (let refusals = 0; refusals < MAX_REFUSALS;) {
      const result = await exchange(ask, 'paced')
      if (result.kind === 'broken') {
        tries += 1
        losses += 1
        if (losses >= MAX_LOSSES) throw new ProviderLost(result.reason)
        if (ask.method === 'POST' || tries >= TRIES || result.reason.startsWith('no complete')) return undefined
      } else if (result.status === 429) {
        refusals += 1
        const told = parseRetryAfter(result.headers, clock.wallNow())
        await wait(told.kind === 'delay' ? Math.min(told.ms, LONGEST_WAIT_MS) + 20 : 1_000)
      } else if (result.status === 500 && failures < TOLERATED_FAILURES) {
        failures += 1
        if (ask.method === 'POST') return undefined
      } else return result
    }
    return undefined
  }

  return {
    ask: async (ask, from) => {
      const key = askKey(ask)
      const known = from === 'remembered' && ask.method !== 'POST' ? remembered.get(key) : undefined
      const answer = known ?? (await askPaced(ask))
      if (answer !== undefined && ask.method !== 'POST') remembered.set(key, answer)
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
