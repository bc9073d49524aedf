import type { Ask } from './ask.ts'
import { curl, describeAsk } from './ask.ts'
import type { Complaint } from './complaint.ts'
import { LAWS, LAW_NAMES } from './laws.ts'
import type { LawName } from './law.ts'

/** A complaint with the request that it is about. */
export interface Finding {
  readonly ask: Ask
  readonly complaint: Complaint
}

/** A broken law, as a person or a machine reads it. */
export interface Failure {
  readonly law: LawName
  readonly family: string
  /** What the API promises, a sentence. */
  readonly promise: string
  /** JSON pointer into the spec. */
  readonly pointer: string
  /** Where the promise comes from: S and V are the vendor's pages, ? is this project's choice. */
  readonly source: string
  /** What was asked. */
  readonly asked: string
  /** What came, a sentence. */
  readonly came: string
  /** A line for a shell that asks again. Tokens stay in their variables. */
  readonly curl: string
  /** How often the law was seen broken, this one included. */
  readonly times: number
}

/** Different ways in which one law is broken that are told one by one; the rest is counted. */
const MAX_PER_LAW = 3

/** Turns findings into failures: in the order of the laws, the same thing once. */
export function toFailures(findings: readonly Finding[], baseUrl: string, secrets: readonly string[]): Failure[] {
  const byLaw = Map.groupBy(findings, ({ complaint }) => complaint.law)
  return LAW_NAMES.flatMap((law) => {
    const found = byLaw.get(law) ?? []
    // The same sentence about another item is no news.
    const kinds = Map.groupBy(found, ({ complaint }) => complaint.came.replaceAll(/\d+/g, '0').slice(0, 60))
    return [...kinds.values()].slice(0, MAX_PER_LAW).flatMap((alike, index, all) => {
      const [first] = alike
      if (first === undefined) return []
      const { ask, complaint } = first
      const untold = index === all.length - 1 ? found.length - all.flat().length : 0
      const { family, promise, pointer, source } = LAWS[law]
      return [
        {
          law,
          family,
          promise,
          pointer: complaint.pointer ?? pointer,
          source,
          asked: describeAsk(ask),
          came: presentable(complaint.came, secrets),
          curl: curl(ask, baseUrl),
          times: alike.length + untold,
        },
      ]
    })
  })
}

/** A shorter token is a word, such as those that mocks take, and stands in longer words that are none. */
const SHORTEST_SECRET = 8

/** On one line, without what would move a cursor, and without the tokens that a provider may repeat in a body. */
function presentable(text: string, secrets: readonly string[]): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ')
  return secrets.reduce((left, secret) => left.replaceAll(occurrences(secret), '[token]'), line)
}

function occurrences(secret: string): string | RegExp {
  if (secret.length >= SHORTEST_SECRET) return secret
  return new RegExp(`(?<![\\w])${secret.replaceAll(/[^\w]/g, '\\$&')}(?![\\w])`, 'g')
}
