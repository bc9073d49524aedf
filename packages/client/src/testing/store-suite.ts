import type { ExchangeReply, ExchangeRequest, Store } from '../rate-limit/shared/store.ts'
import type { WindowSpec } from '../rate-limit/planner/window-spec.ts'

/** A store that is looked at. */
export interface StoreUnderTest {
  /** A handle on an account; the same name again gives another handle on the same account, as in another process. */
  open(account: string): Store | Promise<Store>
}

/** One promise of `Store`. */
export interface StoreCheck<Subject = StoreUnderTest> {
  /** As the title of a test. */
  readonly name: string
  /** @throws Error that says what was expected, and what came */
  run(subject: Subject): Promise<void>
}

const SECOND: WindowSpec = { name: 'second', limit: 3, windowMs: 1_000 }
const MINUTE: WindowSpec = { name: 'minute', limit: 100, windowMs: 60_000 }

const NOTHING: ExchangeRequest = { windows: [MINUTE], want: [], arrived: [], freed: [], told: [], closeMs: 0, seen: 0 }

/** A store that never gives what is asked for fails, and does not hang. */
const MOST_ROUNDS = 100

/** An account of its own, and short requests to it. */
interface Account {
  readonly name: string
  ask(request?: Partial<ExchangeRequest>): Promise<ExchangeReply>
  /** Asks again, as often as it is told to wait, until a reply is as it should be. */
  until(isDone: (reply: ExchangeReply) => boolean, request: Partial<ExchangeRequest>): Promise<ExchangeReply>
}

export async function openAccount(subject: StoreUnderTest): Promise<Account> {
  const name = globalThis.crypto.randomUUID()
  const store = await subject.open(name)
  return {
    name,
    ask: (request = {}) => store.exchange({ ...NOTHING, ...request }),
    async until(isDone, request) {
      for (let round = 0; ; round += 1) {
        const reply = await store.exchange({ ...NOTHING, ...request })
        if (isDone(reply) || round === MOST_ROUNDS) return reply
        await new Promise((resolve) => setTimeout(resolve, Math.min(reply.waitMs, 20)))
      }
    },
  }
}

/** `count` places, told as arrived. */
export const places = (count: number, msAgo: number, prefix = 'p'): ExchangeRequest['arrived'] =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, msAgo }))

export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  const [came, right] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (came !== right) throw new Error(`${what}: expected ${right}, and came ${came}`)
}

/** Stores may count in whole milliseconds, and the real clock goes on. */
export function expectBetween(what: string, actual: number | undefined, least: number, most: number): void {
  if (actual === undefined || actual < least || actual > most) {
    throw new Error(`${what}: expected a number from ${least} to ${most}, and came ${actual}`)
  }
}

/**
 * What every {@link Store} has to keep, for any test framework. They wait for a few milliseconds of the store's clock at
 * most, and use accounts of their own.
 *
 * @example for (const { name, run } of storeChecks) test(name, () => run({ open: (account) => createMyStore(account) }))
 */
