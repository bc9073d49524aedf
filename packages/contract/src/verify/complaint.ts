import type { LawName } from './law.ts'

/** Something that came and was not promised. */
export interface Complaint {
  readonly law: LawName
  /** A sentence: what came. */
  readonly came: string
  /** Which of the requests of its case; default: the first. */
  readonly ask?: number
  /**
   * `answer`: one answer proves it. `comparison`: it contradicts other answers, so the data may just have changed;
   * it counts only when a second reading shows that the data did not.
   */
  readonly evidence: 'answer' | 'comparison'
  /** JSON pointer into the spec, where it is more exact than the law's. */
  readonly pointer?: string
}
