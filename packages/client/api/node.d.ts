import { Clock, Destination, Download, DownloadOptions, ExportItem, ExportsClient, FileFacts, Filter, OpenOptions, PlacedFile, StagedFile, Store as Store$1, Store$1 as Store } from "./shared.js";
/** An id, which costs one more request for the name, or an item that has been read already. */
type SaveTarget = string | (Pick<ExportItem, "id"> & Partial<Pick<ExportItem, "name" | "extension" | "size">>);
interface SaveOptions extends DownloadOptions {
  /** Where the file goes; must exist. Default: the working directory. */
  readonly directory?: string | undefined;
  /** Without it, the export's name and extension, made safe. With separators in it, it is refused. */
  readonly fileName?: string | undefined;
  /**
   * When there is such a file: refuse before anything is sent, replace it, save beside it, or take it for the export's
   * without a download, whatever is in it. Default `fail`.
   */
  readonly ifExists?: "fail" | "overwrite" | "rename" | "skip" | undefined;
  /** What other than `size` bytes means. Its unit is not documented, so it is reported, not judged. Default `report`. */
  readonly onSizeMismatch?: "report" | "fail" | undefined;
}
/** A file that is there, whole and flushed. */
interface SavedExport {
  readonly id: string;
  /** `skipped`: it was there already, and `ifExists` is `skip`. */
  readonly outcome: "saved" | "skipped";
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
/** A file that is in its place, whole. */
interface SavedFile {
  readonly id: string;
  /** As the export is called. */
  readonly name: string | null;
  readonly resource: string;
  /** Its name in the destination. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** `differs`: the same bytes came twice, and are not as many as the API announces. */
  readonly sizeCheck: "unknown" | "matches" | "differs";
  /** Where a changed file went that had the name. */
  readonly setAside?: string | undefined;
  /** Where the version before went, with `versions: 'keep'`. */
  readonly keptAs?: string | undefined;
}
/** What happens in a run. */
type MirrorEvent = {
  readonly type: "listed";
  readonly looked: number;
  readonly total: number;
} | {
  readonly type: "filter-refused";
  readonly filter: Filter;
} | {
  readonly type: "planned";
  readonly exports: number;
  readonly bytes: number;
} | {
  readonly type: "would-save";
  readonly id: string;
  readonly file: string;
  readonly size: number | null;
} | {
  readonly type: "progress";
  readonly id: string;
  readonly bytes: number;
  readonly expectedBytes: number | undefined;
} | ({
  readonly type: "saved";
} & SavedFile) | {
  readonly type: "paused";
  readonly ms: number;
} | {
  readonly type: "waiting";
  readonly id: string;
  readonly reason: string;
} | {
  readonly type: "gone";
  readonly id: string;
  readonly reason: string;
} | {
  readonly type: "deleted";
  readonly id: string;
  readonly file: string;
} | {
  readonly type: "failed";
  readonly id?: string;
  readonly error: unknown;
};
/** Told of everything that happens, and awaited. What it throws ends the run. */
type OnMirrorEvent = (event: MirrorEvent) => void | Promise<void>;
/** What a run has done. */
interface MirrorResult {
  /** Files that are new or newer. */
  readonly saved: number;
  /** Their size. */
  readonly bytes: number;
  readonly deleted: number;
  readonly failed: number;
  /** Not tried, because what failed would have failed for them, too. */
  readonly left: number;
}
/**
 * Members that an export keeps from its first moment to its last. That names and descriptions can be changed is not
 * documented, and neither that they cannot: they are not among them.
 */
export declare const LASTING_MEMBERS: readonly ["id", "company_id", "creator_id", "resource", "create_time"];
/** What a mirror may ask of the API: an export that it did not list because of its status would be lost when it is ready. */
type MirrorFilter = Pick<Filter, (typeof LASTING_MEMBERS)[number]>;
/** What a run asks of a client. */
type MirrorClient = Pick<ExportsClient, "get" | "listAll" | "download" | "baseUrl">;
/** How a run works, whatever it is for. */
interface RunOptions {
  /** `fetch`: a saved file that is not there any more is fetched again; `keep`: it is done. Default `fetch`. */
  readonly removed?: "fetch" | "keep" | undefined;
  /**
   * What another size than the announced one means, when two downloads have the same bytes: it is reported, or wrong.
   * The unit is not documented; `auto` takes it for wrong once five files had exactly their size. Default `auto`.
   */
  readonly onSizeMismatch?: "auto" | "report" | "fail" | undefined;
  /** `keep`: when an export was made again, its file before gets `(before)` in its name. Default `replace`. */
  readonly versions?: "replace" | "keep" | undefined;
  /** What to do when exports are missing at the end: reject with `incomplete`, or only count them. Default `fail`. */
  readonly onIncomplete?: "report" | "fail" | undefined;
  /** Downloads at once. Whole; default 4. */
  readonly concurrency?: number | undefined;
  /** Milliseconds for which the run goes on while nothing comes through. Default 300,000. */
  readonly retryForMs?: number | undefined;
  /** Milliseconds without a byte after which a download fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** Ends the run: it rejects with `aborted`, and the next one goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Paths of files, such as `{create_time:YYYY/MM}/{resource}/{id}-{name}`: members of an export in braces, with `{id}`
   * among them, and parts of its `create_time`. What is saved keeps its path. Default: the export's name.
   */
  readonly path?: string | undefined;
  /** The file of the manifest, a SQLite database. Default: `.hood-exports/manifest.sqlite` in the folder. */
  readonly state?: string | undefined;
  /** Awaited for each new file before it counts as done: when it rejects, the next run hands the file over again. */
  readonly onSaved?: ((file: SavedFile) => void | Promise<void>) | undefined;
  /** Called with every event, and awaited; what it throws ends the run. */
  readonly onEvent?: OnMirrorEvent | undefined;
  /** Time. Default: the system's. */
  readonly clock?: Clock | undefined;
}
interface MirrorOptions extends RunOptions {
  /** Only these exports, asked of the API: by what an export keeps from its first moment to its last. */
  readonly filter?: MirrorFilter | undefined;
  /** Only exports that meet this when they are ready. Another function needs another `selection`. */
  readonly where?: ((item: ExportItem) => boolean) | undefined;
  /** Only exports that were created since; `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, in GMT. */
  readonly since?: Date | string | undefined;
  /**
   * Names the choice of exports. With another name the list is read anew; without a change it is read down to where the
   * last run has been. Default: what `filter`, `since` and the text of `where` make.
   */
  readonly selection?: string | undefined;
  /** `all`: the whole list is read, and what was gone is asked for once more. Default `new`. */
  readonly extent?: "new" | "all" | undefined;
  /** `yes`: files whose export has expired and that the API gives no more are deleted, unless changed. Default `no`. */
  readonly deleteExpired?: "no" | "yes" | undefined;
  /** `plan`: nothing is fetched and nothing written; events say what a run would save. Default `run`. */
  readonly mode?: "run" | "plan" | undefined;
}
/**
 * Keeps a destination in step with the exports that are ready: each file once, whole, and judged by what it is. What
 * fails is tried again; what still fails, or is not ready, the next run takes up. Only one run at a time has a
 * destination.
 *
 * @param destination the path of a folder, made when it is not there, or another destination
 * @throws ExportsError `incomplete` when exports are missing at the end; `file` when the destination cannot be used,
 * with the code `LOCKED` while another run has it and `OTHER_ACCOUNT` when it has the exports of another account;
 * `invalid-options`; `aborted`; and what would fail for every export, such as `unauthorized`
 */
export declare function mirror(client: MirrorClient, destination: string | Destination, options?: MirrorOptions): Promise<MirrorResult>;
/**
 * Saves these exports as `mirror` does, and no others: each once, also over several runs, with the names that a mirror
 * of the same destination gives them.
 *
 * @throws ExportsError as `mirror`; `incomplete` also when an export is not ready or is not there
 */
export declare function saveAll(client: MirrorClient, ids: readonly string[], destination: string | Destination, options?: RunOptions): Promise<MirrorResult>;
/** What a path can be made of: what an export keeps, so that a mirror made anew has the same paths. */
declare const MEMBERS: readonly ["id", "name", "resource", "extension", "create_time", "company_id", "creator_id"];
type Member = (typeof MEMBERS)[number];
/** What is known of an export whose file gets a name. */
type Named = {
  readonly id: string;
} & { readonly [Each in Member]?: string | null | undefined; };
/**
 * The name that a mirror gives to the file of an export, if no other has it.
 * @param template as the option `path` of `mirror`
 * @throws ExportsError `invalid-options` for what is no template
 */
export declare function fileNameOf(item: Named, template?: string): string;
/**
 * A folder, made when it is not there. What a mirror keeps for itself is in `.hood-exports` in it: the manifest, which
 * others can read at all times, the lock, which ends with the process, and files on their way.
 */
export declare function folder(path: string): Destination;
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
interface FileStore extends Store$1 {
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
 * @throws TypeError for an account without a name; ExportsError `file` where there is no `node:sqlite`
 */
export declare function createFileStore({ file, account, clock }: FileStoreOptions): FileStore;
export type { Destination, FileFacts, FileStore, FileStoreOptions, MirrorClient, MirrorEvent, MirrorFilter, MirrorOptions, MirrorResult, OnMirrorEvent, OpenOptions, PlaceFileOptions, PlacedFile, RunOptions, SaveOptions, SaveTarget, SavedExport, SavedFile, StagedFile, Store };