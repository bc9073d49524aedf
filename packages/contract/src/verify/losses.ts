import type { Broken } from './exchange.ts'
import type { Finding } from './findings.ts'

/** An idle connection may be closed at the very moment at which it is used again: that happens to the best. */
const TOLERATED = 1

/** Requests that got no complete answer. */
export function judgeLosses(losses: readonly Broken[]): Finding[] {
  const isExcusable = ({ stage, reason }: Broken): boolean => stage !== 'body' && !reason.startsWith('no complete')
  const excused = losses.filter(isExcusable).length <= TOLERATED
  return losses
    .filter((loss) => !(excused && isExcusable(loss)))
    .map(({ ask, stage, reason }) => {
      const came = stage === 'body' ? `an answer that broke off: ${reason}` : `no answer: ${reason}`
      return { ask, complaint: { law: 'complete-answers', came, evidence: 'answer' } }
    })
}
