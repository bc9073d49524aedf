import { conform } from '../conform.ts'
import type { Deviation } from '../conform.ts'
import { jsonOf, mediaTypeOf } from './exchange.ts'
import type { Answer } from './exchange.ts'
import { isDocumented } from './test-request.ts'
import type { Violation } from './violation.ts'
import { violation } from './violation.ts'

const known = new WeakMap<Answer, readonly Deviation[]>()

/** How an answer differs from the spec. What HEAD answers is not documented, nor what GET does where the API has POST. */
function deviationsOf(answer: Answer): readonly Deviation[] {
  const { request, status, headers, bytes } = answer
  if (!isDocumented(request)) return []
  const isFile = request.operation === 'download' && status === 200
  const body = isFile ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const deviations = known.get(answer) ?? conform(request.operation, { status, headers, body })
  known.set(answer, deviations)
  return deviations
}

/** The deviations that a law is about. */
export function judgeDeviations<Law extends string>(
  law: Law,
  answer: Answer,
  isOfLaw: (deviation: Deviation) => boolean,
): Violation<Law>[] {
  const isJson = jsonOf(answer).kind === 'json'
  const deviations = deviationsOf(answer)
    // That the body is no JSON is seen by another law.
    .filter((deviation) => isOfLaw(deviation) && !(deviation.part === 'body' && !isJson))
  return joined(deviations).map(({ pointer, part, path = '', message }) => {
    const [, member] = /^\/items\/\d+\/([^/]+)/.exec(path) ?? []
    return {
      ...violation(law, answer.request, message),
      pointer,
      ...(member !== undefined && { members: [member] }),
      ...(part === 'media-type' && { cause: isJson ? `media type ${mediaTypeOf(answer)}` : noJsonCause(answer) }),
    }
  })
}

/** Pages in place of errors are one failure, whatever their media types. */
export function noJsonCause({ status }: Answer): string {
  return status >= 400 ? 'no JSON in errors' : `no JSON in a ${status}`
}

/** A body of another shape is one deviation, whatever it lacks; values of its items are one each. */
function joined(deviations: readonly Deviation[]): Deviation[] {
  const isOfShape = ({ part, path = '' }: Deviation): boolean => part === 'body' && !path.startsWith('/items/')
  const [first, ...others] = deviations.filter(isOfShape)
  const message = [first, ...others].map((one) => one?.message).join('; ')
  return [...(first === undefined ? [] : [{ ...first, message }]), ...deviations.filter((one) => !isOfShape(one))]
}

/** Whether a deviation is about what a body says, and not about the status or a header. */
export function isOfBody({ part }: Deviation): boolean {
  return part === 'body' || part === 'media-type'
}
