import { SEARCHABLE_FIELDS } from '@hood-exports/openapi'
import type { Item } from './exchange.ts'
import { contains, generous, matches, memberOf } from './oracle/matches.ts'
import type { Random } from './random.ts'

export interface TermOptions {
  readonly items: readonly Item[]
  /** Wire names. */
  readonly qFields: readonly string[]
  readonly random: Random
}

const CANDIDATES = 16
/** Letters of a long text that somebody might look at and no further. */
const SHORTENED = 20
/** So many items tell enough about what a term would find. */
const SAMPLE = 120

/** Of many pieces of the items' texts, the one that tells most ways of searching wrongly apart. */
export function tellingTerm({ items: all, qFields, random }: TermOptions): string | undefined {
  const items = all.length > SAMPLE ? random.shuffle(all).slice(0, SAMPLE) : all
  const texts = items.map((item) => ({ item, values: textsOf(item, qFields) }))
  const candidates = Array.from({ length: CANDIDATES }, () => pieceOf(items, qFields, random)).filter(
    (term) => term !== undefined,
  )
  let best: { readonly term: string; readonly score: number } | undefined
  for (const term of new Set(candidates)) {
    const { must, may } = matches(items, term, qFields)
    if (must.length === 0) continue
    const right = keyOf(must)
    const told = wrongFindings(texts, term, qFields).filter((found) => keyOf(found) !== right).length
    // Where case or accents matter, the answer could be either.
    const score = told - (must.length === may.length ? 0 : 2) - (must.length === items.length ? 3 : 0)
    if (best === undefined || score > best.score) best = { term, score }
  }
  return best?.term
}

function keyOf(found: readonly Item[]): string {
  return found.map(({ id }) => id).join()
}

interface ItemTexts {
  readonly item: Item
  readonly values: readonly string[]
}

function textsOf(item: Item, qFields: readonly string[]): readonly string[] {
  return qFields.flatMap((field) => {
    const value = item[memberOf(field)]
    return typeof value === 'string' ? [generous(value)] : []
  })
}

/** What providers with one defect would find. */
function wrongFindings(texts: readonly ItemTexts[], term: string, qFields: readonly string[]): (readonly Item[])[] {
  const text = generous(term)
  const items = texts.map(({ item }) => item)
  const where = (test: (value: string) => boolean): readonly Item[] =>
    texts.filter(({ values }) => values.some(test)).map(({ item }) => item)
  const containing = (fields: readonly string[]): readonly Item[] =>
    items.filter((item) => contains(item, term, fields, 'surely'))
  const words = text.split(/\s+/)
  return [
    where((value) => value.startsWith(text)),
    where((value) => value.endsWith(text)),
    where((value) => value === text),
    where((value) => value.split(/\W+/).some((word) => word.startsWith(text))),
    where((value) => value.split(/\W+/).includes(text)),
    where((value) => words.some((word) => value.includes(word))),
    where((value) => words.every((word) => value.includes(word))),
    where((value) => value.slice(0, SHORTENED).includes(text)),
    ...SEARCHABLE_FIELDS.map((field) => containing([field])),
    ...SEARCHABLE_FIELDS.map((field) => containing([...qFields, field])),
    items.filter((item) => qFields.every((field) => contains(item, term, [field], 'surely'))),
    containing(SEARCHABLE_FIELDS),
  ]
}

/** A piece from the middle of a text, without spaces at its ends: some providers trim. */
function pieceOf(items: readonly Item[], qFields: readonly string[], random: Random): string | undefined {
  const value = random.pick(items)?.[memberOf(random.pick(qFields) ?? '')]
  if (typeof value !== 'string' || value.length === 0) return undefined
  const letters = Array.from(value)
  const length = Math.min(letters.length, 2 + random.below(7))
  const start = Math.min(letters.length - length, 1 + random.below(letters.length))
  return cleanTerm(letters.slice(Math.max(0, start), Math.max(0, start) + length).join(''))
}

/** What every provider can be asked for: no spaces at the ends, no control characters, no lone accents. */
function cleanTerm(text: string): string | undefined {
  const term = text.trim()
  return term === '' || /[\p{Cc}\p{M}]|\s{2}|[^\S ]/u.test(term) ? undefined : term
}

/** A piece that has a character of a kind in it. */
export function termWith(kind: RegExp, { items, qFields, random }: TermOptions): string | undefined {
  for (const item of random.shuffle(items)) {
    for (const field of qFields) {
      const value = item[memberOf(field)]
      const place = typeof value === 'string' ? value.search(kind) : -1
      if (typeof value !== 'string' || place === -1) continue
      const letters = Array.from(value.slice(Math.max(0, place - 2), place + 3))
      const term = cleanTerm(letters.join('').replaceAll(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, ''))
      if (term !== undefined && kind.test(term)) return term
    }
  }
  return undefined
}

/** A text that only a pattern or a word search would find, not a substring search. */
export function deceptiveTerm(
  make: (text: string, random: Random) => string | undefined,
  { items, qFields, random }: TermOptions,
): string | undefined {
  for (const item of random.shuffle(items)) {
    for (const field of qFields) {
      const value = item[memberOf(field)]
      const term = typeof value === 'string' ? make(value, random) : undefined
      if (term !== undefined && matches(items, term, SEARCHABLE_FIELDS).may.length === 0) return term
    }
  }
  return undefined
}
