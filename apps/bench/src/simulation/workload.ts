import { draw } from '../random.ts'

/** What programs ask for. */
export type Workload =
  /** All at once. */
  | { readonly kind: 'burst'; readonly calls: number }
  /** Each call needs the answer before it. */
  | { readonly kind: 'pages'; readonly calls: number }
  /** Independent of each other, so many a second on average. */
  | { readonly kind: 'poisson'; readonly calls: number; readonly perSecond: number }
  /** So many at once, again and again. */
  | { readonly kind: 'on-off'; readonly bursts: number; readonly calls: number; readonly everyMs: number }
  /** The same, each time by a process that has just been started. */
  | { readonly kind: 'cron'; readonly jobs: number; readonly calls: number; readonly everyMs: number }
  /** All at once by one process, while another makes one call at a time. */
  | {
      readonly kind: 'beside'
      readonly calls: number
      readonly light: { readonly calls: number; readonly everyMs: number }
    }

/** A call of one of the processes, whose numbers begin with 0. */
export interface DueCall {
  /** In whole milliseconds after the first. */
  readonly askedAt: number
  readonly process: number
}

/** The calls in the order in which they are asked for; `after-the-one-before` for pages. */
export type Demand =
  | { readonly kind: 'at'; readonly calls: readonly DueCall[] }
  | { readonly kind: 'after-the-one-before'; readonly calls: number }

export interface DemandOptions {
  readonly seed: number
  /** That the calls of a burst are dealt out to in turn. */
  readonly processes: number
}

export function demandOf(workload: Workload, { seed, processes }: DemandOptions): Demand {
  const { kind, calls } = workload
  switch (kind) {
    case 'burst':
      return at(calls, (call) => ({ askedAt: 0, process: call % processes }))
    case 'pages':
      return { kind: 'after-the-one-before', calls }
    case 'poisson': {
      let askedAt = 0
      return at(calls, (call) => {
        askedAt += (-Math.log(1 - draw(seed, call, 77)) / workload.perSecond) * 1000
        return { askedAt: Math.round(askedAt), process: 0 }
      })
    }
    case 'on-off':
      return at(workload.bursts * calls, (call) => ({
        askedAt: Math.floor(call / calls) * workload.everyMs,
        process: 0,
      }))
    case 'cron':
      return at(workload.jobs * calls, (call) => {
        const job = Math.floor(call / calls)
        return { askedAt: job * workload.everyMs, process: job }
      })
    case 'beside': {
      const { light } = workload
      const all = [
        ...Array.from({ length: calls }, () => ({ askedAt: 0, process: 0 })),
        ...Array.from({ length: light.calls }, (_, call) => ({ askedAt: call * light.everyMs, process: 1 })),
      ]
      return { kind: 'at', calls: all.toSorted((a, b) => a.askedAt - b.askedAt) }
    }
  }
}

function at(length: number, due: (call: number) => DueCall): Demand {
  return { kind: 'at', calls: Array.from({ length }, (_, call) => due(call)) }
}
