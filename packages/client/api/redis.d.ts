/** A log that processes share, and one clock for all of them. */
interface Store {
  /**
   * Appends to the log and reads what is new in it, in one step that nobody can come in between.
   * Rejects when the log cannot be reached; whether anything was appended is then unknown.
   */
  exchange(request: Exchange): Promise<Exchanged>;
}
interface Exchange {
  /** How far the caller has read, as the exchange before said; empty the first time. */
  readonly cursor: string;
  /** Entries to append in any case. */
  readonly reports: readonly string[];
  /** Entries to append after them if nobody has appended anything since the cursor, and the moment has come. */
  readonly claim: Claim | undefined;
  /** How long entries must be kept, in milliseconds. When nobody comes for so long, the log may be dropped. */
  readonly keptMs: number;
}
interface Claim {
  readonly entries: readonly string[];
  /** In milliseconds, on the store's clock. */
  readonly notBeforeMs: number;
}
interface Exchanged {
  /** Milliseconds on the store's clock. */
  readonly nowMs: number;
  readonly cursor: string;
  /** When the log was begun, in milliseconds on the store's clock. */
  readonly begunAtMs: number;
  /** Whether the log was begun anew since the cursor: then `entries` are all it has. */
  readonly isAnew: boolean;
  readonly isClaimed: boolean;
  /** Everything after the cursor in the order of the log, the caller's own included. */
  readonly entries: readonly LogEntry[];
}
interface LogEntry {
  /** When it was appended, in milliseconds on the store's clock. */
  readonly atMs: number;
  readonly text: string;
}
/** A client of `ioredis` 5, single or `Cluster`: what of it is used. */
interface IoRedisLike {
  eval(script: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>;
  readonly status: string;
}
/** A client of `redis` 4 or 5 (node-redis), single or cluster: what of it is used. */
interface NodeRedisLike {
  eval(script: string, options: {
    keys: string[];
    arguments: string[];
  }): Promise<unknown>;
  readonly isOpen: boolean;
}
interface RedisStoreOptions {
  /** A connected client of `ioredis` or `redis`. It stays yours: nothing here connects, closes or configures it. */
  readonly client: IoRedisLike | NodeRedisLike;
  /** Names the account; all processes that use it give the same. Never the token. */
  readonly account: string;
  /** Begins the keys. Default `hood-exports`. */
  readonly prefix?: string | undefined;
}
/**
 * The log of an account in Redis 6.2 or newer, written and read by one atomic script, on the server's clock. Both keys
 * of an account are in one slot of a cluster.
 *
 * Redis away: the calls of a {@link createSharedRateLimiter} go on, each process within its part of the quota.
 */
export declare function createRedisStore({ client, account, prefix }: RedisStoreOptions): Store;
export type { IoRedisLike, NodeRedisLike, RedisStoreOptions };