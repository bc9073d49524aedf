import { SEARCHABLE_FIELDS } from '@hood-exports/openapi'
import type { AccountSnapshot } from '../account-snapshot.ts'
import { listCase } from '../case.ts'
import type { Case, World } from '../case.ts'
import type { Item } from '../exchange.ts'
import type { Family } from '../law.ts'
import type { ListAnswer } from '../list-answer.ts'
import { contains, matches, memberOf } from '../oracle/matches.ts'
import { listRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { contradiction } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { seamCase } from './page.ts'
import { DECEPTIVE, STRIPPED, insertInside } from './search/deceptive-terms.ts'
import { hostileCases } from './search/hostile-terms.ts'
import { longCases } from './search/long-terms.ts'
import { deceptiveTerm, innerPiece, lateTerm, tellingTerm, termWith } from './search-terms.ts'
import type { TermOptions } from './search-terms.ts'

type Law = 'search-finds' | 'any-text-is-searched' | 'search-default'

export const search: Family<Law, 'search'> = {
  name: 'search',
  laws: {
    'search-finds': {
      expected: 'q finds the items whose named members contain it, and no others',
      pointer: '/components/parameters/Query',
      source: 'V',
    },
    'any-text-is-searched': {
      expected: 'whatever text q has, the answer is 200, or 400, and the text gets into no header',
      pointer: '/components/parameters/Query',
      source: 'RFC 9110',
    },
    'search-default': {
      expected: 'q without q_fields looks in a searchable field',
      pointer: '/components/parameters/QueryFields',
      source: 'V',
    },
  },
  cases: searchCases,
  moreCases: moreSearchCases,
  onList: judgeSearch,
}

/** Characters that get lost or changed on the way, or mean something to a database. */
const PRECARIOUS = [/[&+#=?]/, /[<>"'\\/;]/, /\P{ASCII}/u, /[%_,]/]

const BOTH = ['name', 'description']

/** Searched for in a member that no item shows: what is found has it nevertheless. */
const MOST_FREQUENT_LETTER = 'e'

function searchCases({ snapshot, random }: World): Case[] {
  const size = Math.min(50, snapshot.pageSize)
  const termOptions = (qFields: readonly string[]): TermOptions => ({ items: snapshot.items, qFields, random })
  const searched = (q: string | undefined, qFields: readonly string[], extra: object = {}): Case[] => {
    if (q === undefined) return []
    const fields = ['id', ...new Set(qFields.map(memberOf).filter((member) => member !== 'id'))]
    return [listCase('search-finds', listRequest({ fields, page: [1, size], q, qFields, ...extra }))]
  }
  const each = SEARCHABLE_FIELDS.flatMap((field) =>
    searched(tellingTerm(termOptions([field])) ?? MOST_FREQUENT_LETTER, [field]),
  )
  // What one member has and the other never: a search that looks in both finds it.
  const elsewhere = [BOTH, BOTH.toReversed()].flatMap(([from = '', into = '']) =>
    searched(
      deceptiveTerm((text) => innerPiece(text), termOptions([from]), [into]),
      [into],
    ),
  )
  const pairs = random.shuffle([
    ['name', 'description'],
    ['id', 'name'],
    ['resource', 'failed_reason'],
    ['description', 'failed_reason'],
  ])
  const several = tellingTerm(termOptions(pairs[0] ?? []))
  const anywhere = tellingTerm(termOptions(['name']))
  const inOrder = tellingTerm(termOptions(BOTH))
  const deceptive = DECEPTIVE.flatMap((make) => searched(deceptiveTerm(make, termOptions(BOTH)), BOTH))
  return [
    ...each,
    ...elsewhere,
    ...longCases(snapshot),
    ...searched(several, pairs[0] ?? []),
    ...searched(lateTerm({ items: snapshot.items, qFields: ['description'] }), ['description']),
    ...searched(inOrder, BOTH, { fields: [...BOTH, 'id'], sort: ['-name'], page: [1, Math.min(3, size)] }),
    ...searched(inOrder, BOTH, { fields: ['id'], sort: ['-name'], page: [2, Math.min(2, size)] }),
    ...PRECARIOUS.flatMap((kind) => searched(termWith(kind, termOptions(BOTH)), BOTH)),
    ...(anywhere === undefined
      ? []
      : [listCase('search-default', listRequest({ view: 'full', page: [1, size], q: anywhere }))]),
    ...deceptive,
    ...hostileCases(),
  ]
}

/** For requests that are left over: terms that lose a mark, and pages of what is found without an order. */
function moreSearchCases({ snapshot, random }: World): Case[] {
  const { items } = snapshot
  const stripped = STRIPPED.flatMap((mark) => {
    const q = deceptiveTerm((text) => insertInside(text, mark), { items, qFields: BOTH, random })
    return q === undefined ? [] : [listRequest({ fields: ['id', ...BOTH], page: [1, 10], q, qFields: BOTH })]
  })
  return [...seams(snapshot), ...random.shuffle(stripped).map((request) => listCase('search-finds', request))]
}

/** Small pages of a search are pieces of a larger one. */
function seams({ items, pageSize }: AccountSnapshot): Case[] {
  const q = MOST_FREQUENT_LETTER
  const { length } = matches(items, q, ['name']).must
  const size = Math.min(7, Math.ceil(length / 3), Math.floor(pageSize / 3))
  if (size === 0) return []
  const pageAt = (number: number, of: number): TestRequest =>
    listRequest({ fields: ['id', 'name'], page: [number, of], q, qFields: ['name'] })
  return [seamCase([pageAt(1, size), pageAt(2, size)], pageAt(1, 2 * size + 1), size)]
}

/** A search finds what contains the text, and nothing else. */
function judgeSearch({ request, query, envelope, snapshot }: ListAnswer): Violation<Law>[] {
  const { q, qFields = SEARCHABLE_FIELDS } = query
  if (q === undefined || q === '') return []
  const law = query.qFields === undefined ? 'search-default' : 'search-finds'
  const { items, total } = envelope
  const members = qFields.map(memberOf)
  // The answer's own values prove more than a comparison, where it has them all.
  const full = items.map((item): Item => ({ ...snapshot.byId.get(String(item['id'])), ...item }))
  const wrong = full.find((item) => members.every((member) => member in item) && !contains(item, q, qFields, 'perhaps'))
  if (wrong !== undefined) {
    const values = members.map((member) => JSON.stringify(wrong[member] ?? null)).join(', ')
    const actual = `item ${JSON.stringify(wrong['id'])}, whose ${members.join(', ')} (${values}) does not have ${JSON.stringify(q)} in it`
    return [contradiction(law, request, actual)]
  }
  // How many there are of those that meet the filters as well is counted with the filters.
  if (snapshot.extent === 'part' || query.filters !== undefined) return []
  const { must, may } = matches(snapshot.items, q, qFields)
  // Which field is the default one is not documented: whichever it is, it is one of them.
  const least =
    query.qFields === undefined
      ? Math.min(...SEARCHABLE_FIELDS.map((field) => matches(snapshot.items, q, [field]).must.length))
      : must.length
  if (total < least || total > may.length) {
    const expected = least === may.length ? `${least}` : `${least} to ${may.length}`
    const actual = `total ${total}, while ${expected} of ${snapshot.total} items have ${JSON.stringify(q)} in their ${members.join(' or ')}`
    return [contradiction(law, request, actual)]
  }
  const missed = query.qFields === undefined ? undefined : missingItem(must, envelope)
  return missed === undefined ? [] : [contradiction(law, request, missed)]
}

/** An item that must be found and is not, where the page has everything that was found. */
export function missingItem(must: readonly Item[], { items, total }: ListAnswer['envelope']): string | undefined {
  if (items.length < total || items.some(({ id }) => id === undefined)) return undefined
  const found = new Set(items.map(({ id }) => id))
  const missed = must.find(({ id }) => !found.has(id))
  return missed && `item ${JSON.stringify(missed['id'])} is not found, though it matches`
}
