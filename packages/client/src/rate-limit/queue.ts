/** A call that waits. */
export interface Waiter<Grant> {
  readonly priority: number
  /** Place among equals: the order of arrival, kept by retries. */
  readonly order: number
  readonly enqueuedAt: number
  readonly signal: AbortSignal | undefined
  /** Ends the waiting; with a promise that rejects, too. */
  readonly settle: (grant: Grant | Promise<never>) => void
  /** It waits no longer. */
  isOver?: boolean
}

/**
 * Calls that wait, by priority and then by arrival. A call that is aborted is refused at once and costs its place
 * nothing: it is marked, and skipped when it comes up. One listener per signal, however many calls share it.
 */
export class WaitingQueue<Grant> {
  /** The next one first. Most calls come last, so they are put in from the end. */
  readonly #waiting: Waiter<Grant>[] = []
  readonly #bySignal = new Map<AbortSignal, Waiter<Grant>[]>()
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
    let index = this.#waiting.length
    while (index > 0 && isBefore(waiter, this.#waiting[index - 1] as Waiter<Grant>)) index -= 1
    this.#waiting.splice(index, 0, waiter)
    const { signal } = waiter
    const others = signal && this.#bySignal.get(signal)
    others?.push(waiter)
    if (!signal || others) return
    this.#bySignal.set(signal, [waiter])
    signal.addEventListener('abort', this.#onAbort)
  }

  /** Takes out the next one, for the caller to settle. Call it only while one waits. */
  take(): Waiter<Grant> {
    let waiter = this.#waiting.shift() as Waiter<Grant>
    while (waiter.isOver) waiter = this.#waiting.shift() as Waiter<Grant>
    this.#size -= 1
    const { signal } = waiter
    const others = signal && this.#bySignal.get(signal)
    others?.splice(others.indexOf(waiter), 1)
    if (signal && others?.length === 0) this.#forget(signal)
    return waiter
  }

  #forget(signal: AbortSignal): void {
    this.#bySignal.delete(signal)
    signal.removeEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = ({ target }: Event): void => {
    const signal = target as AbortSignal
    const aborted = this.#bySignal.get(signal) ?? []
    this.#forget(signal)
    for (const waiter of aborted) {
      waiter.isOver = true
      waiter.settle(Promise.reject(signal.reason as Error))
    }
    this.#size -= aborted.length
    if (this.#size === 0) this.#onEmptied()
  }
}

type Turn = Pick<Waiter<never>, 'priority' | 'order'>

function isBefore(one: Turn, other: Turn): boolean {
  return one.priority === other.priority ? one.order < other.order : one.priority > other.priority
}
