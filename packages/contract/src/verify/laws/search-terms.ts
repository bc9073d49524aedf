import { SEARCHABLE_FIELDS } from '@hood-exports/openapi'
import type { Item } from '../exchange.ts'
import { contains, generous, matches, memberOf } from '../oracle/matches.ts'
import type { Random } from '../random.ts'

export interface TermOptions {
  readonly items: readonly Item[]
  /** Wire names. */
  readonly qFields: readonly string[]
  readonly random: Random
}

const CANDIDATES = 32
/** Letters of a long text that a provider may look at, and no further. */
const SHORTENED = 20
/** This many items show well enough what a term would find. */
const SAMPLE = 120

/** Picks the piece of the items' texts that exposes the most wrong ways to search. */
export function tellingTerm({ items: all, qFields, random }: TermOptions): string | undefined {
  const items = all.length > SAMPLE ? random.shuffle(all).slice(0, SAMPLE) : all
  const texts = items.map((item) => textsOf(item, qFields))
  const candidates = Array.from({ length: CANDIDATES }, () => pieceOf(items, qFields, random)).filter(
    (term) => term !== undefined,
  )
  let best: { readonly term: string; readonly score: number } | undefined
  for (const term of new Set(candidates)) {
    const { right, generously, wrong } = findings(items, texts, term, qFields)
    if (!right.includes(FOUND)) continue
    const exposed = wrong.filter((found) => found !== right).length
    // Where case or accents matter, the answer could be either.
    const score = exposed - (right === generously ? 0 : 2) - (right.includes(NOT_FOUND) ? 0 : 3)
    if (best === undefined || score > best.score) best = { term, score }
  }
  return best?.term
}

interface Text {
  readonly value: string
  readonly words: readonly string[]
}

function textsOf(item: Item, qFields: readonly string[]): readonly Text[] {
  return qFields.flatMap((field) => {
    const member = item[memberOf(field)]
    if (typeof member !== 'string') return []
    const value = generous(member)
    return [{ value, words: value.split(/\W+/) }]
  })
}

/** A letter per item. */
const [FOUND, NOT_FOUND] = ['+', '-'] as const

interface Findings {
  readonly right: string
  /** Where case and accents do not matter. */
  readonly generously: string
  /** What providers with one defect would find. */
  readonly wrong: readonly string[]
}

function findings(
  items: readonly Item[],
  texts: readonly (readonly Text[])[],
  term: string,
  qFields: readonly string[],
): Findings {
  const text = generous(term)
  const words = text.split(/\s+/)
  const mark = (isFound: (index: number) => boolean): string =>
    items.map((_, index) => (isFound(index) ? FOUND : NOT_FOUND)).join('')
  const where = (test: (text: Text) => boolean): string => mark((index) => texts[index]?.some(test) === true)
  const found = new Map(
    SEARCHABLE_FIELDS.map((field) => [field as string, items.map((item) => contains(item, term, [field], 'surely'))]),
  )
  const inSome = (fields: readonly string[]): string =>
    mark((index) => fields.some((field) => found.get(field)?.[index] === true))
  return {
    right: inSome(qFields),
    generously: where(({ value }) => value.includes(text)),
    wrong: [
      where(({ value }) => value.startsWith(text)),
      where(({ value }) => value.endsWith(text)),
      where(({ value }) => value === text),
      where((one) => one.words.some((word) => word.startsWith(text))),
      where((one) => one.words.includes(text)),
      where(({ value }) => words.some((word) => value.includes(word))),
      where(({ value }) => words.every((word) => value.includes(word))),
      where(({ value }) => value.slice(0, SHORTENED).includes(text)),
      where(({ value }) => hasLettersInOrder(value, text)),
      ...SEARCHABLE_FIELDS.map((field) => inSome([field])),
      ...SEARCHABLE_FIELDS.map((field) => inSome([...qFields, field])),
      mark((index) => qFields.every((field) => found.get(field)?.[index] === true)),
      inSome(SEARCHABLE_FIELDS),
    ],
  }
}

/** Whether a text has the letters of a term, with others between them. */
function hasLettersInOrder(text: string, term: string): boolean {
  let place = -1
  for (const letter of term) {
    place = text.indexOf(letter, place + 1)
    if (place === -1) return false
  }
  return true
}

/** A piece from the middle of a text, without spaces at its ends: some providers trim. */
function pieceOf(items: readonly Item[], qFields: readonly string[], random: Random): string | undefined {
  const value = random.pick(items)?.[memberOf(random.pick(qFields) ?? '')]
  if (typeof value !== 'string' || value.length === 0) return undefined
  const letters = Array.from(value)
  // Short ones are in other members, too, which a longer one seldom is.
  const length = Math.min(letters.length, 2 + random.below(random.pick([2, 7]) ?? 7))
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

/** A piece from the end of a text that does not have it any earlier: of all such, the one farthest from its beginning. */
export function lateTerm({ items, qFields }: Omit<TermOptions, 'random'>): string | undefined {
  const late = items
    .flatMap((item) => qFields.map((field) => item[memberOf(field)]))
    .flatMap((text) => {
      const term = typeof text === 'string' ? cleanTerm(Array.from(text).slice(-7, -1).join('')) : undefined
      return typeof text === 'string' && term !== undefined ? [{ term, place: text.indexOf(term) }] : []
    })
  return late.toSorted((one, other) => other.place - one.place)[0]?.term
}

/** A text that a substring search finds in no item: only one that reads it as something else, or looks elsewhere. */
export function deceptiveTerm(
  make: (text: string) => string | undefined,
  { items, qFields, random }: TermOptions,
  absentFrom: readonly string[] = SEARCHABLE_FIELDS,
): string | undefined {
  for (const item of random.shuffle(items)) {
    for (const field of qFields) {
      const value = item[memberOf(field)]
      const term = typeof value === 'string' ? make(value) : undefined
      if (term !== undefined && matches(items, term, absentFrom).may.length === 0) return term
    }
  }
  return undefined
}

/** A piece of a text, by default from near its beginning. */
export function innerPiece(text: string, start = 1, end = 9): string | undefined {
  return cleanTerm(Array.from(text).slice(start, end).join(''))
}
