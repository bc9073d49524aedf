import type { Sent } from './window-end.ts'

/** A request in one window. */
export interface Entry {
  readonly sent: Sent
  /** What was left after it, as its answer said. */
  remaining: number | undefined
  /** What its answer has told: whether the server has counted it. */
  fate: 'unknown' | 'counted' | 'refused'
  /** An answer has proved that its window is over. */
  isOver: boolean
  /** An end that was over for certain when it was sent, or is proved to have been when it was counted; if any. */
  overBy: number | undefined
  /** The latest moment at which the window ends that has refused it; `Infinity` when none has. */
  endsBy: number
  /** A clock has jumped since: its answer proves nothing. */
  isForgotten: boolean
}

/** A request that has just been sent, of which nothing is proved. */
export function enter(sent: Sent, overBy: number | undefined): Entry {
  return { sent, remaining: undefined, fate: 'unknown', isOver: false, overBy, endsBy: Infinity, isForgotten: false }
}

/** Whether the server has counted it before the later one, in the same window for all that time tells. */
export function isBefore({ sent: { answeredAt }, fate, isOver }: Entry, later: Sent, windowMs: number): boolean {
  return fate === 'counted' && !isOver && answeredAt < later.sentAt && answeredAt + windowMs > later.sentAt
}
