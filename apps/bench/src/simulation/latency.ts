import { draw } from '../random.ts'

/**
 * How long a request travels, and then its answer, in whole milliseconds.
 * - `constant`: 25 ms.
 * - `uniform`: 5 to 50 ms, each as likely.
 * - `heavy-tailed`: log-normal, median 20 ms, 99th percentile 205 ms.
 */
export type Latency = 'constant' | 'uniform' | 'heavy-tailed'

/** Which way, of which attempt, of which call. */
export interface Trip {
  readonly seed: number
  readonly call: number
  readonly attempt: number
  readonly way: 'there' | 'back'
}

/** The latency of a trip; a retry travels anew. */
export function latencyOf(kind: Latency, { seed, call, attempt, way }: Trip): number {
  const key = [seed, call, attempt, way === 'there' ? 1 : 2]
  switch (kind) {
    case 'constant':
      return 25
    case 'uniform':
      return 5 + Math.floor(46 * draw(...key, 1))
    case 'heavy-tailed': {
      const radius = Math.sqrt(-2 * Math.log(1 - draw(...key, 1)))
      return Math.max(1, Math.round(20 * Math.exp(radius * Math.cos(2 * Math.PI * draw(...key, 2)))))
    }
  }
}
