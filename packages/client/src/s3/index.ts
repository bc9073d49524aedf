export { bucket } from './bucket.ts'
export type { BucketOptions } from './bucket.ts'