export const storeChecks: readonly StoreCheck[] = [
  {
    name: 'grants the first of what is wanted, as many as the fullest window has room for',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const first = await ask({ windows: [SECOND, MINUTE], want: ['a', 'b', 'c', 'd'] })
      expectEqual('granted', first.granted, 3)
      expectEqual(
        'used',
        first.windows.map(({ used }) => used),
        [3, 3],
      )
      const after = await ask({ windows: [SECOND, MINUTE], freed: ['d', 'c'] })
      expectEqual('used after two were given back, one of them not granted', after.windows[1]?.used, 2)
    },
  },
  {
    name: 'says at once when there is room, and how long to wait when there is none',
    async run(subject) {
      const { ask } = await openAccount(subject)
      expectEqual('waitMs beside room', (await ask({ want: ['a'] })).waitMs, 0)
      const full = await ask({ want: ['b'], arrived: [...places(1, 50_000), ...places(98, 20_000, 'q')] })
      expectEqual('granted', full.granted, 0)
      expectBetween('waitMs until the oldest leaves', full.waitMs, 9_990, 10_001)
    },
  },
  {
    name: 'a request on its way may be answered at any moment: nothing is waited for longer than a window',
    async run(subject) {
      const { ask } = await openAccount(subject)
      expectBetween('waitMs', (await ask({ windows: [SECOND], want: ['a', 'b', 'c'] })).waitMs, 990, 1_001)
    },
  },
  {
    name: 'every handle on an account sees the same, and other accounts are apart',
    async run(subject) {
      const { name, ask } = await openAccount(subject)
      const other = await subject.open(name)
      await ask({ windows: [SECOND], want: ['a', 'b'] })
      expectEqual(
        'granted to another handle',
        (await other.exchange({ ...NOTHING, windows: [SECOND], want: ['x', 'y'] })).granted,
        1,
      )
      const apart = await openAccount(subject)
      expectEqual('granted in another account', (await apart.ask({ windows: [SECOND], want: ['a', 'b'] })).granted, 2)
    },
  },
  {
    name: 'is one atomic step: exchanges at the same time never grant more than there is',
    async run(subject) {
      const { name } = await openAccount(subject)
      const handles = await Promise.all([subject.open(name), subject.open(name), subject.open(name)])
      const windows = [{ ...SECOND, limit: 10, windowMs: 60_000 }]
      const replies = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          (handles[index % 3] as Store).exchange({ ...NOTHING, windows, want: [`p${index}`] }),
        ),
      )
      expectEqual(
        'granted in all',
        replies.reduce((sum, { granted }) => sum + granted, 0),
        10,
      )
    },
  },
  {
    name: 'a place counts for one window after its arrival',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const { windows } = await ask({ arrived: [...places(2, 59_000), ...places(3, 61_000, 'old')] })
      expectEqual('used', windows[0]?.used, 2)
    },
  },
  {
    name: 'to tell a place again sets its moment, and takes no other',
    async run(subject) {
      const { ask } = await openAccount(subject)
      await ask({ want: ['p0'] })
      expectEqual('used', (await ask({ arrived: places(1, 0) })).windows[0]?.used, 1)
      expectEqual('used, told as older', (await ask({ arrived: places(1, 60_500) })).windows[0]?.used, 0)
    },
  },
  {
    name: 'after the end of a window, what arrived before its earliest end counts no more',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const told = [
        { name: 'minute', limit: 100, sentMsAgo: 1_000, remaining: 0, endsIn: { earliestMs: -2_000, latestMs: 0 } },
      ]
      const { windows } = await ask({ arrived: [...places(97, 5_000), ...places(3, 1_000, 'new')], told })
      expectEqual('used', windows[0]?.used, 3)
    },
  },
  {
    name: 'before the end of a window all of it counts, and the end is what is waited for',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const told = [
        { name: 'minute', limit: 100, sentMsAgo: 1_000, remaining: 0, endsIn: { earliestMs: 3_000, latestMs: 5_000 } },
      ]
      const { windows, waitMs } = await ask({ arrived: places(100, 5_000), told })
      expectEqual('used', windows[0]?.used, 100)
      expectBetween('endsInMs', windows[0]?.endsInMs, 4_990, 5_001)
      expectBetween('waitMs', waitMs, 4_990, 5_001)
    },
  },
  {
    name: 'two ends narrow each other; where they contradict each other the later told is believed',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const tell = async (earliestMs: number, latestMs: number): Promise<number | undefined> => {
        const told = [{ name: 'minute', limit: 100, sentMsAgo: 0, remaining: 100, endsIn: { earliestMs, latestMs } }]
        return (await ask({ told })).windows[0]?.endsInMs
      }
      await tell(30_000, 32_000)
      expectBetween('endsInMs, narrowed', await tell(28_000, 31_000), 30_000, 31_001)
      expectBetween('endsInMs, still narrowed', await tell(30_000, 33_000), 30_000, 31_001)
      expectBetween('endsInMs, contradicted', await tell(40_000, 42_000), 41_000, 42_001)
    },
  },
  {
    name: 'what remains less than our places explain is taken by other clients, and left to them',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const tell = (remaining: number): ExchangeRequest['told'] => [
        { name: 'minute', limit: 100, sentMsAgo: 0, remaining },
      ]
      const first = await ask({
        arrived: places(10, 1_000),
        told: tell(60),
        want: places(40, 0, 'w').map(({ id }) => id),
      })
      expectEqual('used: 10 of ours, 30 of others, and what was granted', first.windows[0]?.used, 80)
      const second = await ask({ want: places(40, 0, 'x').map(({ id }) => id) })
      expectEqual('granted', second.granted, 20)
      expectEqual('used when more of ours than are gone', (await ask({ told: tell(60) })).windows[0]?.used, 100)
    },
  },
  {
    name: 'leaves the places that a caller expects other clients to use, the proven ones included',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const windows = [{ ...MINUTE, leave: 70 }]
      const told = [{ name: 'minute', limit: 100, sentMsAgo: 0, remaining: 60 }]
      const want = places(50, 0, 'w').map(({ id }) => id)
      const first = await ask({ windows, told, want })
      expectEqual('granted of 100, 70 of them left', first.granted, 30)
      expectEqual('proven of others', first.windows[0]?.strangers, 40)
      const second = await ask({ want: places(50, 0, 'x').map(({ id }) => id) })
      expectEqual('granted to a caller that expects none', second.granted, 30)
    },
  },
  {
    name: 'a window that says nothing of others has none: fewer are gone than our places',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const told = [{ name: 'minute', limit: 100, sentMsAgo: 0, remaining: 99 }]
      expectEqual('used', (await ask({ arrived: places(10, 1_000), told })).windows[0]?.used, 10)
    },
  },
  {
    name: 'tells every handle the last limit that an answer told',
    async run(subject) {
      const { name, ask } = await openAccount(subject)
      expectEqual('toldLimit at first', (await ask()).toldLimit, undefined)
      await ask({ told: [{ name: 'minute', limit: 60, sentMsAgo: 0, remaining: 59 }] })
      const other = await (await subject.open(name)).exchange(NOTHING)
      expectEqual('toldLimit', other.toldLimit, 60)
    },
  },
  {
    name: 'a 429 closes the account for every handle, for its wait',
    async run(subject) {
      const { name, ask } = await openAccount(subject)
      const closing = await ask({ closeMs: 7_000, want: ['a'] })
      expectEqual('granted', closing.granted, 0)
      expectBetween('closedMs', closing.closedMs, 6_990, 7_001)
      const other = await (await subject.open(name)).exchange({ ...NOTHING, want: ['b'], closeMs: 1_000 })
      expectEqual('granted to another handle', other.granted, 0)
      expectBetween('closedMs after a shorter wait', other.closedMs, 5_000, 7_001)
      expectBetween('waitMs', other.waitMs, 5_000, 7_001)
    },
  },
  {
    name: 'after a 429 one place at a time is granted, until its request was accepted',
    async run(subject) {
      const { ask, until } = await openAccount(subject)
      await ask({ closeMs: 10 })
      expectEqual('granted at first', (await until(({ granted }) => granted > 0, { want: ['a', 'b'] })).granted, 1)
      const meanwhile = await ask({ want: ['b'] })
      expectEqual('granted meanwhile', meanwhile.granted, 0)
      expectBetween('waitMs meanwhile', meanwhile.waitMs, 1, 100)
      const unanswered = await ask({ want: ['b'], arrived: [{ id: 'a', msAgo: -500 }] })
      expectEqual('granted while it is not answered', unanswered.granted, 0)
      expectEqual(
        'granted after it was',
        (await ask({ want: ['b', 'c'], arrived: [{ id: 'a', msAgo: 0 }] })).granted,
        2,
      )
    },
  },
  {
    name: 'an answer to a request from before the wait opens nothing; a place that is given back lets the next go',
    async run(subject) {
      const { ask, until } = await openAccount(subject)
      await ask({ closeMs: 10 })
      await until(({ granted }) => granted > 0, { want: ['a'] })
      expectEqual('granted', (await ask({ want: ['b'], arrived: [{ id: 'early', msAgo: 5_000 }] })).granted, 0)
      expectEqual('granted after it was given back', (await ask({ want: ['b', 'c'], freed: ['a'] })).granted, 1)
    },
  },
  {
    name: 'counts its exchanges, and tells by another epoch when a caller knows of more',
    async run(subject) {
      const { ask, until } = await openAccount(subject)
      const first = await ask()
      const second = await ask({ seen: first.exchanges })
      expectEqual('exchanges', [first.exchanges, second.exchanges], [1, 2])
      expectEqual('epoch', second.epoch, first.epoch)
      const lost = await until(({ granted }) => granted > 0, { seen: 500, want: ['a', 'b'] })
      expectEqual('granted after a loss', lost.granted, 1)
      expectEqual('whether the epoch is another', lost.epoch !== first.epoch, true)
      expectEqual('exchanges go on', (await ask({ seen: 0 })).exchanges > 500, true)
    },
  },
]
