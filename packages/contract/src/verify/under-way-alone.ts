import type { Answer } from './exchange.ts'
import { accountOf } from './pace.ts'

/**
 * Answers to requests that no other one of their account was under way beside. It cannot be told of the others
 * which the provider counted first.
 */
export function underWayAlone(answers: readonly Answer[]): readonly Answer[] {
  const byAccount = Map.groupBy(answers, ({ ask }) => accountOf(ask.credential))
  return answers.filter((one) =>
    byAccount
      .get(accountOf(one.ask.credential))
      ?.every((other) => other === one || other.headAtMs <= one.sentAtMs || one.headAtMs <= other.sentAtMs),
  )
}
