import type { ExportItem } from '../../export-item.ts'

type Version = Pick<ExportItem, 'update_time' | 'attempt_count' | 'size'>

/**
 * Whether an export was made again under its id since its file was fetched: `certain` when it was attempted again or
 * has another size, `possible` when only its `update_time` is new, for which the API may have other reasons.
 */
export function isRemade(then: Version, now: Version): 'no' | 'possible' | 'certain' {
  if (then.attempt_count !== now.attempt_count || then.size !== now.size) return 'certain'
  return then.update_time === now.update_time ? 'no' : 'possible'
}

/** Names a version of an export: another one for what `isRemade` takes for another. */
export function versionOf({ attempt_count: attempts, size, update_time: updateTime }: Version): string {
  return JSON.stringify([attempts, size, updateTime])
}
