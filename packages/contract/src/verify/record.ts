import type { Case } from './cases/case.ts'
import type { Answer, Broken, Exchange } from './exchange.ts'
import type { Finding } from './findings.ts'
import { judgeAnswer } from './judge-answer.ts'
import type { LawName } from './law.ts'
import { judgeLosses } from './losses.ts'
import { judgeQuota } from './quota.ts'
import { hasForeignTraffic, judgeRefusals } from './refusals.ts'

/** What a run has seen so far. */
export interface RunRecord {
  readonly answers: readonly Answer[]
  /** Requests without a complete answer. */
  readonly losses: readonly Broken[]
  /** Laws that were looked at, one entry for each time. */
  readonly looked: readonly LawName[]
  onExchange(exchange: Exchange, manner: 'paced' | 'at-once'): void
  onExamined(examined: Case, findings: readonly Finding[]): void
  note(findings: readonly Finding[], looked?: readonly LawName[]): void
  /** Everything that was found, also in the run as a whole. */
  findings(): readonly Finding[]
}

export interface RecordOptions {
  /** What no answer may repeat. */
  readonly secrets: readonly string[]
  readonly limits: 'on' | 'off'
}

export function createRecord({ secrets, limits }: RecordOptions): RunRecord {
  const answers: Answer[] = []
  const losses: Broken[] = []
  const atOnce = new Set<Answer>()
  const laws: LawName[] = []
  const findings: Finding[] = []
  return {
    answers,
    losses,
    looked: laws,
    onExchange: (exchange, manner) => {
      if (exchange.kind === 'broken') {
        losses.push(exchange)
        return
      }
      answers.push(exchange)
      if (manner === 'at-once') atOnce.add(exchange)
      findings.push(...judgeAnswer(exchange, secrets).map((complaint) => ({ ask: exchange.ask, complaint })))
    },
    onExamined: (examined, found) => {
      laws.push(examined.law)
      findings.push(...found)
    },
    note: (found, looked = []) => {
      findings.push(...found)
      laws.push(...looked)
    },
    findings: () => [
      ...findings,
      ...judgeLosses(losses),
      ...judgeQuota(answers),
      ...judgeRefusals({ answers, atOnce, hasForeignTraffic: hasForeignTraffic(answers), limits }),
    ],
  }
}
