import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import type { Answer, VendorAnswers } from '@hood-exports/openapi/profile'
import type { Item } from '../verify/exchange.ts'
import { isMissing } from '../verify/oracle/text-order.ts'
import { contradicted, decide, notSeen, observed } from './decide.ts'
import { evidenceOf } from './look.ts'
import type { Look } from './look.ts'
import { TEXT_ORDERINGS, equalRuns, keysOf } from './order.ts'
import { list } from './probe.ts'
import type { Conclude, Probe } from './probe.ts'

type Sortable = (typeof SORTABLE_FIELDS)[number]

/** Where nulls are sorted, how texts are, and what decides between equals. */
export async function learnSorting(probe: Probe): Promise<Conclude> {
  const { items } = probe.reading
  const nullable = SORTABLE_FIELDS.find((member) => {
    const missing = items.filter((item) => isMissing(item[member])).length
    return missing > 0 && missing < items.length
  })
  const nulls = nullable && (await sorted(probe, nullable))
  const names = await sorted(probe, 'name')
  const tied = (['extension', 'resource', 'status', 'mime_type'] as const).find((member) => hasTies(items, member))
  const ties = tied && (await sorted(probe, tied))
  return () => ({
    'sort.nulls':
      nullable === undefined ? notSeen('every export has a value for each member') : nullsIn(nulls, nullable),
    'sort.texts': textsIn(names),
    'sort.ties': tied === undefined ? notSeen('no exports are equal') : tiesIn(ties, tied),
  })
}

function hasTies(items: readonly Item[], member: Sortable): boolean {
  return [...Map.groupBy(items, (item) => item[member]).values()].some((group) => group.length > 2)
}

/** A first page, in ascending order. */
async function sorted(probe: Probe, member: Sortable): Promise<Look | undefined> {
  return list(probe, { view: 'full', sort: [member], page: [1, probe.pageSize] })
}

function nullsIn(look: Look | undefined, member: Sortable): Answer<'first' | 'last'> {
  if (look === undefined || look.total === 0) return notSeen('no answer came')
  if (look.total === undefined) return contradicted('it was not answered with a list', [evidenceOf(look)])
  const missing = look.items.map((item) => isMissing(item[member]))
  const evidence = [evidenceOf(look)]
  const isWhole = look.items.length === look.total
  const firstKnown = missing.indexOf(false)
  const firstMissing = missing.indexOf(true)
  // The first export decides; a whole list must not mix them.
  if (isWhole && (firstKnown === -1 || firstMissing === -1)) return notSeen('the exports changed', evidence)
  const isFirst = firstMissing === 0 && (firstKnown === -1 || !missing.slice(firstKnown).includes(true))
  const isLast = firstKnown === 0 && (firstMissing === -1 || !missing.slice(firstMissing).includes(false))
  return decide(
    [
      { value: 'first', fits: isFirst },
      { value: 'last', fits: isLast },
    ],
    evidence,
  )
}

/** `other` is left when the order is none of those that have a name. */
function textsIn(look: Look | undefined): Answer<VendorAnswers['sort.texts']> {
  const names = (look?.items ?? []).map(({ name }) => name).filter((name) => typeof name === 'string')
  if (look?.total === undefined || new Set(names).size < 3) return notSeen('too few exports have a name')
  const isIn = (compare: (one: string, other: string) => number): boolean =>
    names.every((name, index) => index === 0 || compare(names[index - 1] ?? '', name) <= 0)
  const candidates = TEXT_ORDERINGS.map(({ name, compare }) => ({ value: name, fits: isIn(compare) }))
  const isOther = candidates.every(({ fits }) => !fits)
  return decide([...candidates, { value: 'other', fits: isOther }], [evidenceOf(look)])
}

function tiesIn(look: Look | undefined, member: Sortable): Answer<readonly string[]> {
  if (look === undefined) return notSeen('no answer came')
  if (look.total === undefined) return contradicted('it was not answered with a list', [evidenceOf(look)])
  const evidence = [evidenceOf(look)]
  const keys = keysOf(equalRuns(look.items, member), 'ties')
  return keys === undefined
    ? notSeen('no sort keys, or several, give the order that came', evidence)
    : observed(keys, evidence)
}
