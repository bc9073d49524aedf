import type { Complaint } from '../complaint.ts'
import { envelopeOf } from '../exchange.ts'
import type { Answer } from '../exchange.ts'

/** Pages of `size` items, from the first one on, are pieces of the larger page that comes last. */
export function judgeSeams(answers: readonly Answer[], size: number): Complaint[] {
  const pages = answers.map((answer) => (envelopeOf(answer)?.items ?? []).map(({ id }) => id))
  const whole = pages.at(-1) ?? []
  const pieces = pages.slice(0, -1).flat()
  const wrong = whole.findIndex((id, index) => index < pieces.length && id !== pieces[index])
  if (wrong === -1) return []
  const came = `item ${JSON.stringify(pieces[wrong])} at place ${wrong} of pages of ${size}, and ${JSON.stringify(whole[wrong])} there in a larger page`
  return [{ law: 'pages-partition', came, evidence: 'comparison', ask: Math.floor(wrong / size) }]
}
