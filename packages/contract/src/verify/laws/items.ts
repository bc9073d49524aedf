import { SEARCHABLE_MEMBERS, SELECTABLE_FIELDS, TIMESTAMP_PATTERN } from '@hood-exports/openapi'
import type { AccountSnapshot } from '../account-snapshot.ts'
import { isOfBody, judgeDeviations } from '../deviations.ts'
import { envelopeOf } from '../exchange.ts'
import type { Answer, Item } from '../exchange.ts'
import type { Family } from '../law.ts'
import { isMissing } from '../oracle/text-order.ts'
import { isDocumented } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { itemName } from '../../schema-errors.ts'
import { contradiction, violation } from '../violation.ts'
import type { Violation } from '../violation.ts'

type Law = 'spec-items' | 'items-have-ids' | 'real-times' | 'relative-download-url' | 'same-values' | 'unique-items'

export const items: Family<Law, 'items'> = {
  name: 'items',
  laws: {
    'spec-items': {
      expected: 'items are as in the spec',
      pointer: '/components/schemas/Export',
      source: 'S',
      isSeenIn: hasItems,
    },
    'items-have-ids': {
      expected: 'every item has an id, wherever it is selected',
      pointer: '/components/schemas/Export/properties/id',
      source: 'S',
      isSeenIn: (answer) => hasItems(answer) && selectsId(answer.request),
    },
    'real-times': {
      expected: 'times are moments of the calendar',
      pointer: '/components/schemas/Timestamp',
      source: 'S',
      isSeenIn: hasItems,
    },
    'relative-download-url': {
      expected: 'download_url is relative to the host, and each item has its own',
      pointer: '/components/schemas/Export/properties/download_url',
      source: 'S, V',
      isSeenIn: hasItems,
    },
    'same-values': {
      expected: 'an item has the same values in every answer',
      pointer: '/components/schemas/Export',
      source: 'S, V',
      isSeenIn: hasItems,
    },
    'unique-items': {
      expected: 'no item comes twice',
      pointer: '/components/schemas/ExportList',
      source: 'S',
      isSeenIn: hasItems,
    },
  },
  onAnswer: (answer) => [
    ...(answer.status === 200
      ? judgeDeviations('spec-items', answer, (deviation) => isOfBody(deviation) && isOfItem(deviation.path))
      : []),
    ...(isDocumented(answer.request) && hasItems(answer) ? judgeItems(answer) : []),
  ],
  onList: ({ request, envelope, snapshot }) => judgeValues(request, envelope.items, snapshot),
}

export function hasItems({ request, status }: Answer): boolean {
  return ['list', 'view'].includes(request.operation) && status === 200
}

function selectsId({ query }: TestRequest): boolean {
  return query?.fields === undefined ? query?.view === 'full' : query.fields.includes('id')
}

function judgeIds(request: TestRequest, found: readonly Item[]): Violation<Law>[] {
  const index = selectsId(request) ? found.findIndex(({ id }) => typeof id !== 'string') : -1
  if (index === -1) return []
  const actual = `items[${index}] has no id: ${JSON.stringify(found[index]).slice(0, 120)}`
  return [violation('items-have-ids', request, actual)]
}

/** Whether a place in a body, a JSON pointer, is in one of the items. */
export function isOfItem(path = ''): boolean {
  return path.includes('/items/')
}

function judgeItems(answer: Answer): Violation<Law>[] {
  const { request } = answer
  const found = envelopeOf(answer)?.items ?? []
  return [
    ...found.flatMap((item, index) => [...judgeTimes(request, item, index), ...judgeNames(request, item, index)]),
    ...judgeIds(request, found),
    ...judgeUrls(request, found),
    ...judgeRepetition(request, found),
  ]
}

/** What a member is called in `q_fields` is not what it is called in an item. */
function judgeNames(request: TestRequest, item: Item, index: number): Violation<Law>[] {
  return Object.entries(SEARCHABLE_MEMBERS)
    .filter(([name, member]) => name in item && !(member in item))
    .map(([name, member]) => ({
      ...violation('spec-items', request, `${itemName(item['id'], index)} has "${name}" in place of "${member}"`),
      members: [member],
    }))
}

