import { SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import type { AccountSnapshot } from '../account-snapshot.ts'
import { listCase } from '../case.ts'
import type { Case, World } from '../case.ts'
import { envelopeOf } from '../exchange.ts'
import type { Item } from '../exchange.ts'
import type { Family } from '../law.ts'
import type { ListAnswer } from '../list-answer.ts'
import { areGroupsTogether, canStandAt, itemOrder, misplacedPair } from '../oracle/item-order.ts'
import { selection } from '../oracle/selection.ts'
import { listRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { contradiction, violation } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { seamCase, sizeOfPage } from './page.ts'

type Law = 'sort-order'

export const sort: Family<Law, 'sort'> = {
  name: 'sort',
  laws: {
    'sort-order': {
      expected: 'sort orders the whole list by each key in turn, ascending, or descending after "-"',
      pointer: '/components/parameters/Sort',
      source: 'V, S',
      isSeenIn: ({ request }) => request.query?.sort !== undefined,
    },
  },
  cases: ({ snapshot }) => [
    ...seamCases(snapshot),
    ...severalKeys(snapshot).map((request) => listCase('sort-order', request)),
  ],
  // Filtered lists are sorted by nearly all single keys, too.
  nextCases: ({ snapshot }: World) => singleKeys(snapshot).map((request) => listCase('sort-order', request)),
  moreCases: ({ snapshot }: World) => walkCases(snapshot),
  onList: judgeOrder,
}

/** Keys that many items share, followed by another, which then decides: one list checks several keys. */
const SHARED: readonly (readonly string[])[] = [
  ['-resource', 'size'],
  ['-status', '-name'],
  ['-attempt_count', 'resource', '-name'],
  ['-extension', 'create_time'],
  ['-mime_type', '-size'],
]

/**
 * A second key also exposes a member that no item shows: were it null everywhere, the second key would decide alone.
 */
const FOLLOWED: readonly (readonly string[])[] = [
  ['create_time', '-name'],
  ['size', 'name'],
  ['update_time', '-name'],
  ['expire_time', 'name'],
  // The largest first: they have the most digits.
  ['-download_count', '-name'],
]

/** Ascending, each by itself. */
const ASCENDING = SORTABLE_FIELDS.filter((field) => !FOLLOWED.some(([first]) => first === field))

const DESCENDING = ['-name', '-size', '-create_time', '-update_time', '-expire_time']

const SORTED_PAGE = 100

/** The most telling ones first. */
export function sortRequests(snapshot: AccountSnapshot): TestRequest[] {
  return [...severalKeys(snapshot), ...singleKeys(snapshot)]
}

function severalKeys(snapshot: AccountSnapshot): TestRequest[] {
  return [...SHARED, ...FOLLOWED].map((keys) => listRequest({ view: 'full', sort: keys, page: pageOf(snapshot) }))
}

function singleKeys(snapshot: AccountSnapshot): TestRequest[] {
  const page = pageOf(snapshot)
  return [
    ...ASCENDING.map((field) => listRequest({ fields: [field], sort: [field], page })),
    ...DESCENDING.map((key) => listRequest({ view: 'full', sort: [key], page })),
  ]
}

function pageOf({ pageSize }: AccountSnapshot): readonly [number, number] {
  return [1, Math.min(SORTED_PAGE, pageSize)]
}

/** Equal items keep their places, and so do texts, whatever the page size. */
function seamCases({ total, pageSize }: AccountSnapshot): Case[] {
  if (total < 2) return []
  const size = Math.max(1, Math.min(Math.ceil(total / 3), Math.floor(pageSize / 3) || 1))
  return ['status', 'name'].flatMap((key) => {
    const pageAt = (number: number, length: number): TestRequest =>
      listRequest({ fields: [key, 'id'], sort: [key], page: [number, length] })
    // One seam is enough for texts: they are seldom equal.
    const numbers = key === 'status' ? [1, 2, 3] : [2]
    const pages = numbers.filter((number) => (number - 1) * size < total).map((number) => pageAt(number, size))
    const whole = pageAt(1, Math.max(1, Math.min((numbers.at(-1) ?? 1) * size - 1, pageSize)))
    return [seamCase(pages, whole, size), ...[...pages, whole].map((request) => listCase('pages-partition', request))]
  })
}

const MOST_PAGES = 6

/** Every page of a list that is sorted by a text has items that no other page has. */
function walkCases({ total, pageSize, extent }: AccountSnapshot): Case[] {
  const count = Math.ceil(total / pageSize)
  if (extent === 'part' || count < 2 || count > MOST_PAGES) return []
  const requests = Array.from({ length: count }, (_, index) =>
    listRequest({ fields: ['id', 'name'], sort: ['name'], page: [index + 1, pageSize] }),
  )
  return [
    {
      law: 'pages-partition',
      requests,
      check: (answers, { snapshot }) => {
        const ids = answers.flatMap((answer) => (envelopeOf(answer)?.items ?? []).map(({ id }) => String(id)))
        const missed = [...snapshot.byId.keys()].find((id) => !ids.includes(id))
        const [last] = requests.slice(-1)
        if (missed === undefined || last === undefined || answers.some(({ status }) => status !== 200)) return []
        return [contradiction('pages-partition', last, `item "${missed}" is on none of the ${count} pages by name`)]
      },
    },
  ]
}

/** The items of a page stand in the order that was asked for, and at places that they can have in the whole list. */
function judgeOrder(list: ListAnswer): Violation<Law>[] {
  const { request, query, envelope, snapshot } = list
  if (query.sort === undefined) return []
  const members = query.sort.map((key) => key.replace(/^-/, ''))
  const page = envelope.items.map((item): Item => ({ ...snapshot.byId.get(String(item['id'])), ...item }))
  if (!isTelling(list, page, members)) return []
  const compare = itemOrder(query.sort, snapshot.items, page)
  const isSelfEvident = envelope.items.every((item) => members.every((member) => member in item))
  const broken = isSelfEvident ? violation : contradiction
  const describe = (item: Item): string => {
    const values = members.map((member) => JSON.stringify(item[member] ?? null)).join(', ')
    return 'id' in item ? `item ${JSON.stringify(item['id'])} with ${values}` : values
  }
  const pair = misplacedPair(page, compare)
  if (pair !== undefined) {
    return [broken('sort-order', request, `${describe(pair[1])} comes after ${describe(pair[0])}`)]
  }
  if (!areGroupsTogether(page, query.sort[0] ?? '')) {
    return [broken('sort-order', request, `items with the same ${members[0]}, or without one, do not stand together`)]
  }
  const all = scopeOf(list)
  const size = sizeOfPage(query, snapshot)
  const number = query.page?.[0] ?? 1
  if (all === undefined || (size === undefined && number > 1)) return []
  const start = (number - 1) * (size ?? 0)
  // Where others were found than belong there, no place says anything.
  if (start >= all.length || envelope.total !== all.length) return []
  const wrong = page.findIndex((item, index) => !canStandAt({ place: start + index, item, all, compare }))
  const item = page[wrong]
  if (item === undefined) return []
  const actual = `${describe(item)} at place ${start + wrong} of ${all.length}, where its values do not belong`
  return [contradiction('sort-order', request, actual)]
}

/** Whether the values of the keys can be seen. One that was asked for, or belongs to a known item, is null. */
function isTelling({ query, snapshot }: ListAnswer, page: readonly Item[], members: readonly string[]): boolean {
  const selected: readonly string[] = query.fields ?? (query.view === 'full' ? SELECTABLE_FIELDS : [])
  return page.every((item) => {
    const isKnown = snapshot.byId.has(String(item['id']))
    return (
      members.every((member) => member in item || selected.includes(member) || isKnown) &&
      members.some((member) => member in item)
    )
  })
}

/** Every item of the list that the page is a piece of; undefined: not known exactly. */
function scopeOf({ query, snapshot }: ListAnswer): readonly Item[] | undefined {
  if (snapshot.extent === 'part') return undefined
  const { must, may } = selection(snapshot.items, query)
  return must.length === may.length ? must : undefined
}
