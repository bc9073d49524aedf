import { UsageError } from '@hood-exports/command-line'

export type ConditionFlag = '--where' | '--until' | '--unless'

/** A condition as it was given. */
export interface Given {
  readonly text: string
  readonly flag: ConditionFlag
  /** What times such as `7d` count back from, in milliseconds since the epoch. */
  readonly nowMs: number
}

/** The refusal of a condition, with the rule that it breaks and the way out. */
export function refuse({ text, flag }: Given, rule: string): UsageError {
  return new UsageError(`${flag} ${JSON.stringify(text)} ${rule}`)
}
