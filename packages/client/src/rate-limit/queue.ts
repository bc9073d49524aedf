import { Heap } from './heap.ts'

/** A call that waits. What is not given costs no memory. */
export interface Waiter<Grant> {
  readonly priority: number
  /** Place among equals: the order of arrival, kept by retries. */
  readonly order: number
  /** Not to be granted before this moment, for back-off. */
  readonly notBefore: number | undefined
  /** Refused when it cannot be granted by this moment. */
  readonly deadline: number | undefined
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
  readonly #ready = new Heap<Waiter<Grant>>((a, b) =>
    a.priority === b.priority ? a.order < b.order : a.priority > b.priority,
  )
  readonly #delayed = new Heap<Waiter<Grant>>((a, b) => notBeforeOf(a) < notBeforeOf(b))
  readonly #deadlines = new Heap<Waiter<Grant>>((a, b) => deadlineOf(a) < deadlineOf(b))
  /** Who would go with each signal: mostly one. */
  readonly #bySignal = new Map<AbortSignal, Waiter<Grant> | Set<Waiter<Grant>>>()
  readonly #onEmptied: () => void
  #size = 0

  /** @param onEmptied told when aborts have left nobody waiting. */
  constructor(onEmptied: () => void) {
    this.#onEmptied = onEmptied
  }

  get size(): number {
    return this.#size
  }

  /** Those whose back-off was over when it was last asked, and some who are gone. */
  get readyAtMost(): number {
    return Math.min(this.#size, this.#ready.size)
  }

  add(waiter: Waiter<Grant>, now: number): void {
    this.#size += 1
    if (notBeforeOf(waiter) > now) this.#delayed.push(waiter)
    else this.#ready.push(waiter)
    if (waiter.deadline !== undefined) this.#deadlines.push(waiter)
    if (waiter.signal) this.#listen(waiter, waiter.signal)
  }

  /** The next to be granted, if it may be at `now`. */
  peek(now: number): Waiter<Grant> | undefined {
    for (let due = this.#delayed.peek(); due && (isGone(due) || notBeforeOf(due) <= now); due = this.#delayed.peek()) {
      this.#delayed.pop()
      if (!isGone(due)) this.#ready.push(due)
    }
    return firstOf(this.#ready)
  }

  /** When the first back-off ends; `Infinity` without one. */
  nextDelayed(): number {
    return firstOf(this.#delayed)?.notBefore ?? Infinity
  }

  /** When the first deadline comes; `Infinity` without one. */
  nextDeadline(): number {
    return firstOf(this.#deadlines)?.deadline ?? Infinity
  }

  /** Takes out those whose deadline is over, or comes before the next opening; `Infinity` is an opening not known yet. */
  *takeMissed(now: number, opening: number): Generator<Settle<Grant>> {
    while (this.nextDeadline() <= now || (opening !== Infinity && this.nextDeadline() < opening)) {
      const waiter = this.#deadlines.pop()
      if (!waiter) return
      yield this.take(waiter)
    }
  }

  /** Takes out all of them. */
  *takeAll(): Generator<Settle<Grant>> {
    for (const heap of [this.#ready, this.#delayed]) {
      for (let waiter = heap.pop(); waiter; waiter = heap.pop()) if (!isGone(waiter)) yield this.take(waiter)
    }
  }

  /** Takes a waiter out, wherever it stands: whoever does has to settle it. Again is harmless. */
  take(waiter: Waiter<Grant>): Settle<Grant> {
    const { signal } = waiter
    if (signal && !isGone(waiter)) this.#leave(waiter, signal)
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

function isGone({ settle }: Pick<Waiter<never>, 'settle'>): boolean {
  return settle === undefined
}

/** The first who still waits. */
function firstOf<Grant>(heap: Heap<Waiter<Grant>>): Waiter<Grant> | undefined {
  let first = heap.peek()
  while (first && isGone(first)) {
    heap.pop()
    first = heap.peek()
  }
  return first
}

const ONCE = { once: true }

function notBeforeOf({ notBefore = -Infinity }: Pick<Waiter<never>, 'notBefore'>): number {
  return notBefore
}

function deadlineOf({ deadline = Infinity }: Pick<Waiter<never>, 'deadline'>): number {
  return deadline
}
