import type { Member } from '@hood-exports/openapi/profile'
import type { Answer, VendorAnswers } from '@hood-exports/openapi/profile'
import type { Item } from '../verify/exchange.ts'
import { filteredMember } from '../verify/laws/filter/filter.ts'
import type { Filter } from '../verify/laws/filter/filter.ts'
import { isMissing } from '../verify/oracle/text-order.ts'
import { fits } from './account.ts'
import type { Account } from './account.ts'
import { collect, contradicted, decide, notSeen } from './decide.ts'
import { evidenceOf, isRefusal } from './look.ts'
import type { Look } from './look.ts'
import { find, settledItems } from './probe.ts'
import type { Conclude, Probe } from './probe.ts'
import { reading } from './readings.ts'
import type { Semantics } from './readings.ts'
import { valuesOf } from './filter-values.ts'
import { swapCase, unaccented } from './text-forms.ts'

interface Asked {
  readonly filter: Filter
  readonly look: Look
}

/** How filters compare, where the documents leave it open: texts, nulls, ends of ranges, days. */
export async function learnComparisons(probe: Probe): Promise<Conclude> {
  const swapped = await askText(probe, swapCase)
  const bare = await askText(probe, unaccented)
  const spaced = await askText(probe, (text) => `${text} `)
  const empty = await askEmpty(probe)
  const nulls = await askNulls(probe)
  const ranges = await askRanges(probe)
  const days = await askDays(probe)
  return (account) => ({
    'filter.case': judge(swapped, account, {
      ignored: { form: (text) => text.toLowerCase() },
      matters: { form: asIs },
    }),
    'filter.accents': judge(bare, account, { ignored: { form: unaccented }, matter: { form: asIs } }),
    'filter.outer-spaces': judge(spaced, account, { ignored: { form: (text) => text.trim() }, matter: { form: asIs } }),
    'filter.empty-text': emptyText(empty, account),
    'filter.nulls': collect(
      [...nulls].map(([operator, asked]) => [
        operator,
        judge(asked, account, { found: { nulls: 'found' }, 'not-found': { nulls: 'not-found' } }),
      ]),
    ),
    'filter.range-ends': collect(
      [...ranges].map(([operator, asked]) => [
        operator,
        judge(asked, account, {
          none: { ends: 'none' },
          start: { ends: 'start' },
          end: { ends: 'end' },
          both: { ends: 'both' },
        }),
      ]),
    ),
    'filter.day': days.length > 0 && days.every(({ look }) => isRefusal(look)) ? refusedDay(days) : day(days, account),
  })
}

const asIs = (text: string): string => text

async function send(probe: Probe, filter: Filter | undefined): Promise<Asked | undefined> {
  if (filter === undefined) return undefined
  const named = { ...filter, member: probe.parameterOf(filter.member as Member) }
  const look = await find(probe, { filters: [named] })
  return look && { filter: named, look }
}

/** Which way to read a filter what it found fits. */
function judge<Value extends string>(
  asked: Asked | undefined,
  account: Account,
  semantics: Readonly<Record<Value, Semantics>>,
): Answer<Value> {
  if (asked === undefined) return notSeen('no export has a value that shows it')
  const { filter, look } = asked
  if (look.total === undefined) return contradicted('it was not answered with a list', [evidenceOf(look)])
  const expected = (way: Semantics): boolean =>
    fits(look, { condition: reading(filter, way), members: [filteredMember(filter.member)] }, account)
  return decide(
    (Object.entries(semantics) as [Value, Semantics][]).map(([value, way]) => ({ value, fits: expected(way) })),
    [evidenceOf(look)],
  )
}

/** Asks for a name in another form, which no export has as it is. */
async function askText(probe: Probe, form: (text: string) => string): Promise<Asked | undefined> {
  const names = new Set(probe.reading.items.map((item) => item['name']))
  const given = valuesOf(settledItems(probe), 'name')
    .map(form)
    .find((other) => !names.has(other))
  return send(probe, given === undefined ? undefined : { member: 'name', operator: 'eq', values: [given] })
}

async function askEmpty(probe: Probe): Promise<Asked | undefined> {
  const members = ['description', 'failure_reason', 'extension', 'mime_type'] as const
  const member = members.find((one) => settledItems(probe).some((item) => item[one] === ''))
  return send(probe, member && { member, operator: 'isn', values: [] })
}

