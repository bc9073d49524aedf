/** A process with calls that wait. */
export interface Contestant {
  readonly member: string
  readonly waiting: number
  /** Places that it has had lately. */
  readonly served: number
}

/**
 * How many of `room` places are `member`'s: each goes to whoever has had the fewest, of equals to the first by name.
 * All processes know the same, so they come to the same result.
 */
export function fairShare(member: string, contestants: readonly Contestant[], room: number): number {
  const states = contestants.map((contestant) => ({ ...contestant }))
  let mine = 0
  for (let place = 0; place < room; place += 1) {
    let next: { member: string; waiting: number; served: number } | undefined
    for (const state of states) {
      if (state.waiting > 0 && (!next || isBefore(state, next))) next = state
    }
    if (!next) break
    next.waiting -= 1
    next.served += 1
    if (next.member === member) mine += 1
  }
  return mine
}

function isBefore(a: Contestant, b: Contestant): boolean {
  return a.served === b.served ? a.member < b.member : a.served < b.served
}
