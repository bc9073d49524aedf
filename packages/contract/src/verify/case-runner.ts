import { isSameReading } from './account-snapshot.ts'
import type { AccountSnapshot } from './account-snapshot.ts'
import type { Case } from './case.ts'
import { envelopeOf } from './exchange.ts'
import type { Answer } from './exchange.ts'
import { isRefusedOperator, judgeRefusal } from './laws/filter/judge-filter.ts'
import { mayBePastEnd } from './laws/page.ts'
import { FAMILIES, LAWS } from './laws.ts'
import type { LawName } from './laws.ts'
import { textsOf } from './list-query.ts'
import { readAccount } from './read-account.ts'
import type { RunRecord } from './run-record.ts'
import type { Session } from './session.ts'
import { judgeAccepted } from './violation.ts'
import type { Violation } from './violation.ts'

/** Sends cases, judges their answers, and looks twice where the data may have changed in between. */
export interface CaseRunner {
  /**
   * What the answers of a case break for certain; it is not recorded yet. Nothing where an answer did not come, which
   * has been recorded.
   *
   * @throws BudgetSpent, ProviderLost
   */
  examine(one: Case): Promise<readonly Violation[]>
  /** Examines a case, and records what came of it. @throws BudgetSpent, ProviderLost */
  run(one: Case): Promise<void>
  /** What is known of the items now. */
  readonly snapshot: AccountSnapshot
}

const ROUNDS = 3
/** What a download may change in its item. */
const CHANGED_BY_DOWNLOADS = ['download_count', 'update_time']

export function createCaseRunner(session: Session, record: RunRecord, known: AccountSnapshot): CaseRunner {
  let snapshot = known
  /** Laws that were seen broken beyond doubt: nothing is gained by looking twice again. */
  const broken = new Set<string>()

  const answersTo = async (
    { requests, together = 0 }: Case,
    from: 'remembered' | 'fresh',
  ): Promise<readonly Answer[] | undefined> => {
    const answers: Answer[] = []
    const inTurn = requests.slice(0, requests.length - together)
    for (const request of inTurn) {
      const answer = await session.send(request, from)
      if (answer === undefined) return undefined
      answers.push(answer)
    }
    const others = requests.slice(inTurn.length)
    const last = await Promise.all(others.map((request) => session.send(request, 'fresh')))
    return last.every((answer) => answer !== undefined) ? [...answers, ...last] : undefined
  }

  const judge = ({ check }: Case, answers: readonly Answer[]): Violation[] => {
    const inList = (answer: Answer): Violation[] => judgeList(answer, snapshot)
    return check === undefined ? answers.flatMap(inList) : check(answers, { snapshot, judgeList: inList })
  }

  /** Doubts that stay: they came, and the data was the same before and after. */
  const confirm = async (one: Case, doubts: readonly Violation[]): Promise<readonly Violation[]> => {
    const ignored = LAWS[one.law as LawName].family === 'download' ? CHANGED_BY_DOWNLOADS : []
    let standing = doubts
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { snapshot: reread } = await readAccount(session, 'fresh')
      if (reread === undefined) return []
      const isSame = isSameReading(snapshot, reread, ignored)
      snapshot = reread
      if (isSame) return standing
      // They are about what was there before.
      session.forget()
      const answers = await answersTo(one, 'fresh')
      if (answers === undefined) return []
      standing = judge(one, answers)
      if (standing.length === 0) return []
    }
    return []
  }

  const examine = async (one: Case): Promise<readonly Violation[] | undefined> => {
    record.begin(one.law)
    const answers = await answersTo(one, 'remembered')
    if (answers === undefined) return undefined
    const reason = one.inconclusive?.(answers)
    if (reason !== undefined) {
      record.skip([one.law], reason)
      return undefined
    }
    const violations = judge(one, answers)
    const proven = violations.filter(({ evidence }) => evidence === 'answer')
    const doubts = violations.filter(({ evidence, law }) => evidence === 'comparison' && !broken.has(law))
    const certain = [...proven, ...(doubts.length === 0 ? [] : await confirm(one, doubts))]
    for (const { law } of certain) broken.add(law)
    return certain
  }

  return {
    examine: async (one) => (await examine(one)) ?? [],
    run: async (one) => {
      const violations = await examine(one)
      if (violations !== undefined) record.check([one.law], violations)
    },
    get snapshot() {
      return snapshot
    },
  }
}

/** Compares the answer to any well-formed list request with what is known of the account's items. */
function judgeList(answer: Answer, snapshot: AccountSnapshot): Violation[] {
  const { request } = answer
  const { query } = request
  if (query === undefined) throw new Error(`"${request.search}" is no well-formed query`)
  // Half a surrogate pair of the data cannot be sent.
  if (textsOf(query).some((text) => !text.isWellFormed())) return []
  // Whether a page past the last one is a mistake, missing or empty is not documented.
  if ([400, 404].includes(answer.status) && mayBePastEnd(query, snapshot)) return []
  if (isRefusedOperator(answer)) return []
  const refused = [...judgeRefusal(answer, query), ...judgeAccepted(answer)]
  if (refused.length > 0) return refused.slice(0, 1)
  const envelope = envelopeOf(answer)
  // Another shape breaks the spec, which is seen elsewhere.
  if (envelope === undefined) return []
  return FAMILIES.flatMap(({ onList }) => onList?.({ request, query, envelope, snapshot }) ?? [])
}
