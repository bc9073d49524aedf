import type { Ask } from '../ask.ts'
import type { Case } from '../cases/case.ts'
import type { Corpus } from '../corpus.ts'
import type { Holder } from '../credential.ts'
import type { Desk } from '../desk.ts'
import type { LawName } from '../law.ts'
import type { Clock } from '../pace.ts'
import type { Neighbour } from '../survey.ts'

/** What the parts of a run that write have in common. */
export interface WriteOptions {
  readonly desk: Desk
  readonly clock: Clock
  /** As it was read before anything was made. */
  readonly corpus: Corpus
  readonly holders: ReadonlySet<Holder>
  readonly neighbours: readonly Neighbour[]
  /** The quick report to export. */
  readonly reportId: string
  /** In the names of all that is made; no other run has it. */
  readonly marker: string
  readonly notes: Notes
}

/** What is written down. */
export interface Notes {
  /** Asks a case, and judges it. */
  examine(one: Case): Promise<void>
  /** A law was looked at, and this came where it was broken. */
  look(law: LawName, ask: Ask, came: readonly string[]): void
  /** Why laws cannot be looked at. */
  skip(laws: readonly LawName[], reason: string): void
}
