import { SEARCHABLE_FIELDS } from '@hood-exports/openapi'
import { askList } from '../ask.ts'
import { memberOf } from '../oracle/matches.ts'
import { deceptiveTerm, lateTerm, tellingTerm, termWith } from '../search-terms.ts'
import type { TermOptions } from '../search-terms.ts'
import { listCase } from './case.ts'
import type { Case, World } from './case.ts'

/** Texts that a substring search does not find, but something cleverer would. */
const DECEPTIVE: readonly ((text: string) => string | undefined)[] = [
  (text) => replaceInside(text, '_'),
  (text) => replaceInside(text, '%'),
  (text) => replaceInside(text, "'"),
  (text) => replaceInside(text, '.'),
  (text) => replaceInside(text, '*'),
  (text) => {
    const [, first, second] = /(\w{3,}) (\w{3,})/.exec(text) ?? []
    return first === undefined || first === second ? undefined : `${second} ${first}`
  },
  (text) => {
    const [, first, second] = /(\w{3,}) (\w{3,})/.exec(text) ?? []
    return first === undefined ? undefined : `${first},${second}`
  },
  (text) => {
    const [, first, second] = /(\w{3,}) (\w{3,})/.exec(text) ?? []
    return first === undefined ? undefined : `${first}+${second}`
  },
  // Sent as %2520, so that decoding it once leaves %20, and decoding it twice a space.
  (text) => {
    const [, first, second] = /(\w{3,}) (\w{3,})/.exec(text) ?? []
    return first === undefined ? undefined : `${first}%20${second}`
  },
]

/** Characters that get lost or changed on the way, or mean something to a database. */
const PRECARIOUS = [/[&+#=?]/, /[<>"'\\/;]/, /\P{ASCII}/u, /[%_,]/]

const BOTH = ['name', 'description']

/** Searched for in a member that no item shows: what is found has it nevertheless. */
const MOST_FREQUENT_LETTER = 'e'

export function searchingCases(world: World): Case[] {
  const { corpus, random } = world
  const size = Math.min(50, corpus.pageSize)
  const termOptions = (qFields: readonly string[]): TermOptions => ({ items: corpus.items, qFields, random })
  const search = (q: string | undefined, qFields: readonly string[], extra: object = {}): Case[] => {
    if (q === undefined) return []
    const fields = ['id', ...new Set(qFields.map(memberOf).filter((member) => member !== 'id'))]
    return [listCase('search-finds', askList({ fields, page: [1, size], q, qFields, ...extra }))]
  }
  const each = SEARCHABLE_FIELDS.flatMap((field) =>
    search(tellingTerm(termOptions([field])) ?? MOST_FREQUENT_LETTER, [field]),
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
  const deceptive = DECEPTIVE.flatMap((make) => search(deceptiveTerm(make, termOptions(BOTH)), BOTH))
  return [
    ...each,
    ...search(several, pairs[0] ?? []),
    ...search(lateTerm({ items: corpus.items, qFields: ['description'] }), ['description']),
    ...search(inOrder, BOTH, { fields: [...BOTH, 'id'], sort: ['-name'], page: [1, Math.min(3, size)] }),
    ...search(inOrder, BOTH, { fields: ['id'], sort: ['-name'], page: [2, Math.min(2, size)] }),
    ...PRECARIOUS.flatMap((kind) => search(termWith(kind, termOptions(BOTH)), BOTH)),
    ...(anywhere === undefined
      ? []
      : [listCase('search-default', askList({ view: 'full', page: [1, size], q: anywhere }))]),
    ...deceptive,
    ...search('no-such-text-anywhere-7c1e', ['name']),
  ]
}

/** Another character in the middle of a word. */
function replaceInside(text: string, mark: string): string | undefined {
  const word = /[A-Za-z]{5,}/.exec(text)?.[0]
  return word === undefined ? undefined : `${word.slice(1, 3)}${mark}${word.slice(4)}`
}
