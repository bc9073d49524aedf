import { duplicateName } from '../duplicate-name.ts'
import { jsonOf } from '../exchange.ts'
import type { Answer, NoAnswer } from '../exchange.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { isDocumented } from '../test-request.ts'
import { excerpt, violation } from '../violation.ts'
import type { Violation } from '../violation.ts'

type Law = 'complete-answers' | 'clean-json' | 'secret-tokens'

export const transport: Family<Law, 'transport'> = {
  name: 'transport',
  laws: {
    'complete-answers': {
      expected: 'every request gets a complete answer',
      pointer: POINTERS.list,
      source: 'RFC 9110',
      isSeenIn: () => true,
    },
    'clean-json': {
      expected: 'JSON is UTF-8 without a byte order mark, and no object names a member twice',
      pointer: POINTERS.list,
      source: 'RFC 8259',
      isSeenIn: (answer) => !isFile(answer),
    },
    'secret-tokens': {
      expected: 'no answer repeats a token',
      pointer: '/components/securitySchemes/bearer',
      source: 'S',
      gravity: 'critical',
      isSeenIn: () => true,
    },
  },
  onAnswer: (answer, secrets) => [...judgeSecrets(answer, secrets), ...judgeJson(answer)],
  onRun: ({ noAnswers }) => judgeNoAnswers(noAnswers),
}

/** Shorter tokens are words that an answer may have for another reason. */
const SHORTEST_SECRET = 6
const SEARCHED_BYTES = 100_000

function judgeSecrets({ request, headers, bytes }: Answer, secrets: readonly string[]): Violation<Law>[] {
  const text = `${[...headers].join('\n')}\n${new TextDecoder().decode(bytes.subarray(0, SEARCHED_BYTES))}`
  const isRepeated = secrets.some((secret) => secret.length >= SHORTEST_SECRET && text.includes(secret))
  return isRepeated ? [violation('secret-tokens', request, 'the answer has a token in it')] : []
}

function isFile({ request, status }: Answer): boolean {
  return request.operation === 'download' && status === 200
}

function judgeJson(answer: Answer): Violation<Law>[] {
  const { request, bytes } = answer
  if (!isDocumented(request) || isFile(answer)) return []
  if (jsonOf(answer).kind === 'not-json') {
    const text = excerpt(answer)
    const bom = text.startsWith('\uFEFF') ? 'a byte order mark, or ' : ''
    return [violation('clean-json', request, `${bom}bytes that are no JSON: ${JSON.stringify(text)}`)]
  }
  const name = duplicateName(new TextDecoder().decode(bytes))
  return name === undefined ? [] : [violation('clean-json', request, `an object has "${name}" twice`)]
}

/** A server may close an idle connection at the very moment at which it is used again. */
const TOLERATED = 1

function judgeNoAnswers(noAnswers: readonly NoAnswer[]): Violation<Law>[] {
  const isExcusable = ({ stage }: NoAnswer): boolean => stage === 'connect' || stage === 'head'
  const isExcused = noAnswers.filter(isExcusable).length <= TOLERATED
  return noAnswers
    .filter((one) => !(isExcused && isExcusable(one)))
    .map(({ request, stage, reason }) =>
      violation(
        'complete-answers',
        request,
        stage === 'body' ? `an answer that broke off: ${reason}` : `no answer: ${reason}`,
      ),
    )
}