const TIMES = ['expire_time', 'create_time', 'update_time']
const TIMESTAMP = new RegExp(TIMESTAMP_PATTERN)

function judgeTimes(request: TestRequest, item: Item, index: number): Violation<Law>[] {
  return TIMES.flatMap((member) => {
    const value = item[member]
    // What does not even look like a time breaks the schema already.
    if (typeof value !== 'string' || !TIMESTAMP.test(value) || isMoment(value)) return []
    const actual = `${member} of ${itemName(item['id'], index)} is "${value}", which is no moment of the calendar`
    return [{ ...violation('real-times', request, actual), members: [member] }]
  })
}

function isMoment(value: string): boolean {
  const moment = new Date(`${value.replace(' ', 'T')}Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value.slice(0, 10)) && value > '0001'
}

function judgeUrls(request: TestRequest, found: readonly Item[]): Violation<Law>[] {
  const seen = new Map<string, unknown>()
  return found.flatMap(({ id, download_url: url }, index): Violation<Law>[] => {
    if (typeof url !== 'string') return []
    if (!/^\/(?!\/)/.test(url)) {
      const actual = `download_url of ${itemName(id, index)} is ${JSON.stringify(url)}, not a path that begins with one "/"`
      return [{ ...violation('relative-download-url', request, actual), members: ['download_url'] }]
    }
    const owner = seen.get(url)
    seen.set(url, id)
    if (owner === undefined || id === undefined || owner === id) return []
    const actual = `items ${JSON.stringify(owner)} and ${JSON.stringify(id)} have the same download_url`
    return [violation('relative-download-url', request, actual)]
  })
}

function judgeRepetition(request: TestRequest, found: readonly Item[]): Violation<Law>[] {
  const ids = found.map(({ id }) => id).filter((id) => id !== undefined)
  const repeated = ids.find((id, index) => ids.indexOf(id) < index)
  if (repeated === undefined) return []
  return [violation('unique-items', request, `item ${JSON.stringify(repeated)} comes twice in one page`)]
}

const MOST_SHOWN = 3

interface Difference {
  readonly actual: string
  readonly members: readonly string[]
}

/** Items have the values that they have elsewhere. */
export function judgeValues(request: TestRequest, found: readonly Item[], snapshot: AccountSnapshot): Violation<Law>[] {
  const isIdentified = found.every(({ id }) => typeof id === 'string')
  const differences = isIdentified ? found.flatMap((item) => differenceOf(item, snapshot)) : surplusOf(found, snapshot)
  return differences
    .slice(0, MOST_SHOWN)
    .map(({ actual, members }) => ({ ...contradiction('same-values', request, actual), members }))
}

function differenceOf(item: Item, { byId }: AccountSnapshot): Difference[] {
  const id = String(item['id'])
  const known = byId.get(id)
  const differing = SELECTABLE_FIELDS.find(
    (member) => known !== undefined && member in item && !isSameValue(member, item[member], known[member]),
  )
  if (differing === undefined || known === undefined) return []
  const actual = `${differing} of item "${id}" is ${JSON.stringify(item[differing])} here and ${JSON.stringify(known[differing])} in the list`
  return [{ actual, members: [differing] }]
}

/** Downloads raise their count at any time. */
function isSameValue(member: string, value: unknown, known: unknown): boolean {
  if (isMissing(value) && isMissing(known)) return true
  if (member === 'download_count' && typeof value === 'number' && typeof known === 'number') return value >= known
  return value === known
}

/** Without ids: each combination of values comes at most as often as there are items that have it. */
function surplusOf(found: readonly Item[], snapshot: AccountSnapshot): Difference[] {
  const members = SELECTABLE_FIELDS.filter(
    (member) => member !== 'download_count' && found.some((item) => member in item),
  )
  if (members.length === 0 || snapshot.extent === 'part') return []
  const textOf = (item: Item): string => JSON.stringify(members.map((member) => item[member] ?? null))
  const left = Map.groupBy(snapshot.items, textOf)
  const surplus = found.map(textOf).find((text) => left.get(text)?.pop() === undefined)
  return surplus === undefined
    ? []
    : [{ actual: `${members.join(', ')} is ${surplus.slice(1, -1)} more often than any items have it`, members }]
}
