import { expectBetween, expectEqual, openAccount, places } from './store-suite.ts'
import type { StoreCheck, StoreUnderTest } from './store-suite.ts'

/** A store whose clock the test moves. */
export interface ClockedStoreUnderTest extends StoreUnderTest {
  /** Moves the clock that the store reads by `ms`; below 0: sets it back. */
  moveClock(ms: number): void | Promise<void>
}

/** What a {@link Store} has to keep over time, and when its clock is set back. For a store whose clock a test can move. */
export const storeClockChecks: readonly StoreCheck<ClockedStoreUnderTest>[] = [
  {
    name: 'a place of a process that has died frees a second and a window after it was granted',
    async run(subject) {
      const { ask } = await openAccount(subject)
      await ask({ want: ['a'] })
      await subject.moveClock(60_900)
      expectEqual('used just before', (await ask()).windows[0]?.used, 1)
      await subject.moveClock(200)
      expectEqual('used after', (await ask()).windows[0]?.used, 0)
    },
  },
  {
    name: 'a request that goes first and dies is waited for for two seconds',
    async run(subject) {
      const { ask } = await openAccount(subject)
      await ask({ closeMs: 5_000 })
      await subject.moveClock(5_100)
      expectEqual('granted', (await ask({ want: ['a'] })).granted, 1)
      await subject.moveClock(1_500)
      expectEqual('granted before', (await ask({ want: ['b'] })).granted, 0)
      await subject.moveClock(600)
      expectEqual('granted after', (await ask({ want: ['b', 'c'] })).granted, 1)
    },
  },
  {
    name: 'after a 429 half of the shortest window is granted, and one more for each eight seconds',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const windows = [{ name: 'second', limit: 10, windowMs: 1_000 }]
      const want = places(20, 0).map(({ id }) => id)
      // The second of them was sent together with the first.
      await ask({ windows, closeMs: 2_000 })
      await ask({ windows, closeMs: 2_000 })
      await subject.moveClock(2_100)
      await ask({ windows, want: ['first'] })
      const opened = await ask({ windows, want, arrived: [{ id: 'first', msAgo: 0 }] })
      expectEqual('granted beside the first', opened.granted, 4)
      await subject.moveClock(16_000)
      expectEqual('granted 16 s later', (await ask({ windows, want: want.map((id) => `later ${id}`) })).granted, 7)
      await subject.moveClock(60_000)
      expectEqual('granted a minute later', (await ask({ windows, want: want.map((id) => `last ${id}`) })).granted, 10)
    },
  },
  {
    name: 'other clients are left their places until the end of the window, or for one window',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const told = { name: 'minute', limit: 100, sentMsAgo: 0, remaining: 70 }
      await ask({ told: [{ ...told, endsIn: { earliestMs: 9_000, latestMs: 10_000 } }] })
      await subject.moveClock(9_500)
      expectEqual('used before the end', (await ask()).windows[0]?.used, 30)
      await subject.moveClock(1_000)
      expectEqual('used after the end', (await ask()).windows[0]?.used, 0)
      await ask({ told: [told] })
      await subject.moveClock(59_000)
      expectEqual('used before a window is over', (await ask()).windows[0]?.used, 30)
      await subject.moveClock(1_500)
      expectEqual('used when it is over', (await ask()).windows[0]?.used, 0)
    },
  },
  {
    name: 'a clock that is set back keeps a place for a second and a window at most',
    async run(subject) {
      const { ask } = await openAccount(subject)
      await ask({ want: ['a', 'b'], arrived: places(3, 0) })
      await subject.moveClock(-3_600_000)
      expectEqual('used', (await ask()).windows[0]?.used, 5)
      await subject.moveClock(61_100)
      expectEqual('used a second and a window later', (await ask()).windows[0]?.used, 0)
    },
  },
  {
    name: 'a clock that is set back keeps an account closed for what was left of the wait at most',
    async run(subject) {
      const { ask } = await openAccount(subject)
      await ask({ closeMs: 30_000 })
      await subject.moveClock(10_000)
      await ask()
      await subject.moveClock(-3_600_000)
      expectBetween('closedMs', (await ask()).closedMs, 10_000, 20_001)
    },
  },
  {
    name: 'a clock that is set back makes the ends of windows unknown',
    async run(subject) {
      const { ask } = await openAccount(subject)
      const told = { name: 'minute', limit: 100, sentMsAgo: 0, remaining: 100 }
      await ask({ told: [{ ...told, endsIn: { earliestMs: -1_000, latestMs: 0 } }] })
      await ask({ told: [{ ...told, endsIn: { earliestMs: 29_000, latestMs: 30_000 } }] })
      await subject.moveClock(-20_000)
      const { windows } = await ask({ want: ['a'], arrived: places(4, 2_000) })
      expectEqual('used, none of them before an end', windows[0]?.used, 5)
      expectEqual('endsInMs', windows[0]?.endsInMs, undefined)
    },
  },
]
