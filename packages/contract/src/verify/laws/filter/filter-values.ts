import type { Item } from '../../exchange.ts'
import type { Filter } from './filter.ts'
import { selection } from '../../oracle/selection.ts'
import type { World } from '../../case.ts'

const TEXTS = ['name', 'description'] as const

/** What gets lost or changed on the way, or means something to a database or to the query itself. */
const PRECARIOUS: readonly RegExp[] = [
  /\P{ASCII}/u,
  /["'\\]/,
  /,/,
  /;/,
  /[&+#=]/,
  /%/,
  /[<>]/,
  /^[a-z]+:/,
  /:/,
  /[_*?]/,
  /^\s|\s$|\s{2}/,
]

/** A value that no item has, and that breaks a query which is put together as a text. */
const BREAKING = String.raw`it's not "such" a \ value; 100%_ – é 🛒`

/** Values that no item has, and that something cleverer than a comparison would take for one of a text. */
const DECEPTIVE: readonly ((text: string) => string | undefined)[] = [
  (text) => (text.length < 6 ? undefined : `${text.slice(0, Math.ceil(text.length / 2))}%`),
  (text) => (text.length < 6 ? undefined : text.slice(0, Math.ceil(text.length / 2)).trim()),
  (text) => {
    const word = /[A-Za-z]{5,}/.exec(text)
    return word === null ? undefined : `${text.slice(0, word.index + 2)}_${text.slice(word.index + 3)}`
  },
  // Sent as %2520, so that decoding it once leaves %20, and decoding it twice a space.
  (text) => (text.includes(' ') ? text.replace(' ', '%20') : undefined),
  (text) => `eq:${text}`,
]

const MOST_TEXTS = 4

/** Equality of texts: exactly those, whatever is in them. */
export function preciseFilters({ snapshot: { items }, random }: World): (readonly Filter[])[] {
  const shuffled = random.shuffle(items)
  const breaking: Filter = { member: 'name', operator: 'eq', values: [BREAKING] }
  return inPairs([[breaking], ...precariousTexts(shuffled)], deceptiveTexts(shuffled))
}

/** Texts of as few items as have them all, those with the most kinds of precarious characters first. */
function precariousTexts(items: readonly Item[]): (readonly Filter[])[] {
  let left = PRECARIOUS
  const chosen: (readonly Filter[])[] = []
  for (let count = 0; count < MOST_TEXTS; count += 1) {
    const known = left
    const kindsOf = (filters: readonly Filter[]): RegExp[] =>
      known.filter((kind) => filters.some(({ values }) => values.some((value) => kind.test(value))))
    const [best] = items
      .map((item) => TEXTS.flatMap((member) => equalTo(item, member)).filter((filter) => kindsOf([filter]).length > 0))
      .toSorted((one, other) => kindsOf(other).length - kindsOf(one).length)
    if (best === undefined || best.length === 0) return chosen
    chosen.push(best)
    left = left.filter((kind) => !kindsOf(best).includes(kind))
  }
  return chosen
}

function deceptiveTexts(items: readonly Item[]): (readonly Filter[])[] {
  const filters = items.flatMap((item) => TEXTS.flatMap((member) => equalTo(item, member)))
  return DECEPTIVE.flatMap((make) => {
    for (const { member, values } of filters) {
      const filter: Filter = { member, operator: 'eq', values: values.flatMap((value) => make(value) ?? []) }
      if (filter.values.length > 0 && selection(items, { filters: [filter] }).may.length === 0) return [[filter]]
    }
    return []
  })
}

const LONGEST = 200

/** Whole texts that every provider can be asked for. */
function equalTo(item: Item, member: string): Filter[] {
  const value = item[member]
  return typeof value === 'string' && value !== '' && value.length <= LONGEST && !/[\p{Cc}\p{M}]/u.test(value)
    ? [{ member, operator: 'eq', values: [value] }]
    : []
}

function inPairs<Value>(ones: readonly Value[], others: readonly Value[]): Value[] {
  return Array.from({ length: Math.max(ones.length, others.length) }, (_, index) => [
    ...ones.slice(index, index + 1),
    ...others.slice(index, index + 1),
  ]).flat()
}
