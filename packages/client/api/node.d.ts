import { Clock, Download, DownloadOptions, ExportItem, ExportsClient, Store } from "./shared.js";
/** An id, which costs one more request for the name, or an item that has been read already. */
type SaveTarget = string | (Pick<ExportItem, "id"> & Partial<Pick<ExportItem, "name" | "extension" | "size">>);
interface SaveOptions extends DownloadOptions {
  /** Where the file goes; must exist. Default: the working directory. */
  readonly directory?: string | undefined;
  /** Without it, the export's name and extension, made safe. With separators in it, it is refused. */
  readonly fileName?: string | undefined;
  /** When there is such a file: refuse before anything is sent, replace it, or save beside it. Default `fail`. */
  readonly ifExists?: "fail" | "overwrite" | "rename" | undefined;
  /** What other than `size` bytes means. Its unit is not documented, so it is reported, not judged. Default `report`. */
  readonly onSizeMismatch?: "report" | "fail" | undefined;
}
/** A file that is there, whole and flushed. */
interface SavedExport {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of what was written; hexadecimal. */
  readonly sha256: string;
  readonly sizeCheck: Download["sizeCheck"];
  readonly contentType: string | undefined;
}
/**
 * Downloads an export into a file. Until it is complete it has a name of its own that ends in `.part`; a failed or
 * aborted download leaves nothing behind.
 *
 * @throws ExportsError as `download`; `file` when it exists or cannot be written; `size-mismatch` when asked for.
 */
export declare function saveExport(client: Pick<ExportsClient, "get" | "download">, target: SaveTarget, options?: SaveOptions): Promise<SavedExport>;
interface PlaceFileOptions {
  /** Where the whole file is, on the file system of `path`. */
  readonly staged: string;
  /** The name that it gets. */
  readonly path: string;
  /**
   * Asked when a file has the name already: the name to try next, which may be the same once that file was moved away;
   * `undefined` when the file that is there will do.
   */
  readonly onTaken: (path: string) => Promise<string | undefined>;
}
/**
 * Gives a whole file its name, and makes the name durable. Nothing that is there is overwritten, also when another
 * process takes the name at the same moment.
 * @returns the name.
 */
export declare function placeFile({ staged, path, onTaken }: PlaceFileOptions): Promise<string>;
/**
 * A file name that is one on every system and stays in its directory, from an export's name, which may hold anything.
 * Names that are allowed stay as they are, in every script.
 */
export declare function safeFileName(name: string, extension?: string | null): string;
/**
 * The channel of `node:diagnostics_channel` that every client publishes its events to, for programs that watch the
 * process: `subscribe(DIAGNOSTICS_CHANNEL, (event) => …)`. Its messages are `ExportsEvent`s.
 */
export declare const DIAGNOSTICS_CHANNEL = "hood-exports";
interface FileStoreOptions {
  /** Made where there is none, for its owner alone, as are missing folders. On a disk of this machine. */
  readonly file: string;
  /** Names the account; all processes that use it give the same. Never the token. */
  readonly account: string;
  /** All processes share its `wallNow()`. Default: the system's. */
  readonly clock?: Clock | undefined;
}
interface FileStore extends Store {
  /** Closes the file; the next exchange opens it again. */
  close(): void;
}
/**
 * The places of an account in a file, for all processes of a machine: no server, and nothing to clean up after a crash.
 * Needs `node:sqlite`, which Node has from 22.13 on. Waiting for another process blocks, for half a second at most.
 *
 * A file that is broken, or was made by another program or a newer version, is left as it is: every exchange rejects with an error that
 * says so, and a limiter goes on in its part of the quota. A file of an older layout is emptied: what it tells is past in
 * a minute.
 * @throws TypeError for an account without a name; Error where there is no `node:sqlite`
 */
export declare function createFileStore({ file, account, clock }: FileStoreOptions): FileStore;
export type { FileStore, FileStoreOptions, PlaceFileOptions, SaveOptions, SaveTarget, SavedExport };