import type { ExportItem } from '../../export-item.ts'

/** What is known of an export in a destination. */
export interface Entry {
  /** As the API listed it: of a saved file, when that was fetched. */
  readonly item: ExportItem
  /**
   * - `waiting`: not ready when it was looked at; it is looked at again
   * - `wanted`: ready, and its file is to be fetched
   * - `moving`: fetched whole, with its checksum; its file is about to get its name
   * - `saved`: its file is there
   * - `gone`: the API does not give its file any more
   */
  readonly state: 'waiting' | 'wanted' | 'moving' | 'saved' | 'gone'
  /** The name of its file, kept for it from the moment it is wanted; null before, and when its file was deleted. */
  readonly file: string | null
  /** The size of the file that was written last; null as long as there was none. */
  readonly bytes: number | null
  /** Hexadecimal, of those bytes. */
  readonly sha256: string | null
  /** What the destination says of the file, so that a change is noticed; see `FileFacts`. */
  readonly stamp: number | null
  /** When it was saved, in milliseconds since the epoch. */
  readonly savedAtMs: number | null
  /** When it was seen first, in milliseconds since the epoch. */
  readonly seenAtMs: number
  /** When it was looked at last, in milliseconds since the epoch. */
  readonly lookedAtMs: number
  /** Whether a `saved` file was handed to `onSaved` and `onEvent`: that happens at least once for each. */
  readonly announced: boolean
  /** For people: why it waits or is gone. */
  readonly reason: string | null
}

/** An export that was not known. */
export function newEntry(item: ExportItem, nowMs: number): Entry {
  return {
    item,
    state: 'waiting',
    file: null,
    bytes: null,
    sha256: null,
    stamp: null,
    savedAtMs: null,
    seenAtMs: nowMs,
    lookedAtMs: nowMs,
    announced: false,
    reason: null,
  }
}
