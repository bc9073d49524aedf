import type { Failure } from '../verify/findings.ts'

/** What follows the sentence of a failure that was seen more often than once: ` (and 2 more like it)`. */
export function moreAlike({ times }: Failure): string {
  return times > 1 ? ` (and ${times - 1} more like it)` : ''
}
