import type { Clock } from '../clock.ts'

/** A clock that moves when a test moves it. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, running each timer at its moment, in order, and letting promises settle in between. */
  advance(ms: number): Promise<void>
  /** Moves to the next timer and runs it; `false` when there is none. */
  next(): Promise<boolean>
  /** Moves on, timer by timer, until `work` has settled; fails when no timer is left and it has not. */
  runUntilSettled<Value>(work: Promise<Value>): Promise<Value>
  /** Sets the wall clock off against `now()`, as a person or a time server does. */
  setWall(msSinceEpoch: number): void
  /** Timers that wait. */
  readonly pending: number
}

/** @param options.now first moment in milliseconds, default 0; `wallNow()` starts there too unless `wall` is given. */
export function createManualClock({ now = 0, wall = now }: { now?: number; wall?: number } = {}): ManualClock {
  let current = now
  let offset = wall - now
  let order = 0
  const timers = new Map<object, { dueAt: number; order: number; callback: () => void }>()

  /** Lets everything that is ready settle, promises of streams and of `fetch` stand-ins included. */
  async function settle(): Promise<void> {
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => {
        port1.close()
        resolve()
      })
      port1.start()
      port2.postMessage(0)
    })
  }

  function earliest(): [object, { dueAt: number; order: number; callback: () => void }] | undefined {
    let first: ReturnType<typeof earliest>
    for (const entry of timers) {
      const [, { dueAt, order: place }] = entry
      if (!first || dueAt < first[1].dueAt || (dueAt === first[1].dueAt && place < first[1].order)) first = entry
    }
    return first
  }

  async function runNext(limit: number): Promise<boolean> {
    await settle()
    const entry = earliest()
    if (!entry || entry[1].dueAt > limit) return false
    timers.delete(entry[0])
    current = Math.max(current, entry[1].dueAt)
    entry[1].callback()
    await settle()
    return true
  }

  return {
    now: () => current,
    wallNow: () => current + offset,
    setTimer(callback, delayMs) {
      const key = {}
      if (delayMs !== Infinity) timers.set(key, { dueAt: current + Math.max(0, delayMs), order: order++, callback })
      return { cancel: () => void timers.delete(key) }
    },
    async advance(ms) {
      const target = current + ms
      while (await runNext(target));
      current = target
      await settle()
    },
    next: () => runNext(Infinity),
    async runUntilSettled(work) {
      let isSettled = false
      const mark = (): void => void (isSettled = true)
      work.then(mark, mark)
      await settle()
      while (!isSettled) {
        if (!(await runNext(Infinity)) && !isSettled)
          throw new Error('Nothing is due any more, and the work has not settled')
      }
      return work
    },
    setWall(msSinceEpoch) {
      offset = msSinceEpoch - current
    },
    get pending() {
      return timers.size
    },
  }
}
