import { Store } from "./shared.js";
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