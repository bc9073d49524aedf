import { install } from '@sinonjs/fake-timers'

/** Time that passes only when nothing is left to do at the present moment. It moves in whole milliseconds. */
export interface VirtualTime {
  /** Milliseconds since the beginning of the run. */
  now(): number
  sleep(ms: number): Promise<void>
  /**
   * Moves on, timer by timer, until `work` has settled.
   * @throws Error when it has not within a day.
   */
  run<Value>(work: Promise<Value>): Promise<Value>
  /** Brings the real time back. */
  end(): void
}

/** Lets everything that is ready settle: a tick comes after the last microtask, without a turn of the event loop. */
function settle(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}

const TURNS = 1_000
const DAY_MS = 24 * 3_600_000

function turnOfLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/**
 * Replaces the timers and clocks of this thread, so that every contender, ours included, runs as it is, unmodified.
 * @param wallMs what the clock on the wall shows at the beginning, in milliseconds since the epoch.
 */
export function startVirtualTime(wallMs: number): VirtualTime {
  const clock = install({
    now: wallMs,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  })
  return {
    now: () => clock.now - wallMs,
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    async run(work) {
      let isSettled = false
      const mark = (): void => void (isSettled = true)
      work.then(mark, mark)
      await settle()
      while (!isSettled) {
        // What needs turns of the event loop, such as the body of a response, gets them where nothing else is due.
        for (let turn = 0; turn < TURNS && clock.countTimers() === 0 && !isSettled; turn += 1) await turnOfLoop()
        if (isSettled) break
        if (clock.countTimers() === 0) throw new Error('No timer is left, and the work has not settled')
        if (clock.now - wallMs > DAY_MS) throw new Error('A day has passed, and the work has not settled')
        clock.next()
        await settle()
      }
      return work
    },
    end: () => clock.uninstall(),
  }
}
