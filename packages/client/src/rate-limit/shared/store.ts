/** A log that processes share, and one clock for all of them. */
export interface Store {
  /**
   * Appends to the log and reads what is new in it, in one step that nobody can come in between.
   * Rejects when the log cannot be reached; whether anything was appended is then unknown.
   */
  exchange(request: Exchange): Promise<Exchanged>
}

export interface Exchange {
  /** How far the caller has read, as the exchange before said; empty the first time. */
  readonly cursor: string
  /** Entries to append in any case. */
  readonly reports: readonly string[]
  /** Entries to append after them if nobody has appended anything since the cursor, and the moment has come. */
  readonly claim: Claim | undefined
  /** How long entries must be kept, in milliseconds. When nobody comes for so long, the log may be dropped. */
  readonly keptMs: number
}

export interface Claim {
  readonly entries: readonly string[]
  /** In milliseconds, on the store's clock. */
  readonly notBeforeMs: number
}

export interface Exchanged {
  /** Milliseconds on the store's clock. */
  readonly nowMs: number
  readonly cursor: string
  /** When the log was begun, in milliseconds on the store's clock. */
  readonly begunAtMs: number
  /** Whether the log was begun anew since the cursor: then `entries` are all it has. */
  readonly isAnew: boolean
  readonly isClaimed: boolean
  /** Everything after the cursor in the order of the log, the caller's own included. */
  readonly entries: readonly LogEntry[]
}

export interface LogEntry {
  /** When it was appended, in milliseconds on the store's clock. */
  readonly atMs: number
  readonly text: string
}
