import { BadRequest } from '@hood-exports/provider'
import { SEARCHABLE_FIELDS, SEARCHABLE_MEMBERS, SELECTABLE_FIELDS, SORTABLE_FIELDS, VIEWS } from '@hood-exports/openapi'
import type { Member } from '../choices.ts'
import {
  DEFAULT_PAGE_SIZE,
  DEFAULT_SEARCH_FIELD,
  DEFAULT_SORT,
  LEFT_OUT_OF_DEFAULT_VIEW,
  MAX_PAGE_SIZE,
} from '../choices.ts'
import type { SearchableMember } from '../data/fold.ts'
import type { Filter } from './filter.ts'
import { FILTERABLE_MEMBERS, parseFilters } from './filter.ts'
import { parseNames, parseParameters } from './parameters.ts'

export interface SortKey {
  readonly member: (typeof SORTABLE_FIELDS)[number]
  readonly direction: 'ascending' | 'descending'
}

export interface Search {
  readonly text: string
  readonly members: readonly SearchableMember[]
}

export interface ListQuery {
  readonly members: readonly Member[]
  readonly sort: readonly SortKey[]
  readonly page: { readonly number: number; readonly size: number }
  readonly search: Search | undefined
  /** All of them must hold. */
  readonly filters: readonly Filter[]
}

/** @throws BadRequest with the value, the rule and the way out. */
export function parseListQuery(search: string): ListQuery {
  const given = parseParameters(search, LIST_PARAMETERS)
  return {
    members: parseMembers(given),
    sort: parseSort(given.sort ?? DEFAULT_SORT),
    page: parsePage(given.page),
    search: parseSearch(given.q, given.q_fields),
    filters: parseFilters(given),
  }
}

const OTHERS = ['fields', 'view', 'sort', 'page', 'q', 'q_fields'] as const
export const LIST_PARAMETERS: readonly ((typeof OTHERS)[number] | Member)[] = [...OTHERS, ...FILTERABLE_MEMBERS]

/** What a single item's query takes. @throws BadRequest */
export function parseViewQuery(search: string): Pick<ListQuery, 'members'> {
  return { members: parseMembers(parseParameters(search, VIEW_PARAMETERS)) }
}

export const VIEW_PARAMETERS = ['fields', 'view'] as const

/** Every member. */
export const FULL_VIEW: readonly Member[] = SELECTABLE_FIELDS
const DEFAULT_VIEW: readonly Member[] = FULL_VIEW.filter((member) => !LEFT_OUT_OF_DEFAULT_VIEW.includes(member))

function parseMembers({ fields, view }: { fields?: string; view?: string }): readonly Member[] {
  if (view !== undefined && !(VIEWS as readonly string[]).includes(view)) {
    throw new BadRequest(`"view" does not take "${view}": it takes ${VIEWS.join(' or ')}`)
  }
  if (fields !== undefined) {
    const named = new Set(parseNames('fields', fields, SELECTABLE_FIELDS))
    return FULL_VIEW.filter((member) => named.has(member))
  }
  return view === 'default' ? DEFAULT_VIEW : FULL_VIEW
}

function parseSort(text: string): SortKey[] {
  const keys = new Map<string, SortKey>()
  for (const name of text.split(',')) {
    const isDescending = name.startsWith('-')
    const [member] = parseNames('sort', isDescending ? name.slice(1) : name, SORTABLE_FIELDS)
    // A member that was named before has no say any more: its ties are decided.
    if (member !== undefined && !keys.has(member)) {
      keys.set(member, { member, direction: isDescending ? 'descending' : 'ascending' })
    }
  }
  return [...keys.values()]
}

const PAGE = /^([1-9][0-9]*)(?:,([1-9][0-9]*))?$/

function parsePage(text: string | undefined): ListQuery['page'] {
  if (text === undefined) return { number: 1, size: DEFAULT_PAGE_SIZE }
  const [, number, size] = PAGE.exec(text) ?? []
  if (number === undefined) {
    throw new BadRequest(`"page" does not take "${text}": it takes N or N,M, both whole numbers from 1`)
  }
  if (size !== undefined && Number(size) > MAX_PAGE_SIZE) {
    throw new BadRequest(`"page" does not take ${size} items in a page: it takes up to ${MAX_PAGE_SIZE}`)
  }
  return { number: Number(number), size: size === undefined ? DEFAULT_PAGE_SIZE : Number(size) }
}

function parseSearch(text: string | undefined, fields: string | undefined): Search | undefined {
  const names: readonly (typeof SEARCHABLE_FIELDS)[number][] =
    fields === undefined ? [DEFAULT_SEARCH_FIELD] : parseNames('q_fields', fields, SEARCHABLE_FIELDS)
  // Every text contains the empty one, and without `q` there is nothing to look for.
  if (text === undefined || text === '') return undefined
  return { text, members: [...new Set(names.map((name) => SEARCHABLE_MEMBERS[name]))] }
}