function emptyText(asked: Asked | undefined, account: Account): Answer<'null' | 'text'> {
  if (asked === undefined) return notSeen('no export has an empty text')
  const { filter, look } = asked
  if (look.total === undefined) return contradicted('it was not answered with a list', [evidenceOf(look)])
  const find = (isFound: (value: unknown) => boolean): boolean =>
    fits(
      look,
      { condition: (item) => isFound(item[filteredMember(filter.member)]), members: [filteredMember(filter.member)] },
      account,
    )
  return decide(
    [
      { value: 'null', fits: find((value) => isMissing(value) || value === '') },
      { value: 'text', fits: find(isMissing) },
    ],
    [evidenceOf(look)],
  )
}

type NullOperator = keyof VendorAnswers['filter.nulls']

/** Comparisons of members that have no value in some export. */
async function askNulls(probe: Probe): Promise<ReadonlyMap<NullOperator, Asked>> {
  const asked = new Map<NullOperator, Asked>()
  for (const operator of ['neq', 'nin', 'gt', 'gte', 'lt', 'lte'] as const) {
    const members: readonly Member[] = ['neq', 'nin'].includes(operator)
      ? ['description', 'expire_time', 'failure_reason', 'creator_id', 'size']
      : ['expire_time', 'size']
    for (const member of members.filter((one) => isSometimesMissing(settledItems(probe), one)).slice(0, 2)) {
      const values = valuesOf(settledItems(probe), member)
      const value = values[Math.floor(values.length / 2)]
      const one = await send(probe, value === undefined ? undefined : { member, operator, values: [value] })
      if (one !== undefined) asked.set(operator, one)
      // A member that does not take the operator says nothing about nulls.
      if (one === undefined || !isRefusal(one.look)) break
    }
  }
  return asked
}

function isSometimesMissing(items: readonly Item[], member: Member): boolean {
  return items.some((item) => isMissing(item[member])) && valuesOf(items, member).length > 0
}

type RangeOperator = keyof VendorAnswers['filter.range-ends']

/** Ranges whose ends are values of some exports: of another number at each end. */
async function askRanges(probe: Probe): Promise<ReadonlyMap<RangeOperator, Asked>> {
  const asked = new Map<RangeOperator, Asked>()
  const members = ['create_time', 'size', 'download_count', 'update_time'] as const
  let usable = members.flatMap((member) => {
    const values = valuesOf(settledItems(probe), member)
    // A short range comes in one page, however small pages are.
    const middle = Math.floor(values.length / 2)
    const [start, end] = [values[Math.max(0, middle - 1)], values[Math.min(values.length - 1, middle + 1)]]
    return start === undefined || end === undefined || start === end ? [] : [{ member, values: [start, end] }]
  })
  for (const operator of ['r', 'rf', 'rl', 'rr'] as const) {
    for (const { member, values } of usable.slice(0, 2)) {
      const one = await send(probe, { member, operator, values })
      if (one !== undefined) asked.set(operator, one)
      if (one === undefined || !isRefusal(one.look)) break
      // Where one range is refused, so may be the others: the member is not asked for again.
      usable = usable.filter((other) => other.member !== member)
    }
  }
  return asked
}

/** A day in which exports were made, asked for alone. */
async function askDays(probe: Probe): Promise<readonly Asked[]> {
  const times = valuesOf(settledItems(probe), 'create_time').filter((time) => !time.endsWith('00:00:00'))
  const day = times[Math.floor(times.length / 2)]?.slice(0, 10)
  if (day === undefined) return []
  const asked: Asked[] = []
  for (const operator of ['eq', 'lte'] as const) {
    const one = await send(probe, { member: 'create_time', operator, values: [day] })
    if (one !== undefined) asked.push(one)
  }
  return asked
}

function refusedDay(days: readonly Asked[]): Answer<'refused'> {
  return decide(
    [{ value: 'refused', fits: true }],
    days.map(({ look }) => evidenceOf(look)),
  )
}

/** What is refused may be the operator, so those that are answered count. */
function day(days: readonly Asked[], account: Account): Answer<'midnight' | 'whole-day'> {
  const answered = days.filter(({ look }) => !isRefusal(look))
  const judged = answered.map((asked) =>
    judge(asked, account, { midnight: { day: 'midnight' }, 'whole-day': { day: 'whole-day' } }),
  )
  const evidence = judged.flatMap((one) => one.evidence)
  const values = new Set(judged.flatMap((one) => (one.confidence === 'observed' ? [one.value] : [])))
  const [only] = values
  if (only === undefined) return judged[0] ?? notSeen('no export was made on a day that shows it')
  return decide(
    [...values].map((value) => ({ value, fits: values.size === 1 })),
    evidence,
  )
}
