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
  /** Ends the waiting; with a promise that rejects, too. */
  readonly settle: (grant: Grant | Promise<never>) => void
  isGone: boolean
  /** Those who share the signal. */
  next: Waiter<Grant> | undefined
  previous: Waiter<Grant> | undefined
}

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
  /** Of each signal, the newest of those who share it. */
  readonly #bySignal = new Map<AbortSignal, Waiter<Grant>>()
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
    for (let due = this.#delayed.peek(); due && (due.isGone || notBeforeOf(due) <= now); due = this.#delayed.peek()) {
      this.#delayed.pop()
      if (!due.isGone) this.#ready.push(due)
    }
    while (this.#ready.peek()?.isGone) this.#ready.pop()
    return this.#ready.peek()
  }

  /** When the first back-off ends; `Infinity` without one. */
  nextDelayed(): number {
    while (this.#delayed.peek()?.isGone) this.#delayed.pop()
    return this.#delayed.peek()?.notBefore ?? Infinity
  }

  /** When the first deadline comes; `Infinity` without one. */
  nextDeadline(): number {
    while (this.#deadlines.peek()?.isGone) this.#deadlines.pop()
    return this.#deadlines.peek()?.deadline ?? Infinity
  }

  /** Takes out those whose deadline is over, or comes before the next opening; `Infinity` is an opening not known yet. */
  *takeMissed(now: number, opening: number): Generator<Waiter<Grant>> {
    while (this.nextDeadline() <= now || (opening !== Infinity && this.nextDeadline() < opening)) {
      const waiter = this.#deadlines.pop()
      if (!waiter) return
      this.take(waiter)
      yield waiter
    }
  }

  /** Takes out all of them. */
  *takeAll(): Generator<Waiter<Grant>> {
    for (const heap of [this.#ready, this.#delayed]) {
      for (let waiter = heap.pop(); waiter; waiter = heap.pop()) {
        if (waiter.isGone) continue
        this.take(waiter)
        yield waiter
      }
    }
  }

  /** Takes a waiter out, wherever it stands. */
  take(waiter: Waiter<Grant>): void {
    if (waiter.isGone) return
    waiter.isGone = true
    this.#size -= 1
    const { signal, next, previous } = waiter
    if (!signal) return
    if (next) next.previous = previous
    if (previous) previous.next = next
    else if (next) this.#bySignal.set(signal, next)
    else {
      this.#bySignal.delete(signal)
      signal.removeEventListener('abort', this.#onAbort)
    }
  }

  #listen(waiter: Waiter<Grant>, signal: AbortSignal): void {
    const newest = this.#bySignal.get(signal)
    if (newest) {
      newest.previous = waiter
      waiter.next = newest
    } else signal.addEventListener('abort', this.#onAbort, ONCE)
    this.#bySignal.set(signal, waiter)
  }

  readonly #onAbort = ({ target }: Event): void => {
    const signal = target as AbortSignal
    let waiter = this.#bySignal.get(signal)
    if (!waiter) return
    this.#bySignal.delete(signal)
    // They began to wait in the other order.
    while (waiter.next) waiter = waiter.next
    for (let gone: Waiter<Grant> | undefined = waiter; gone; gone = gone.previous) {
      gone.isGone = true
      this.#size -= 1
      gone.settle(Promise.reject(signal.reason as Error))
    }
    if (this.#size === 0) this.#onEmptied()
  }
}

const ONCE = { once: true }

function notBeforeOf({ notBefore = -Infinity }: Pick<Waiter<never>, 'notBefore'>): number {
  return notBefore
}

function deadlineOf({ deadline = Infinity }: Pick<Waiter<never>, 'deadline'>): number {
  return deadline
}
