import type { Answer } from './exchange.ts'
import { LAW_NAMES } from './laws.ts'
import type { LawName } from './law.ts'

/** Whether an answer says something about a law, for the laws that many kinds of answers say something about. */
const BEARS: Partial<Readonly<Record<LawName, (answer: Answer) => boolean>>> = {
  'complete-answers': () => true,
  'secret-tokens': () => true,
  'spec-status': () => true,
  'spec-headers': () => true,
  'clean-json': ({ ask, status }) => !(ask.operation === 'download' && status === 200),
  'spec-errors': ({ status }) => status >= 400,
  'spec-operation': ({ status }) => status === 202,
  'spec-list': hasItems,
  'spec-items': hasItems,
  'real-times': hasItems,
  'relative-download-url': hasItems,
  'unique-items': hasItems,
  'same-values': hasItems,
  'valid-is-answered': ({ ask }) => ask.query !== undefined && ask.credential.kind === 'token',
  'total-counts-matches': ({ ask, status }) => ask.operation === 'list' && status === 200,
  'quota-values': ({ status }) => status !== 429,
  'quota-counts-down': ({ status }) => status !== 429,
  'quota-reset': ({ status }) => status !== 429,
  'no-refusal-inside-quota': ({ status }) => status !== 429,
  'download-type': ({ ask, status }) => ask.operation === 'download' && status === 200,
  'download-is-streamed': ({ ask, status }) => ask.operation === 'download' && status === 200,
  'view-complete': ({ ask }) => ask.query?.view !== undefined && ask.query.fields === undefined,
  'fields-exact': ({ ask }) => ask.query?.fields !== undefined,
  'page-size': ({ ask }) => ask.query?.page?.[1] !== undefined,
  'sort-order': ({ ask }) => ask.query?.sort !== undefined,
}

function hasItems({ ask, status }: Answer): boolean {
  return ['list', 'view'].includes(ask.operation) && status === 200
}

/** How often each law was looked at: by cases of its own, or in passing. */
export function countChecks(answers: readonly Answer[], looked: readonly LawName[]): ReadonlyMap<LawName, number> {
  return new Map(
    LAW_NAMES.map((law) => {
      const bears = BEARS[law]
      return [law, bears ? answers.filter(bears).length : looked.filter((name) => name === law).length]
    }),
  )
}
