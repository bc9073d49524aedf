import { isRecord, jsonOf, mediaTypeOf } from './exchange.ts'
import type { Answer } from './exchange.ts'
import type { Ending, OtherAnswer } from './report.ts'
import type { RunRecord } from './run-record.ts'
import type { Session } from './session.ts'
import { listRequest } from './test-request.ts'
import { excerpt } from './violation.ts'

/** Whether there is anything to verify: what stands in the way, or undefined. */
export async function preflight(
  session: Session,
  { answers, noAnswers }: Pick<RunRecord, 'answers' | 'noAnswers'>,
): Promise<Exclude<Ending, { readonly kind: 'completed' | 'budget-spent' }> | undefined> {
  const answer = await session.send(listRequest({}), 'fresh')
  if (answer !== undefined && isRefused(answer)) return { kind: 'token-refused', owner: 'main', status: answer.status }
  if (answer !== undefined) {
    return (await isExportsApi(session, answer)) ? undefined : { kind: 'no-such-api', ...describe(answer) }
  }
  if (answers.length > 0) return { kind: 'quota-exhausted' }
  const last = noAnswers.at(-1)
  const problem = {
    stage: last?.stage ?? 'head',
    reason: last?.reason ?? 'no answer',
    ...(last?.code && { code: last.code }),
  }
  return { kind: noAnswers.some(({ stage }) => stage === 'body') ? 'lost' : 'unreachable', ...problem }
}

/** 401 is what is documented; a gateway may say 403. */
export function isRefused(answer: Answer): answer is Answer & { status: 401 | 403 } {
  return answer.status === 401 || answer.status === 403
}

/** One bad answer is a broken law of an API that is there; so other questions have a say. */
async function isExportsApi(session: Session, first: Answer): Promise<boolean> {
  if (isAsDocumented(first)) return true
  const second = await session.send(listRequest({ view: 'full', page: [1, 1] }), 'fresh')
  if (second !== undefined && isAsDocumented(second)) return true
  // A 404 for a valid token is none of a list, whatever a gateway says to those without one.
  if (first.status >= 300) return false
  const refusal = await session.send(listRequest({}, { kind: 'none' }), 'remembered')
  return refusal?.status === 401 && isAsDocumented(refusal)
}

/** Whether an answer to a list has the shape of one, or that of an error that a list may have, however wrong in detail. */
function isAsDocumented(answer: Answer): boolean {
  const json = jsonOf(answer)
  // JSON that no reader takes is a broken law, too.
  if (json.kind === 'not-json') return answer.status === 200 && hasItems(answer)
  if (!isRecord(json.value)) return false
  const { value } = json
  if (answer.status === 200) return 'items' in value || 'total' in value
  return answer.status >= 400 && answer.status !== 404 && 'code' in value && 'title' in value
}

/** Whether the text of a body, which is no JSON, names the items of a list. */
function hasItems({ bytes }: Answer): boolean {
  return /"items"\s*:/.test(new TextDecoder().decode(bytes))
}

function describe(answer: Answer): OtherAnswer {
  const { status, headers } = answer
  const mediaType = mediaTypeOf(answer)
  const location = headers.get('location')?.replace(/[?#].*/, '')
  if (location !== undefined) return { status, mediaType, location, actual: `${status} to ${location}` }
  const body = excerpt(answer, 80).trim()
  const begins = body === '' ? ' without a body' : `: ${body}`
  return { status, mediaType, actual: `${status} and ${mediaType || 'no content type'}${begins}` }
}
