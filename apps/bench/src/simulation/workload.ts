import { draw } from '../random.ts'

/** What a program asks for. */
export type Workload =
  /** All at once. */
  | { readonly kind: 'burst'; readonly calls: number }
  /** Each call needs the answer before it. */
  | { readonly kind: 'pages'; readonly calls: number }
  /** Independent of each other, so many a second on average. */
  | { readonly kind: 'poisson'; readonly calls: number; readonly perSecond: number }
  /** So many at once, again and again. */
  | { readonly kind: 'on-off'; readonly bursts: number; readonly calls: number; readonly everyMs: number }

/** When each call is asked for, in whole milliseconds; `after-the-one-before` for pages. */
export type Demand =
  | { readonly kind: 'at'; readonly askedAt: readonly number[] }
  | { readonly kind: 'after-the-one-before'; readonly calls: number }

export function demandOf(workload: Workload, seed: number): Demand {
  switch (workload.kind) {
    case 'burst':
      return { kind: 'at', askedAt: Array.from({ length: workload.calls }, () => 0) }
    case 'pages':
      return { kind: 'after-the-one-before', calls: workload.calls }
    case 'poisson': {
      let at = 0
      const askedAt = Array.from({ length: workload.calls }, (_, call) => {
        at += (-Math.log(1 - draw(seed, call, 77)) / workload.perSecond) * 1000
        return Math.round(at)
      })
      return { kind: 'at', askedAt }
    }
    case 'on-off':
      return {
        kind: 'at',
        askedAt: Array.from(
          { length: workload.bursts * workload.calls },
          (_, call) => Math.floor(call / workload.calls) * workload.everyMs,
        ),
      }
  }
}
