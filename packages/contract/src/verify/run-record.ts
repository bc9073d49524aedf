import type { Answer, Exchange, NoAnswer } from './exchange.ts'
import type { Recorder, RunFacts } from './law.ts'
import { FAMILIES, LAWS, LAW_NAMES } from './laws.ts'
import type { LawName } from './laws.ts'
import type { Violation } from './violation.ts'

/** What a run has seen so far. */
export interface RunRecord extends RunFacts, Recorder {
  /** Why single laws could not be looked at. */
  readonly reasons: ReadonlyMap<string, string>
  onExchange(exchange: Exchange, manner: 'paced' | 'at-once'): void
  /** Everything that was broken, also in the run as a whole. */
  violations(): readonly Violation[]
  /** Why laws stay open that nothing breaks. */
  doubts(): ReadonlyMap<string, string>
  /** How often each law was looked at: by cases of its own, or in passing. */
  checks(): ReadonlyMap<LawName, number>
}

export interface RecordOptions {
  /** What no answer may repeat. */
  readonly secrets: readonly string[]
  readonly limits: 'on' | 'off'
  readonly onBegin?: (law: string) => void
}

export function createRecord({ secrets, limits, onBegin = () => {} }: RecordOptions): RunRecord {
  const answers: Answer[] = []
  const noAnswers: NoAnswer[] = []
  const atOnce = new Set<Answer>()
  const checked: string[] = []
  const violations: Violation[] = []
  const reasons = new Map<string, string>()
  const facts: RunFacts = { answers, noAnswers, atOnce, limits }
  return {
    ...facts,
    reasons,
    onExchange: (exchange, manner) => {
      if (exchange.kind === 'no-answer') {
        noAnswers.push(exchange)
        return
      }
      answers.push(exchange)
      if (manner === 'at-once') atOnce.add(exchange)
      for (const { onAnswer } of FAMILIES) violations.push(...(onAnswer?.(exchange, secrets) ?? []))
    },
    begin: onBegin,
    check: (laws, broken) => {
      checked.push(...laws)
      violations.push(...broken)
    },
    skip: (laws, reason) => {
      for (const law of laws) reasons.set(law, reason)
    },
    violations: () => [...violations, ...FAMILIES.flatMap(({ onRun }) => onRun?.(facts) ?? [])],
    doubts: () => {
      const all = FAMILIES.flatMap(({ doubts }) => Object.entries(doubts?.(facts) ?? {}))
      return new Map(all.flatMap(([law, reason]) => (reason === undefined ? [] : [[law, reason] as const])))
    },
    checks: () => {
      const counts = Map.groupBy(checked, (law) => law)
      return new Map(
        LAW_NAMES.map((law) => {
          const { isSeenIn } = LAWS[law]
          return [law, isSeenIn ? answers.filter(isSeenIn).length : (counts.get(law)?.length ?? 0)]
        }),
      )
    },
  }
}
