import type { IHttpResponse } from '@stoplight/prism-http'
import { bytesBody, errorAnswer, withHeaders } from '@hood-exports/provider'
import type { Answer, AnswerBody, AnswerHeaders } from '@hood-exports/provider'
import { withReason } from './reason.ts'
import type { Preference } from './preference.ts'
import type { Engine, EngineAnswer } from './prism.ts'
import type { EngineRequest } from './request.ts'

/** What a document answers, ready to be sent. */
export interface Answers {
  /** From memory when the same was asked before; through Prism the first time. */
  of(request: EngineRequest, preference: Preference): Promise<Answer>
  /** The documented answer with that status, or one in the same shape. */
  error(status: number, reasons: string | readonly string[], request?: EngineRequest): Promise<Answer>
}

export interface AnswersOptions {
  readonly engine: Engine
  /** For dynamic answers that name none: the same request gets the same answer. */
  readonly seed: number
}

const MAX_REMEMBERED = 2_000
const MAX_KEY_LENGTH = 2_000

export function createAnswers({ engine, seed }: AnswersOptions): Answers {
  const remembered = new Map<string, Answer>()

  const error: Answers['error'] = async (status, reasons, request) => {
    const near = request && engine.operations.find(request.method, request.path)
    const example = await engine.example(status, near)
    if (example !== undefined) return withReason(answerOf(example), reasons)
    return withReason(withHeaders(errorAnswer(status), await quotaExample(engine)), reasons)
  }

  const settle = async (request: EngineRequest, answer: EngineAnswer): Promise<Answer> => {
    switch (answer.kind) {
      case 'answer':
        return withReason(answerOf(answer.response), answer.reasons)
      case 'no-such-answer':
        return error(400, `Prefer asks for what the document does not have: ${answer.detail}`, request)
      case 'no-such-path':
        return error(404, `"${request.path}" is not a path of this API`)
      case 'no-such-method': {
        const allow = answer.allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
        return withHeaders(await error(405, `"${request.method}" is not a method of this path; use ${allow}`), {
          allow,
        })
      }
      case 'undocumented':
        return error(answer.status, answer.reasons, request)
      default:
        return answer satisfies never
    }
  }

  return {
    error,
    of: async (request, preference) => {
      const key = keyOf(request, preference)
      const known = key === undefined ? undefined : remembered.get(key)
      if (known !== undefined) return known
      const seeded =
        preference.dynamic === true ? { seed: `${seed} ${request.path}?${request.search}`, ...preference } : preference
      const answer = await settle(request, await engine.answer(request, seeded))
      if (key !== undefined) {
        if (remembered.size >= MAX_REMEMBERED) remembered.clear()
        remembered.set(key, answer)
      }
      return answer
    },
  }
}

/** Everything of a request that Prism sees; undefined for one that is not worth remembering. */
function keyOf({ method, path, search, headers, body }: EngineRequest, preference: Preference): string | undefined {
  if (body !== undefined) return undefined
  const key = `${method} ${path}?${search}\n${JSON.stringify(headers)}\n${JSON.stringify(preference)}`
  return key.length > MAX_KEY_LENGTH ? undefined : key
}

/** Every answer that is not a 429 carries the quota: where none is counted, the document's example of it. */
async function quotaExample(engine: Engine): Promise<AnswerHeaders> {
  const example = await engine.example(400)
  return Object.fromEntries(
    Object.entries(example === undefined ? {} : answerOf(example).headers).filter(([name]) =>
      name.startsWith('x-ratelimit-'),
    ),
  )
}

function answerOf({ statusCode, headers, body }: IHttpResponse): Answer {
  // Typed as text, but an example of a number is one.
  const examples: Readonly<Record<string, unknown>> = headers ?? {}
  const lowerCase = Object.fromEntries(
    Object.entries(examples).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
  return { status: statusCode, headers: lowerCase, body: bodyOf(statusCode, lowerCase['content-type'] ?? '', body) }
}

/** A file is sent in chunks, as the vendor does; whatever else there is, at once. */
function bodyOf(status: number, mediaType: string, body: unknown): AnswerBody {
  if (typeof body !== 'string') return bytesBody(body === undefined || body === null ? '' : JSON.stringify(body))
  if (mediaType.includes('json')) return bytesBody(JSON.stringify(body))
  const isFile = status >= 200 && status < 300 && body !== ''
  if (!isFile) return bytesBody(body)
  const lines = (body.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => Buffer.from(line))
  return { kind: 'chunks', chunks: () => lines }
}
