import { PEERS } from '../contenders/index.ts'
import type { Bar } from './bar.ts'
import type { Described, Scenario } from './scenario.ts'

/** What is different in the world of a row. */
export interface Variant {
  readonly label: string
  readonly world: Partial<Omit<Scenario, 'described'>>
}

/** A contender in the section's world. */
export interface Row {
  readonly contender: string
  /** What the headers describe; the other libraries do not read them. */
  readonly described: Described
  readonly variant?: Variant | undefined
  readonly maxInFlight?: number | undefined
  readonly bar?: Bar | undefined
}

/** A table. */
export interface Section {
  readonly id: string
  readonly title: string
  /** What its columns show. */
  readonly shows: 'ratio' | 'beyond' | 'wait' | 'light' | 'processes' | 'strangers'
  readonly scenario: Omit<Scenario, 'described'>
  /** Fewer runs are made: one of them takes a second of computing instead of some hundredths, or there are many rows. */
  readonly isSlow?: boolean
  readonly rows: readonly Row[]
}

export const HEADERS: readonly Described[] = ['longest', 'fewer-left', 'tightest', 'none']
/** Those that describe the minute at least when it is nearly used up. */
export const MINUTE_HEADERS: readonly Described[] = ['longest', 'fewer-left']

export const UNIFORM = { latency: 'uniform', start: 'clock' } as const
export const BURST = { kind: 'burst', calls: 1_000 } as const

/** Rows of every other way to keep the quota. */
export const peers: readonly Row[] = PEERS.map(({ name }) => ({ contender: name, described: 'longest' }))

/** The same without octokit, which takes seconds for a run, and without longer windows. */
export const documentedPeers: readonly Row[] = peers.filter(({ contender }) => !/\+5 %$|^octokit/.test(contender))

/** The plain loop, and the library that comes closest to us. */
export const fewPeers: readonly Row[] = peers.filter(({ contender }) => /^(naive|p-queue)/.test(contender))

/** Rows of ours: `bar` by what the headers describe. */
export function ours(
  bar?: (described: Described) => Bar,
  { headers = HEADERS, contender = 'ours' }: { headers?: readonly Described[]; contender?: string } = {},
): Row[] {
  return headers.map((described) => ({ contender, described, bar: bar?.(described) }))
}

/** Each of the rows in the world of a variant. */
export function inWorld(variant: Variant, rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, variant }))
}
