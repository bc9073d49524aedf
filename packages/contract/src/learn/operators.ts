import { FILTER_KINDS, FILTER_OPERATORS } from '@hood-exports/openapi'
import type { Answer, Member, Operator } from '@hood-exports/openapi/profile'
import type { Item } from '../verify/exchange.ts'
import type { Filter } from '../verify/laws/filter/filter.ts'
import { isMissing } from '../verify/oracle/text-order.ts'
import type { Account } from './account.ts'
import { fits } from './account.ts'
import { collect, decide, notSeen, observed } from './decide.ts'
import { evidenceOf, isRefusal } from './look.ts'
import type { Look } from './look.ts'
import { absentValue, valuesOf } from './filter-values.ts'
import { find, settledItems } from './probe.ts'
import type { Conclude, Probe } from './probe.ts'
import { allOf, reading } from './readings.ts'

type Handling = 'taken' | 'refused' | 'ignored'

/** Filters of several members with one operator, sent together. */
interface Trial {
  readonly operator: Operator
  readonly filters: ReadonlyMap<Member, Filter>
  readonly look: Look
}

/** Those that the documents leave open first: where the requests do not suffice, equality is left. */
const OPERATORS: readonly Operator[] = [
  'gt',
  'lt',
  'r',
  'rl',
  'rr',
  'rf',
  'gte',
  'lte',
  'neq',
  'nin',
  'is',
  'isn',
  'in',
  'eq',
]
const MEMBERS = Object.keys(FILTER_KINDS) as Member[]

/**
 * Which operators each member takes. Members are asked for together, with values such that each filter leaves out an
 * export that no other one does. A refusal is narrowed down: first to one member of each kind, then by halves.
 */
export async function learnOperators(probe: Probe): Promise<Conclude> {
  const trials: Trial[] = []
  const attempt = async (operator: Operator, members: readonly Member[]): Promise<Trial | undefined> => {
    if (members.length === 0 || probe.left() <= 0) return undefined
    const filters = telling(probe, operator, members)
    const look = await find(probe, { filters: [...filters.values()] })
    if (look === undefined) return undefined
    const trial: Trial = { operator, filters, look }
    trials.push(trial)
    return trial
  }
  const later: (() => Promise<unknown>)[] = []
  const byHalves = async (operator: Operator, members: readonly Member[]): Promise<void> => {
    const trial = await attempt(operator, members)
    if (trial === undefined || !isRefusal(trial.look) || members.length === 1) return
    const middle = Math.ceil(members.length / 2)
    await byHalves(operator, members.slice(0, middle))
    await byHalves(operator, members.slice(middle))
  }
  for (const operator of OPERATORS) {
    const members = MEMBERS.filter(
      (member) => takes(member, operator) && valuesOf(probe.reading.items, member).length > 0,
    )
    // A member of a kind stands for the others, as long as requests are left for what is not known at all.
    const refusedKinds = new Set<string>()
    for (const all of groupsOf(probe, operator, members)) {
      const group = all.filter((member) => !refusedKinds.has(FILTER_KINDS[member]))
      later.push(...all.filter((member) => !group.includes(member)).map((member) => () => attempt(operator, [member])))
      const trial = await attempt(operator, group)
      if (trial === undefined || !isRefusal(trial.look)) continue
      for (const [kind, [first, ...others]] of Map.groupBy(group, (member) => FILTER_KINDS[member])) {
        if (first === undefined) continue
        const alone = group.length === 1 ? trial : await attempt(operator, [first])
        const isRefused = alone === undefined || isRefusal(alone.look)
        if (isRefused) refusedKinds.add(kind)
        if (isRefused) later.push(...others.map((member) => () => attempt(operator, [member])))
        else await byHalves(operator, others)
      }
    }
  }
  // What shared a request and could not be told apart.
  const now: Account = { before: probe.reading, after: probe.reading }
  for (const operator of OPERATORS) {
    for (const member of MEMBERS) {
      const tried = trials.filter((trial) => trial.operator === operator && trial.filters.has(member))
      if (tried.length > 1 || tried.some(({ filters }) => filters.size === 1)) continue
      if (tried.length === 1 && handling(tried, operator, member, now).confidence !== 'observed')
        later.push(() => attempt(operator, [member]))
    }
  }
  for (const next of later) await next()
  return (account) => ({
    'filter.operators': collect(
      MEMBERS.map((member) => [
        member,
        collect(OPERATORS.map((operator) => [operator, handling(trials, operator, member, account)])),
      ]),
    ),
  })
}

function takes(member: Member, operator: Operator): boolean {
  return (FILTER_OPERATORS[FILTER_KINDS[member]] as readonly string[]).includes(operator)
}

/** Members that are asked for together. Those with one value, or with few, would hide what the others do. */
function groupsOf(probe: Probe, operator: Operator, members: readonly Member[]): readonly (readonly Member[])[] {
  const { items } = probe.reading
  const share = (member: Member): number => items.filter((item) => !isMissing(item[member])).length / items.length
  // Where a page shows a part of what is found, nulls that may be found hide the rest.
  const isPartly = probe.pageSize < items.length
  const isAlone = (member: Member): boolean =>
    share(member) < (isPartly ? 1 : 0.6) || new Set(items.map((item) => item[member])).size === 1
  const singles = members.filter(isAlone)
  const others = members.filter((member) => !isAlone(member))
  const nullable = members.filter((member) => share(member) < 1)
  switch (operator) {
    case 'is':
      return nullable.length > 0 ? [nullable] : []
    case 'isn':
      return nullable.map((member) => [member])
    case 'eq':
    case 'in':
      return [...pairs(others), ...singles.map((member) => [member])]
    default:
      return [others, ...singles.map((member) => [member])].filter(({ length }) => length > 0)
  }
}

