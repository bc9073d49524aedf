import { noJsonCause } from '../deviations.ts'
import { jsonOf, mediaTypeOf } from '../exchange.ts'
import type { Answer, NoAnswer } from '../exchange.ts'
import { POINTERS } from '../law.ts'
import type { Family, RunFacts } from '../law.ts'
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
      expected:
        'JSON is UTF-8 without a byte order mark, no text has half a surrogate pair, and no object names a member twice',
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
  onRun: judgeNoAnswers,
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

/** What is shown before the byte that breaks JSON. */
const EXCERPT_BYTES = 40

function judgeJson(answer: Answer): Violation<Law>[] {
  const { request, bytes } = answer
  if (!isDocumented(request) || isFile(answer)) return []
  const json = jsonOf(answer)
  if (json.kind === 'not-json') {
    const start = Math.max(0, json.byte - EXCERPT_BYTES)
    const around = `${start > 0 ? '…' : ''}${excerpt({ bytes: bytes.subarray(start) })}`
    const mediaType = mediaTypeOf(answer)
    // A page of a gateway has no byte that is worth a look.
    const isText = !/^\s*[{[]/.test(excerpt(answer))
    const isOther = isText && mediaType !== 'application/json'
    const what = isOther
      ? `with ${mediaType || 'no Content-Type'} in place of JSON: ${around}`
      : `that is no JSON: byte ${json.byte} ${json.reason}, in ${around}`
    const actual = `a ${answer.status} ${bytes.length === 0 ? 'without a body' : what}`
    return [{ ...violation('clean-json', request, actual), ...(isText && { cause: noJsonCause(answer) }) }]
  }
  const text = new TextDecoder().decode(bytes)
  const [half] = halfPairs(text)
  if (half !== undefined) {
    return [violation('clean-json', request, `half a surrogate pair in ${JSON.stringify(half).slice(0, 120)}`)]
  }
  const name = duplicateName(text)
  return name === undefined ? [] : [violation('clean-json', request, `an object has "${name}" twice`)]
}

/** Texts of a valid JSON text that are not well-formed Unicode. */
function halfPairs(json: string): string[] {
  if (!/\\ud[89a-f]/i.test(json)) return []
  const found: string[] = []
  JSON.parse(json, (_name, value: unknown) => {
    if (typeof value === 'string' && !value.isWellFormed()) found.push(value)
    return value
  })
  return found
}

/** A server may close a connection that has been idle this long, at the very moment at which it is used again. */
const IDLE_MS = 300
/** A network loses a connection now and then. */
const TOLERATED = 1

function judgeNoAnswers({ answers, noAnswers }: RunFacts): Violation<Law>[] {
  const isIdle = ({ sentAtMs }: NoAnswer): boolean =>
    answers.some(({ headAtMs }) => headAtMs > sentAtMs) &&
    answers.every(({ headAtMs }) => headAtMs > sentAtMs || headAtMs <= sentAtMs - IDLE_MS)
  const isBeforeHead = ({ stage }: NoAnswer): boolean => stage === 'connect' || stage === 'head'
  const unexplained = noAnswers.filter((one) => !(isBeforeHead(one) && isIdle(one)))
  const isExcused = unexplained.filter(isBeforeHead).length <= TOLERATED
  return unexplained
    .filter((one) => !(isExcused && isBeforeHead(one)))
    .map(({ request, stage, reason }) => {
      const what = { connect: 'no answer: ', head: 'no answer: ', body: 'an answer that broke off: ', timeout: '' }
      const actual = `${what[stage]}${reason}`
      return violation('complete-answers', request, actual)
    })
}

/** The first name that an object of a valid JSON text has twice. */
function duplicateName(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = []
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]]/g
  for (let match = tokens.exec(json); match !== null; match = tokens.exec(json)) {
    const [token] = match
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else {
      const names = open.at(-1)
      if (names === undefined || !/^\s*:/.test(json.slice(tokens.lastIndex, tokens.lastIndex + 20))) continue
      const name = JSON.parse(token) as string
      if (names.has(name)) return name
      names.add(name)
    }
  }
  return undefined
}
