import type { Item } from '../../exchange.ts'
import { hasFailed } from '../create/judge-made.ts'

/** What became of an export after a retry. */
export interface Retried {
  readonly before: Item
  readonly after: Item
  /** Whether an export is there that was not there before. */
  readonly isNewThere: boolean
}

function attemptsOf({ attempt_count: count }: Item): number {
  return typeof count === 'number' ? count : 0
}

/** Whether a retry has shown what it does: how it does so, and when, is not documented. */
export function hasRunAgain({ before, after, isNewThere }: Retried): boolean {
  return isNewThere || attemptsOf(after) > attemptsOf(before)
}

/** Whether a retry has had no effect, or more than one. */
export function judgeRetried(retried: Retried): string[] {
  const { before, after, isNewThere } = retried
  const [was, is] = [attemptsOf(before), attemptsOf(after)]
  if (is > was + 1) return [`attempt_count ${is} after one retry, and ${was} before`]
  if (hasRunAgain(retried)) return []
  const isStill = hasFailed(after) || after['status'] === 'ready'
  // It may still wait for its turn.
  if (!isStill) return []
  return [
    `the status ${JSON.stringify(after['status'])} with attempt_count ${is} as before${isNewThere ? '' : ', and no new export'}`,
  ]
}

/** Whether an export is as it was, although its retry was asked for by a request that must not. */
export function judgeUntouched(before: Item, after: Item): string[] {
  const [was, is] = [attemptsOf(before), attemptsOf(after)]
  if (was === is && before['status'] === after['status']) return []
  return [
    `the status ${JSON.stringify(after['status'])} and attempt_count ${is}, where ${JSON.stringify(before['status'])} and ${was} were before: it has been run again`,
  ]
}