function pairs<Value>(values: readonly Value[]): Value[][] {
  return Array.from({ length: Math.ceil(values.length / 2) }, (_, index) => values.slice(2 * index, 2 * index + 2))
}

const CANDIDATES = 40
const SAMPLE = 120

/** The choice of values by which the most members differ from ignored ones, out of some random choices. */
function telling(probe: Probe, operator: Operator, members: readonly Member[]): ReadonlyMap<Member, Filter> {
  const settled = settledItems(probe)
  const sample = settled.length > SAMPLE ? probe.random.shuffle(settled).slice(0, SAMPLE) : settled
  let best: { readonly filters: ReadonlyMap<Member, Filter>; readonly score: number } | undefined
  for (let count = 0; count < CANDIDATES && best?.score !== members.length; count += 1) {
    const filters = new Map(members.map((member) => [member, filterOf(probe, sample, operator, member)]))
    const score = scoreOf(filters, sample)
    if (best === undefined || score > best.score) best = { filters, score }
  }
  return best?.filters ?? new Map()
}

/** For how many of the filters there is an export that it alone leaves out. */
function scoreOf(filters: ReadonlyMap<Member, Filter>, items: readonly Item[]): number {
  const conditions = [...filters.values()].map((filter) => reading(filter, { nulls: 'perhaps', ends: 'perhaps' }))
  const leftOut = new Set<number>()
  for (const item of items) {
    const meetings = conditions.map((condition) => condition(item))
    if (meetings.filter((meeting) => meeting !== true).length === 1) {
      const index = meetings.findIndex((meeting) => meeting !== true)
      if (meetings[index] === false) leftOut.add(index)
    }
  }
  return leftOut.size
}

function filterOf(
  { random, reading: { items }, parameterOf }: Probe,
  sample: readonly Item[],
  operator: Operator,
  member: Member,
): Filter {
  const name = { member: parameterOf(member), operator }
  if (operator === 'is' || operator === 'isn') return { ...name, values: [] }
  const values = valuesOf(sample, member)
  const known = values.length > 0 ? values : valuesOf(items, member)
  const pick = (some: readonly string[]): string => random.pick(some) ?? known[0] ?? ''
  // Near the ends, so that little is left out; an end that is found itself is not the first or last value.
  const tenth = Math.max(2, Math.ceil(known.length / 10))
  const low = known.slice(['gte', 'rf', 'rl'].includes(operator) ? 1 : 0, tenth)
  const high = known.slice(-tenth, ['lte', 'rf', 'rr'].includes(operator) ? -1 : undefined)
  const isConstant = known.length === 1
  switch (operator) {
    case 'eq':
      return { ...name, values: [isConstant ? absentValue(member) : pick(known)] }
    case 'in':
      return { ...name, values: isConstant ? [absentValue(member), '0'] : [...new Set([pick(known), pick(known)])] }
    case 'neq':
      return { ...name, values: [pick(known)] }
    case 'nin':
      return { ...name, values: [...new Set([pick(known), pick(known)])] }
    case 'gt':
    case 'gte':
      return { ...name, values: [pick(low)] }
    case 'lt':
    case 'lte':
      return { ...name, values: [pick(high)] }
    default:
      return { ...name, values: [pick(low), pick(high)] }
  }
}

/** What a member does with an operator, as far as all trials of both agree with one explanation. */
function handling(trials: readonly Trial[], operator: Operator, member: Member, account: Account): Answer<Handling> {
  const tried = trials.filter((trial) => trial.operator === operator && trial.filters.has(member))
  const results = tried.flatMap((trial): Answer<Handling>[] => {
    const evidence = [evidenceOf(trial.look)]
    if (isRefusal(trial.look)) return trial.filters.size === 1 ? [observed('refused', evidence)] : []
    // A total alone fits several explanations by chance.
    const isWhole = trial.look.items.length === trial.look.total
    if (trial.filters.size > 1 && !isWhole) return []
    const left = explanations(trial).filter(({ condition }) =>
      fits(trial.look, { condition, members: [...trial.filters.keys()] }, account),
    )
    const handlings = new Set(left.map(({ ignored }): Handling => (ignored.includes(member) ? 'ignored' : 'taken')))
    const [only] = handlings
    // Beside others, what looks like an ignored filter may be another reading of one of them.
    const areAllTaken = left.some(({ ignored }) => ignored.length === 0)
    const isSure = handlings.size === 1 && (areAllTaken || trial.filters.size === 1)
    return only !== undefined && isSure ? [observed(only, evidence)] : []
  })
  const values = new Set(results.flatMap((one) => (one.confidence === 'observed' ? [one.value] : [])))
  const evidence = results.flatMap((one) => one.evidence)
  if (values.size === 0) return notSeen(`${operator} was not told apart`, evidence)
  return decide(
    [...values].map((value) => ({ value, fits: values.size === 1 })),
    evidence,
  )
}

interface Explanation {
  readonly ignored: readonly Member[]
  readonly condition: ReturnType<typeof reading>
}

/** All filters hold; all but one do; or none does. Each with and without exports that have no value. */
function explanations({ filters }: Trial): readonly Explanation[] {
  const members = [...filters.keys()]
  const ignorances = [[], ...members.map((member) => [member]), ...(members.length > 1 ? [members] : [])]
  return ignorances.flatMap((ignored) =>
    (['found', 'not-found'] as const).map((nulls) => ({
      ignored,
      condition: allOf(
        [...filters]
          .filter(([member]) => !ignored.includes(member))
          .map(([, filter]) => reading(filter, { nulls, ends: 'perhaps' })),
      ),
    })),
  )
}
