export { createRedisStore } from './redis-store.ts'
export type { IoRedisLike, NodeRedisLike, RedisStoreOptions } from './redis-store.ts'
