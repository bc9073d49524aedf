import type { Progress } from './verify/verify.ts'

/** Fewer requests say nothing about the pace. */
const ENOUGH_TO_ESTIMATE = 10

/**
 * What a run is doing, for a terminal: `sort-order: request 57 of 160, about 11 s left`.
 *
 * @param elapsedMs since the run began
 */
export function progressLine({ about, sent, budget }: Progress, elapsedMs: number): string {
  const doing = about === 'account' ? 'reading the exports of the account' : about
  const leftS = Math.ceil(((elapsedMs / sent) * (budget - sent)) / 1_000)
  const left = sent < ENOUGH_TO_ESTIMATE ? '' : `, about ${leftS} s left`
  return `${doing}: request ${sent} of ${budget}${left}`
}
