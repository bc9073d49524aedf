/** A fixed window of an account's quota. */
interface WindowSpec {
  readonly name: string;
  /** Requests in a window. */
  readonly limit: number;
  readonly windowMs: number;
}
/**
 * What the processes of an account share: the places that requests take in its quota, and one clock. The whole of it is
 * one function, so that a store for another engine is a transaction around `exchangePlaces`, or the same rule in the
 * engine's own language. `storeChecks` of `@hood-exports/client/testing` say whether it keeps the rule.
 */
interface Store {
  /**
   * Takes in what has ended, and grants places, in one step that no other exchange can come in between.
   * Rejects when the store cannot be reached; whether it took the request in is then unknown, and telling it again is
   * harmless.
   */
  exchange(request: ExchangeRequest): Promise<ExchangeReply>;
}
/** A window of the account, as an exchange gives it. */
interface RequestedWindow extends WindowSpec {
  /** Places to leave to other clients that are expected, proven ones included. Default 0. */
  readonly leave?: number | undefined;
}
/** Every duration is counted from the moment at which the store takes the request in. */
interface ExchangeRequest {
  /** The account's windows, from the shortest to the longest. */
  readonly windows: readonly RequestedWindow[];
  /** Ids of the places that are asked for: unlike all others, for ever. */
  readonly want: readonly string[];
  /** Places whose requests arrived at the API `msAgo` at the latest; below 0: they are not answered yet. */
  readonly arrived: readonly {
    readonly id: string;
    readonly msAgo: number;
  }[];
  /** Places that are given back: the request was refused, or was never sent. */
  readonly freed: readonly string[];
  /** What answers said, at most once of each window. */
  readonly told: readonly WindowTold[];
  /** How long nothing may leave, because of a 429; 0: there was none. */
  readonly closeMs: number;
  /** `exchanges` of the caller's last reply; 0 when that is long ago. */
  readonly seen: number;
}
/** What an answer said of one window. */
interface WindowTold {
  readonly name: string;
  /** Requests in the window. */
  readonly limit: number;
  /** How long ago its request was sent. */
  readonly sentMsAgo: number;
  /** Requests left in the window, the answered one counted. */
  readonly remaining: number;
  /** The window ends between these moments. */
  readonly endsIn?: {
    readonly earliestMs: number;
    readonly latestMs: number;
  } | undefined;
}
interface ExchangeReply {
  /** So many of `want` were granted: the first ones. */
  readonly granted: number;
  /** Until one more may be granted; 0: at once. */
  readonly waitMs: number;
  /** How much longer nothing may leave, because of a 429. */
  readonly closedMs: number;
  /** In the order of the request's windows. */
  readonly windows: readonly WindowReply[];
  /** The last limit that any caller was told: it says which tier the account has. */
  readonly toldLimit?: number | undefined;
  /** Exchanges of the account so far, this one counted. */
  readonly exchanges: number;
  /** Another number than in the last reply: the store has lost places. Tell it again those that still count. */
  readonly epoch: number;
}
interface WindowReply {
  /** Places that are taken, those of other clients included. */
  readonly used: number;
  /** Requests of other clients that answers have proven. */
  readonly strangers: number;
  /** Until the window ends at the latest; absent while that is not known. */
  readonly endsInMs?: number | undefined;
}
/** A client of `ioredis` from 5 on, single or `Cluster`: what of it is used. */
interface IoRedisLike {
  eval(script: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>;
  readonly status: string;
}
/** A client of `redis` from 4 on (node-redis), single or cluster: what of it is used. */
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
 * The places of an account in Redis 5 or newer, in one atomic script and on the server's clock. Both keys of an account
 * are in one slot of a cluster, and expire when it is not used.
 * @throws TypeError for an account without a name
 */
export declare function createRedisStore({ client, account, prefix }: RedisStoreOptions): Store;
export type { IoRedisLike, NodeRedisLike, RedisStoreOptions };