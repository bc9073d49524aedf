import type { Case } from './cases/case.ts'
import type { Complaint } from './complaint.ts'
import { isSameReading } from './corpus.ts'
import type { Corpus } from './corpus.ts'
import type { Desk } from './desk.ts'
import type { Answer } from './exchange.ts'
import type { Finding } from './findings.ts'
import { LAWS } from './laws.ts'
import type { LawName } from './law.ts'
import { readCorpus } from './survey.ts'

/** Asks cases, judges their answers, and looks twice where the data may have changed in between. */
export interface Examiner {
  /**
   * What the answers of a case break for certain. Undefined: an answer did not come, which the desk has told, or the
   * answers say nothing of the law.
   *
   * @throws BudgetSpent, ProviderLost
   */
  examine(examined: Case): Promise<readonly Finding[] | undefined>
  /** What is known of the items now. */
  readonly corpus: Corpus
}

const ROUNDS = 3
/** What a download may change in its item. */
const CHANGED_BY_DOWNLOADS = ['download_count', 'update_time']

/** @param onLook told which law the next requests are for */
export function createExaminer(desk: Desk, known: Corpus, onLook: (law: LawName) => void): Examiner {
  let corpus = known
  /** Laws that were seen broken beyond doubt: nothing is gained by looking twice again. */
  const broken = new Set<LawName>()

  const ask = async ({ asks }: Case, from: 'remembered' | 'fresh'): Promise<Answer[] | undefined> => {
    const answers: Answer[] = []
    for (const one of asks) {
      const answer = await desk.ask(one, from)
      if (answer === undefined) return undefined
      answers.push(answer)
    }
    return answers
  }

  /** Doubts that stay: they came, and the data was the same before and after. */
  const confirm = async (examined: Case, doubts: readonly Complaint[]): Promise<readonly Complaint[]> => {
    const ignored = LAWS[examined.law].family === 'download' ? CHANGED_BY_DOWNLOADS : []
    let standing = doubts
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { corpus: reread } = await readCorpus(desk, 'fresh')
      if (reread === undefined) return []
      const isSame = isSameReading(corpus, reread, ignored)
      corpus = reread
      if (isSame) return standing
      // They are about what was there before.
      desk.forget()
      const answers = await ask(examined, 'fresh')
      if (answers === undefined) return []
      standing = examined.judge(answers, corpus)
      if (standing.length === 0) return []
    }
    return []
  }

  return {
    examine: async (examined) => {
      onLook(examined.law)
      const answers = await ask(examined, 'remembered')
      if (answers === undefined || examined.isTold?.(answers) === false) return undefined
      const complaints = examined.judge(answers, corpus)
      const proven = complaints.filter(({ evidence }) => evidence === 'answer')
      const doubts = complaints.filter(({ evidence, law }) => evidence === 'comparison' && !broken.has(law))
      const standing = doubts.length === 0 ? [] : await confirm(examined, doubts)
      const certain = [...proven, ...standing]
      for (const { law } of certain) broken.add(law)
      return certain.flatMap((complaint) => {
        const about = examined.asks[complaint.ask ?? 0]
        return about === undefined ? [] : [{ ask: about, complaint }]
      })
    },
    get corpus() {
      return corpus
    },
  }
}
