import { Heap } from './heap.ts'

/** A call that waits. */
export interface Waiter<Grant> {
  readonly priority: number
  /** Place among equals: the order of arrival, kept by retries. */
  readonly order: number
  readonly enqueuedAt: number
  readonly signal: AbortSignal | undefined
  /** `undefined`: it waits no longer. */
  settle: Settle<Grant> | undefined
}

/** Ends the waiting; with a promise that rejects, too. */
export type Settle<Grant> = (grant: Grant | Promise<never>) => void

/**
 * Calls that wait, by priority and then by arrival. A call that is aborted is refused at once and costs its place
 * nothing: it is marked, and skipped when it comes up. One listener per signal, however many calls share it.
 */
export class WaitingQueue<Grant> {
  readonly #waiting = new Heap<Waiter<Grant>>((a, b) =>
    a.priority === b.priority ? a.order < b.order : a.priority > b.priority,
  )
  /** The calls of each signal: mostly one. */
  readonly #bySignal = new Map<AbortSignal, Waiter<Grant> | Set<Waiter<Grant>>>()
  readonly #onEmptied: () => void
  #size = 0

  /** @param onEmptied called when aborts have left no call waiting */
  constructor(onEmptied: () => void) {
    this.#onEmptied = onEmptied
  }

  get size(): number {
    return this.#size
  }

  add(waiter: Waiter<Grant>): void {
    this.#size += 1
    this.#waiting.push(waiter)
    if (waiter.signal) this.#listen(waiter, waiter.signal)
  }

  /** The next to be granted. */
  peek(): Waiter<Grant> | undefined {
    let first = this.#waiting.peek()
    while (first && !first.settle) {
      this.#waiting.pop()
      first = this.#waiting.peek()
    }
    return first
  }

  /** Takes out all of them. */
  *takeAll(): Generator<Settle<Grant>> {
    for (let waiter = this.peek(); waiter; waiter = this.peek()) yield this.take(waiter)
  }

  /** Takes a waiter out; the caller has to settle it. Again is harmless. */
  take(waiter: Waiter<Grant>): Settle<Grant> {
    const { signal, settle } = waiter
    if (signal && settle) this.#leave(waiter, signal)
    return this.#end(waiter)
  }

  #end(waiter: Waiter<Grant>): Settle<Grant> {
    const { settle } = waiter
    if (!settle) return () => undefined
    waiter.settle = undefined
    this.#size -= 1
    return settle
  }

  #listen(waiter: Waiter<Grant>, signal: AbortSignal): void {
    const others = this.#bySignal.get(signal)
    if (others instanceof Set) others.add(waiter)
    else if (others) this.#bySignal.set(signal, new Set([others, waiter]))
    else {
      this.#bySignal.set(signal, waiter)
      signal.addEventListener('abort', this.#onAbort, ONCE)
    }
  }

  #leave(waiter: Waiter<Grant>, signal: AbortSignal): void {
    const all = this.#bySignal.get(signal)
    if (all instanceof Set && all.delete(waiter) && all.size > 0) return
    this.#bySignal.delete(signal)
    signal.removeEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = ({ target }: Event): void => {
    const signal = target as AbortSignal
    const gone = this.#bySignal.get(signal)
    if (!gone) return
    this.#bySignal.delete(signal)
    for (const waiter of gone instanceof Set ? gone : [gone]) {
      this.#end(waiter)(Promise.reject(signal.reason as Error))
    }
    if (this.#size === 0) this.#onEmptied()
  }
}

const ONCE = { once: true }
