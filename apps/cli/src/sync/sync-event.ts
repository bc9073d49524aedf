/** What happens in a run. */
export type SyncEvent =
  | { readonly type: 'listed'; readonly looked: number; readonly total: number }
  /** What is going to be fetched; bytes as far as sizes are known. */
  | { readonly type: 'planned'; readonly exports: number; readonly bytes: number }
  /** A run that writes nothing: what would be saved, and under which name unless a stranger's file has it. */
  | { readonly type: 'would-save'; readonly id: string; readonly file: string; readonly size: number | null }
  | {
      readonly type: 'progress'
      readonly id: string
      readonly bytes: number
      readonly expectedBytes: number | undefined
    }
  | {
      readonly type: 'saved'
      readonly id: string
      readonly file: string
      readonly bytes: number
      readonly sha256: string
      /** `differs`: the same bytes came twice, and are not as many as the API announces. */
      readonly sizeCheck: 'unknown' | 'matches' | 'differs'
      /** Where a changed file went that had the name. */
      readonly setAside?: string | undefined
    }
  /** Nothing comes through: nothing is sent for a while. */
  | { readonly type: 'paused'; readonly ms: number }
  /** Not ready: looked at again by later runs. */
  | { readonly type: 'waiting'; readonly id: string; readonly reason: string }
  /** The API does not give its file any more. */
  | { readonly type: 'gone'; readonly id: string; readonly reason: string }
  | { readonly type: 'deleted'; readonly id: string; readonly file: string }
  /** It stays wanted, and the next run tries again. Without an id: the list could not be read to its end. */
  | { readonly type: 'failed'; readonly id?: string; readonly error: unknown }

/** Told of everything that happens. What it throws ends the run; of `progress` it must not throw. */
export type OnSyncEvent = (event: SyncEvent) => void | Promise<void>

/** What a run has done. */
export interface SyncResult {
  readonly saved: number
  readonly bytes: number
  readonly deleted: number
  readonly failed: number
  /** Not tried, because what failed would have failed for them, too. */
  readonly left: number
}
