import { Heap } from './heap.ts'

/** A call that waits. */
export interface Waiter<Grant> {
  readonly priority: number
  /** Place among equals: the order of arrival, kept by retries. */
  readonly order: number
  /** Not to be granted before this moment, for back-off. */
  readonly notBefore: number
  /** Refused when it cannot be granted by this moment. */
  readonly deadline: number
  readonly enqueuedAt: number
  readonly signal: AbortSignal | undefined
  readonly grant: (grant: Grant) => void
  readonly refuse: (error: unknown) => void
  isGone?: boolean
}

/**
 * Calls that wait, by priority and then by arrival. A call that is aborted is refused at once and costs its place
 * nothing: it is marked, and skipped when it comes up. One listener per signal, however many calls share it.
 */
export class WaitingQueue<Grant> {
  readonly #ready = new Heap<Waiter<Grant>>((a, b) =>
    a.priority === b.priority ? a.order < b.order : a.priority > b.priority,
  )
  readonly #delayed = new Heap<Waiter<Grant>>((a, b) => a.notBefore < b.notBefore)
  readonly #deadlines = new Heap<Waiter<Grant>>((a, b) => a.deadline < b.deadline)
  readonly #bySignal = new Map<AbortSignal, Set<Waiter<Grant>>>()
  readonly #onEmptied: () => void
  #size = 0

  /** @param onEmptied told when aborts have left nobody waiting. */
  constructor(onEmptied: () => void) {
    this.#onEmptied = onEmptied
  }

  get size(): number {
    return this.#size
  }

  add(waiter: Waiter<Grant>, now: number): void {
    this.#size += 1
    if (waiter.notBefore > now) this.#delayed.push(waiter)
    else this.#ready.push(waiter)
    if (waiter.deadline !== Infinity) this.#deadlines.push(waiter)
    if (waiter.signal) this.#listen(waiter, waiter.signal)
  }

  /** The next to be granted, if it may be at `now`. */
  peek(now: number): Waiter<Grant> | undefined {
    for (let due = this.#delayed.peek(); due && (due.isGone || due.notBefore <= now); due = this.#delayed.peek()) {
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

  /** Takes a waiter out, wherever it stands. */
  take(waiter: Waiter<Grant>): void {
    if (waiter.isGone) return
    waiter.isGone = true
    this.#size -= 1
    if (!waiter.signal) return
    const sharers = this.#bySignal.get(waiter.signal)
    sharers?.delete(waiter)
    if (sharers?.size === 0) {
      this.#bySignal.delete(waiter.signal)
      waiter.signal.removeEventListener('abort', this.#onAbort)
    }
  }

  #listen(waiter: Waiter<Grant>, signal: AbortSignal): void {
    const sharers = this.#bySignal.get(signal)
    if (sharers) {
      sharers.add(waiter)
      return
    }
    this.#bySignal.set(signal, new Set([waiter]))
    signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  readonly #onAbort = ({ target }: Event): void => {
    const signal = target as AbortSignal
    for (const waiter of this.#bySignal.get(signal) ?? []) {
      this.take(waiter)
      waiter.refuse(signal.reason)
    }
    if (this.#size === 0) this.#onEmptied()
  }
}
