import type { Operation } from '../engine/operation.ts'
import { givenSeveralTimes } from '../engine/reasons.ts'
import { HIDDEN } from '@hood-exports/provider'
import type { Call, Redactor } from '@hood-exports/provider'

/** What Prism lets pass in a query although the document does not have it, in sentences without any value. */
export function queryFindings({ search }: Call, { request }: Operation, redactor: Redactor): string[] {
  const known = request?.query ?? []
  const names = new Map<string, number>()
  for (const pair of search.split('&')) {
    const [given] = new URLSearchParams(pair).keys()
    if (given === undefined) continue
    const name = redactor.part(pair) === HIDDEN && !known.some(({ name }) => name === given) ? HIDDEN : given
    names.set(name, (names.get(name) ?? 0) + 1)
  }
  return [...names].flatMap(([name, times]) => {
    const parameter = known.find((candidate) => candidate.name === name)
    if (parameter === undefined) return [redactor.text(undocumented(name))]
    const isRepeatable = parameter.schema?.type === 'array' && parameter.explode !== false
    return times === 1 || isRepeatable ? [] : [givenSeveralTimes(name, times)]
  })
}

/** Escaped as in JSON: a name may have line breaks in it, and is printed on one line. */
function undocumented(name: string): string {
  return `the query parameter ${JSON.stringify(name)} is not documented`
}
