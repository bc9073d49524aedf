import type { ExportItem } from '../../export-item.ts'
import type { Clock } from '../../clock.ts'

/** A place that a mirror can fill: `folder`, or what a package of its own makes. */
export interface Destination {
  /** What messages call it, such as the absolute path of a folder. */
  readonly name: string
  /**
   * Takes it for one run, so that no other run works on it.
   * @throws ExportsError `file`, with the code `LOCKED` while another run has it
   */
  open(options: OpenOptions): Promise<Store>
}

export interface OpenOptions {
  /** `plan`: nothing is written, and nothing is locked. */
  readonly mode: 'run' | 'plan'
  /** The file of the manifest. Default: one of the destination's own. */
  readonly state: string | undefined
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}

/** A destination that a run has taken. Names are relative to it. */
export interface Store {
  /** The local file in which the run keeps its manifest, a SQLite database. */
  readonly manifestFile: string
  /** The local folder in which files wait until they are whole. */
  readonly staging: string
  /** `undefined` when there is no such file. */
  stat(file: string): Promise<FileFacts | undefined>
  /** The SHA-256 of a file, hexadecimal; `undefined` when there is none, or when nothing says it. */
  hash(file: string): Promise<string | undefined>
  /** Gives a whole file its name, and takes it out of `staging`. Nothing is overwritten but a version before. */
  place(file: StagedFile): Promise<PlacedFile>
  remove(file: string): Promise<void>
  /** Keeps a whole file that is not taken for the export's, where it can be looked at. @returns its path */
  keepAside?(staged: string, name: string): Promise<string>
  /** What is known of a file without its bytes: which version of which export it is. */
  recognise?(file: string, item: ExportItem): Promise<(FileFacts & { readonly sha256: string }) | undefined>
  /** Called after each file. @param snapshot writes a copy of the manifest into a new file */
  checkpoint(snapshot: (path: string) => void): Promise<void>
  /** Gives the destination back; `broken` when the run has thrown. The manifest is closed already. */
  close(end: 'reached' | 'broken'): Promise<void>
}

export interface FileFacts {
  readonly bytes: number
  /** A number that is another one when the file was changed, such as the time of its last change. */
  readonly stamp: number
}

export interface StagedFile {
  /** The path of the whole file. */
  readonly staged: string
  readonly file: string
  readonly item: ExportItem
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
  /** The checksum of the version before, of an export that was made again. */
  readonly before?: string | undefined
  /** What becomes of that version: it is replaced, or keeps a name of its own. Default `replace`. */
  readonly versions?: 'replace' | 'keep' | undefined
}

export interface PlacedFile {
  /** Default: the time of the last change of the staged file. */
  readonly stamp?: number | undefined
  /** The new name of a changed file that stood in the way. */
  readonly setAside?: string | undefined
  /** The new name of the version before. */
  readonly keptAs?: string | undefined
}
