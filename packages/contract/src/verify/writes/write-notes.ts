import type { LawName } from '../law.ts'
import type { RunRecord } from '../record.ts'
import type { Notes } from './write-options.ts'

export interface WriteNotesOptions {
  readonly record: RunRecord
  readonly onLook: (law: LawName) => void
  readonly examine: Notes['examine']
  /** Why single laws could not be looked at: written to. */
  readonly reasons: Map<LawName, string>
}

/** Writes everything into the record at once: a budget that is spent loses nothing. */
export function writeNotes({ record, onLook, examine, reasons }: WriteNotesOptions): Notes {
  return {
    examine,
    look: (law, ask, came) => {
      onLook(law)
      const findings = came.map((one) => ({ ask, complaint: { law, came: one, evidence: 'answer' as const } }))
      record.note(findings, [law])
    },
    skip: (laws, reason) => {
      for (const law of laws) reasons.set(law, reason)
    },
  }
}
