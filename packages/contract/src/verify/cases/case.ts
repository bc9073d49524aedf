import type { Ask } from '../ask.ts'
import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import type { Holder } from '../credential.ts'
import type { Answer } from '../exchange.ts'
import type { LawName } from '../law.ts'
import { judgeList } from '../oracle/judge-list.ts'
import type { Random } from '../random.ts'
import type { Neighbour } from '../survey.ts'

/** A few requests, and what must hold for their answers. Pure: it neither sends nor waits. */
export interface Case {
  /** The law that it is about; its answers may break others as well. */
  readonly law: LawName
  readonly asks: readonly Ask[]
  /** One answer per request, in their order. */
  readonly judge: (answers: readonly Answer[], corpus: Corpus) => Complaint[]
  /** Whether the answers say anything of the law. Default: they do. */
  readonly isTold?: (answers: readonly Answer[]) => boolean
}

/** What cases are made from. */
export interface World {
  readonly corpus: Corpus
  readonly holders: ReadonlySet<Holder>
  readonly neighbours: readonly Neighbour[]
  readonly random: Random
}

/** A well-formed list, held against everything that is known. */
export function listCase(law: LawName, ask: Ask): Case {
  return { law, asks: [ask], judge: ([answer], corpus) => (answer ? judgeList(answer, corpus) : []) }
}
