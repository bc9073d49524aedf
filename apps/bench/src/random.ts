/**
 * A number from 0 up to 1 that is drawn by its key: the same for the same integers, in whatever order they are asked
 * for. So every contender meets the same latencies, however it schedules its calls.
 */
export function draw(...key: readonly number[]): number {
  let hash = 0x9e3779b9
  for (const part of key) {
    hash = Math.imul(hash ^ part, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}
