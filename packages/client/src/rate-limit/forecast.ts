import type { FixedWindow } from './window.ts'

/**
 * The moment at which the last of `calls` calls could leave, each as early as every window allows.
 * A request in flight is taken to be answered now.
 */
export function forecast(windows: readonly FixedWindow[], now: number, calls: number): number {
  // Beyond this many, only the rate of the slowest window matters.
  const simulated = Math.min(calls, 2_000)
  const frees = windows.map((window) => window.forecast(now))
  const heads = windows.map(() => 0)
  let at = now
  for (let call = 0; call < simulated; call += 1) {
    for (const [index, { spec }] of windows.entries()) {
      const queue = frees[index] as number[]
      // Places taken at `at` are those that free later; with all taken, the first of them must free.
      while (queue.length - (heads[index] as number) >= spec.limit) {
        at = Math.max(at, queue[heads[index] as number] as number)
        heads[index] = (heads[index] as number) + 1
      }
    }
    for (const [index, { spec }] of windows.entries()) (frees[index] as number[]).push(at + spec.windowMs)
  }
  const slowest = Math.max(...windows.map(({ spec }) => spec.windowMs / spec.limit))
  return at + (calls - simulated) * slowest
}
