import type { Family, LawName } from '../law.ts'
import { LAWS } from '../laws.ts'
import { countMade, tryToCreate } from './create-course.ts'
import { tryToRetry } from './retry-course.ts'
import type { WriteOptions } from './write-options.ts'

/** Requests that a run with writes needs beside all others, at most. */
export const WRITE_COST = 75

/** The families of laws that are looked at only where writes are allowed. */
export const WRITING: readonly Family[] = ['create', 'retry']

/** Makes exports, and runs some again: only those that the run has made itself, or that have failed. */
export async function write(options: WriteOptions, selected: ReadonlySet<LawName>): Promise<void> {
  const isSelected = (family: Family): boolean => [...selected].some((law) => LAWS[law].family === family)
  const created = isSelected('create') ? await tryToCreate(options) : { tried: [], items: [] }
  if (isSelected('retry')) await tryToRetry(options, created.items)
  if (created.tried.length > 0) await countMade(options, created)
}
