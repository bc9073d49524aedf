import { BadRequest } from '@hood-exports/provider'
import { SEARCHABLE_FIELDS, SEARCHABLE_MEMBERS, SELECTABLE_FIELDS, SORTABLE_FIELDS, VIEWS } from '@hood-exports/openapi'
import type { Choices, Member } from '../choices.ts'
import type { SearchableMember } from '../data/fold.ts'
import type { Filter } from './filter.ts'
import { FAILED_REASON, FILTERABLE_MEMBERS, parseFilters } from './filter.ts'
import { parseNames, parseParameters } from './parameters.ts'

export interface SortKey {
  readonly member: Member
  readonly direction: 'ascending' | 'descending'
}

export interface Search {
  readonly text: string
  readonly members: readonly SearchableMember[]
}

export interface ListQuery {
  readonly members: readonly Member[]
  /** `fields`: they were asked for by name. */
  readonly by: 'view' | 'fields'
  readonly sort: readonly SortKey[]
  readonly page: { readonly number: number; readonly size: number }
  readonly search: Search | undefined
  /** All of them must hold. */
  readonly filters: readonly Filter[]
}

/** @throws BadRequest with the value, the rule and the way out. */
export function parseListQuery(search: string, choices: Choices): ListQuery {
  const given = parseParameters(search, [...LIST_PARAMETERS, FAILED_REASON])
  const filters = parseFilters(given, choices)
  const ownOrder = choices[filters.length > 0 ? 'page.filtered-order' : 'page.default-order']
  return {
    ...parseMembers(given, choices),
    sort: given.sort === undefined ? readOrder(ownOrder) : parseSort(given.sort),
    page: parsePage(given.page, choices),
    search: parseSearch(given.q, given.q_fields, choices),
    filters,
  }
}

const OTHERS = ['fields', 'view', 'sort', 'page', 'q', 'q_fields'] as const
export const LIST_PARAMETERS: readonly ((typeof OTHERS)[number] | Member)[] = [...OTHERS, ...FILTERABLE_MEMBERS]

/** What a single item's query takes. @throws BadRequest */
export function parseViewQuery(search: string, choices: Choices): Pick<ListQuery, 'members' | 'by'> {
  return parseMembers(parseParameters(search, VIEW_PARAMETERS), choices)
}

export const VIEW_PARAMETERS = ['fields', 'view'] as const

/** Every member. */
export const FULL_VIEW: readonly Member[] = SELECTABLE_FIELDS

function parseMembers(
  { fields, view }: { fields?: string; view?: string },
  choices: Choices,
): Pick<ListQuery, 'members' | 'by'> {
  if (view !== undefined && !(VIEWS as readonly string[]).includes(view)) {
    throw new BadRequest(`"view" does not take "${view}": it takes ${VIEWS.join(' or ')}`)
  }
  if (fields !== undefined) {
    const named = new Set(parseNames('fields', fields, SELECTABLE_FIELDS))
    return { members: FULL_VIEW.filter((member) => named.has(member)), by: 'fields' }
  }
  const isFull = (view ?? choices['view.unnamed']) === 'full'
  const isSent = (member: Member): boolean => isFull || choices['view.default'][member] !== 'left-out'
  return { members: FULL_VIEW.filter(isSent), by: 'view' }
}

/** @throws BadRequest for a key that is not sortable. */
function parseSort(text: string): SortKey[] {
  const keys = readOrder(text.split(','))
  parseNames('sort', keys.map(({ member }) => member).join(), SORTABLE_FIELDS)
  return keys
}

/** Keys as `sort` has them. A member that was named before has no say any more: its ties are decided. */
export function readOrder(names: readonly string[]): SortKey[] {
  const keys = names.map((name): SortKey => {
    const isDescending = name.startsWith('-')
    return {
      member: (isDescending ? name.slice(1) : name) as Member,
      direction: isDescending ? 'descending' : 'ascending',
    }
  })
  return keys.filter(({ member }, index) => keys.findIndex((key) => key.member === member) === index)
}

const PAGE = /^([1-9][0-9]*)(?:,([1-9][0-9]*))?$/

function parsePage(text: string | undefined, choices: Choices): ListQuery['page'] {
  const [usual, largest] = [choices['page.default-size'], choices['page.largest-size']]
  if (text === undefined) return { number: 1, size: usual }
  const [, number, size] = PAGE.exec(text) ?? []
  if (number === undefined) {
    throw new BadRequest(`"page" does not take "${text}": it takes N or N,M, both whole numbers from 1`)
  }
  if (size === undefined) return { number: Number(number), size: usual }
  if (Number(size) <= largest) return { number: Number(number), size: Number(size) }
  if (choices['page.too-large'] === 'refused') {
    throw new BadRequest(`"page" does not take ${size} items in a page: it takes up to ${largest}`)
  }
  return { number: Number(number), size: choices['page.too-large'] === 'cut' ? largest : usual }
}

function parseSearch(text: string | undefined, fields: string | undefined, choices: Choices): Search | undefined {
  const names =
    fields === undefined
      ? SEARCHABLE_FIELDS.filter((field) => choices['search.default-fields'][field] === 'searched')
      : parseNames('q_fields', fields, SEARCHABLE_FIELDS)
  // Every text contains the empty one, and without `q` there is nothing to look for.
  if (text === undefined || text === '') return undefined
  return { text, members: [...new Set(names.map((name) => SEARCHABLE_MEMBERS[name]))] }
}
