import type { Filter } from '../../filter.ts'

/** A file that is in its place, whole. */
export interface SavedFile {
  readonly id: string
  /** As the export is called. */
  readonly name: string | null
  readonly resource: string
  /** Its name in the destination. */
  readonly file: string
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
  /** `differs`: the same bytes came twice, and are not as many as the API announces. */
  readonly sizeCheck: 'unknown' | 'matches' | 'differs'
  /** Where a changed file went that had the name. */
  readonly setAside?: string | undefined
  /** Where the version before went, with `versions: 'keep'`. */
  readonly keptAs?: string | undefined
}

/** What happens in a run. */
export type MirrorEvent =
  | { readonly type: 'listed'; readonly looked: number; readonly total: number }
  /** The API refuses this filter with a 400: the list is read without it, and checked here. */
  | { readonly type: 'filter-refused'; readonly filter: Filter }
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
  /** At least once for each file: again when a run was killed before it had ended with this one. */
  | ({ readonly type: 'saved' } & SavedFile)
  /** Nothing comes through: nothing is sent for a while. */
  | { readonly type: 'paused'; readonly ms: number }
  /** Not ready: looked at again by later runs. */
  | { readonly type: 'waiting'; readonly id: string; readonly reason: string }
  /** The API does not give its file any more. */
  | { readonly type: 'gone'; readonly id: string; readonly reason: string }
  | { readonly type: 'deleted'; readonly id: string; readonly file: string }
  /** It stays wanted, and the next run tries again. Without an id: the list could not be read to its end. */
  | { readonly type: 'failed'; readonly id?: string; readonly error: unknown }

/** Told of everything that happens, and awaited. What it throws ends the run. */
export type OnMirrorEvent = (event: MirrorEvent) => void | Promise<void>

/** What a run has done. */
export interface MirrorResult {
  /** Files that are new or newer. */
  readonly saved: number
  /** Their size. */
  readonly bytes: number
  readonly deleted: number
  readonly failed: number
  /** Not tried, because what failed would have failed for them, too. */
  readonly left: number
}
