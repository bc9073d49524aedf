import { parseRetryAfter } from '@hood-exports/client/rate-limit'
import type { Answer, Exchange, NoAnswer } from './exchange.ts'
import { sleep } from './pace.ts'
import type { Clock, Pace } from './pace.ts'
import { requestKey } from './test-request.ts'
import type { TestRequest } from './test-request.ts'

/** The budget of requests is spent. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent'
}

/** A request of the main account could not be answered, again and again: nothing more can be found out. */
export class ProviderLost extends Error {
  override readonly name = 'ProviderLost'
  readonly last: NoAnswer

  constructor(last: NoAnswer) {
    super(last.reason)
    this.last = last
  }
}

/** Every request of a run goes through it: it counts, waits and remembers. */
export interface Session {
  /**
   * The answer to a request; undefined: there is none, which has been recorded. `remembered` takes the answer of an
   * equal request from before, if there is one. A POST is sent once: it is not known what one without a good answer
   * has done. Only a 429 says that it has done nothing.
   * @throws BudgetSpent, ProviderLost
   */
  send(request: TestRequest, from: 'remembered' | 'fresh'): Promise<Answer | undefined>
  /** Sends at once, whatever the quota, and keeps a 429 as it is. @throws BudgetSpent */
  sendAtOnce(request: TestRequest): Promise<Exchange>
  /** Answers from before are no longer remembered. */
  forget(): void
  readonly left: number
  readonly sent: number
}

export interface SessionOptions {
  readonly budget: number
  /** Undefined: it waits for nothing but what a 429 asks for. */
  readonly pace: Pace | undefined
  readonly clock: Clock
  readonly send: (request: TestRequest) => Promise<Exchange>
  /** Called with every exchange, once. */
  readonly onExchange: (exchange: Exchange, manner: 'paced' | 'at-once') => void
  /** Called before a wait of two seconds or more for the quota, in milliseconds. */
  readonly onWait: ((ms: number) => void) | undefined
}

const MAX_REFUSALS = 4
/** In a row, or of timeouts in all: those take long. */
const MAX_NO_ANSWERS = 6
/** A server may close an idle connection at the very moment at which it is used again. */
const TRIES = 2
const LONGEST_WAIT_MS = 61_000
/** Where a 429 names no time. */
const WAITS_MS = [1_000, 1_000]
/** Shorter waits are a part of keeping the pace. */
const SHORTEST_REPORTED_MS = 2_000
/** A documented 500 that does not come again, once in a run, is an accident and no promise broken. */
const TOLERATED_FAILURES = 1

export function createSession({ budget, pace, clock, send, onExchange, onWait }: SessionOptions): Session {
  const remembered = new Map<string, Answer>()
  let sent = 0
  let noAnswers = 0
  let timeouts = 0
  let failures = 0

  const wait = async (ms: number): Promise<void> => {
    if (ms >= SHORTEST_REPORTED_MS) onWait?.(ms)
    await sleep(ms, clock)
  }

  const exchange = async (request: TestRequest, manner: 'paced' | 'at-once'): Promise<Exchange> => {
    if (sent >= budget) throw new BudgetSpent()
    if (pace !== undefined && manner === 'paced') {
      const nowMs = clock.now()
      const waitMs = pace.openingFor(request.credential, nowMs) - nowMs
      if (waitMs > 0) await wait(waitMs)
    }
    sent += 1
    const result = await send(request)
    pace?.count(result, clock.now())
    onExchange(result, manner)
    if (result.kind === 'answer') noAnswers = 0
    return result
  }

  const sendPaced = async (request: TestRequest): Promise<Answer | undefined> => {
    let tries = 0
    for (let refusals = 0; refusals < MAX_REFUSALS;) {
      const result = await exchange(request, 'paced')
      if (result.kind === 'no-answer') {
        tries += 1
        noAnswers += 1
        if (result.stage === 'timeout') timeouts += 1
        if (Math.max(noAnswers, timeouts) >= MAX_NO_ANSWERS) throw new ProviderLost(result)
        if (request.method === 'POST' || tries >= TRIES || result.stage === 'timeout') return undefined
      } else if (result.status === 429) {
        const retryAfter = parseRetryAfter(result.headers, clock.wallNow())
        const isTimed = retryAfter.kind === 'delay'
        await wait(isTimed ? Math.min(retryAfter.ms, LONGEST_WAIT_MS) + 20 : (WAITS_MS[refusals] ?? LONGEST_WAIT_MS))
        refusals += 1
      } else if (result.status === 500 && failures < TOLERATED_FAILURES) {
        failures += 1
        if (request.method === 'POST') return undefined
      } else return result
    }
    return undefined
  }

  return {
    send: async (request, from) => {
      const key = requestKey(request)
      const known = from === 'remembered' && request.method !== 'POST' ? remembered.get(key) : undefined
      const answer = known ?? (await sendPaced(request))
      if (answer !== undefined && request.method !== 'POST') remembered.set(key, answer)
      return answer
    },
    sendAtOnce: async (request) => {
      const result = await exchange(request, 'at-once')
      if (result.kind === 'answer' && result.status === 200) remembered.set(requestKey(request), result)
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
