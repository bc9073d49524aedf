import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import type { Item } from '../verify/exchange.ts'
import { isMissing } from '../verify/oracle/text-order.ts'

export interface Ordering {
  readonly name: 'code-point' | 'case-insensitive' | 'natural' | 'letters'
  readonly compare: (one: string, other: string) => number
}

const natural = new Intl.Collator('en', { numeric: true })

/** How texts may be ordered, by the words of the profile. */
export const TEXT_ORDERINGS: readonly Ordering[] = [
  { name: 'code-point', compare: (one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)) },
  { name: 'case-insensitive', compare: (one, other) => byCode(one.toLowerCase(), other.toLowerCase()) },
  { name: 'natural', compare: natural.compare },
  { name: 'letters', compare: (one, other) => byCode(lettersOf(one), lettersOf(other)) },
]

function byCode(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Longer lists of keys are no order that a person would have chosen. */
const MOST_KEYS = 3

/**
 * The shortest list of sort keys that gives exports the order in which they came. `id` is a key only where no member
 * that `sort` takes does the same, or, for ties, before those that do.
 *
 * @param groups each in the order in which it came, with exports that an earlier key leaves equal
 */
export function keysOf(groups: readonly (readonly Item[])[], about: 'lists' | 'ties'): readonly string[] | undefined {
  const members = about === 'ties' ? ['id', ...SORTABLE_FIELDS] : [...SORTABLE_FIELDS, 'id']
  let open: readonly Explanation[] = [{ keys: [], groups: groups.filter(({ length }) => length > 1) }]
  if (open[0]?.groups.length === 0) return undefined
  for (let length = 1; length <= MOST_KEYS; length += 1) {
    const next = open.flatMap((one) => extensions(one, members))
    const whole = next.filter((one) => one.groups.length === 0)
    if (whole.length > 0)
      return preferred(
        whole.map(({ keys }) => keys),
        about,
      )
    open = next
  }
  return undefined
}

interface Explanation {
  readonly keys: readonly string[]
  /** What these keys leave equal. */
  readonly groups: readonly (readonly Item[])[]
}

function extensions({ keys, groups }: Explanation, members: readonly string[]): readonly Explanation[] {
  const used = keys.map((key) => key.replace(/^-/, ''))
  return members
    .flatMap((member) => (used.includes(member) ? [] : [member, `-${member}`]))
    .flatMap((key) => {
      const member = key.replace(/^-/, '')
      const orderings = groups.some((group) => group.some((item) => typeof item[member] === 'string'))
        ? TEXT_ORDERINGS
        : TEXT_ORDERINGS.slice(0, 1)
      const isOrder = orderings.some((ordering) => groups.every((group) => isOrdered(group, key, ordering)))
      const rest = groups.flatMap((group) => equalRuns(group, member))
      return isOrder && hasTwoValues(groups, member)
        ? [{ keys: [...keys, key], groups: rest.filter(({ length }) => length > 1) }]
        : []
    })
}

function hasTwoValues(groups: readonly (readonly Item[])[], member: string): boolean {
  return groups.some((group) => new Set(group.map((item) => item[member] ?? null)).size > 1)
}

/** Nulls may stand at either end. */
function isOrdered(group: readonly Item[], key: string, { compare }: Ordering): boolean {
  const member = key.replace(/^-/, '')
  const sign = key.startsWith('-') ? -1 : 1
  const values = group.map((item) => item[member])
  const known = values.filter((value) => !isMissing(value))
  const firstKnown = values.findIndex((value) => !isMissing(value))
  const isTogether = known.every((_, index) => !isMissing(values[firstKnown + index]))
  const isAtEnd = firstKnown <= 0 || firstKnown + known.length === values.length
  return (
    isTogether &&
    isAtEnd &&
    known.every((value, index) => index === 0 || sign * compareValues(known[index - 1], value, compare) <= 0)
  )
}

function compareValues(one: unknown, other: unknown, compare: Ordering['compare']): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  const [left, right] = [String(one), String(other)]
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return left.length - right.length || byCode(left, right)
  return compare(left, right)
}

/** Neighbours with the same value. */
export function equalRuns(group: readonly Item[], member: string): readonly (readonly Item[])[] {
  const runs: Item[][] = []
  for (const item of group) {
    const last = runs.at(-1)
    if (last !== undefined && (last[0]?.[member] ?? null) === (item[member] ?? null)) last.push(item)
    else runs.push([item])
  }
  return runs
}

/** What explanations of the same length begin with alike; those that differ in nothing but `id` are one. */
function preferred(
  explanations: readonly (readonly string[])[],
  about: 'lists' | 'ties',
): readonly string[] | undefined {
  const isById = (keys: readonly string[]): boolean => keys.some((key) => /^-?id$/.test(key))
  const [byId, others] = [explanations.filter(isById), explanations.filter((keys) => !isById(keys))]
  const [first, second] = about === 'ties' ? [byId, others] : [others, byId]
  const chosen = first.length > 0 ? first : second
  const length = chosen[0]?.findIndex((key, index) => chosen.some((keys) => keys[index] !== key)) ?? 0
  const common = length === -1 ? chosen[0] : chosen[0]?.slice(0, length)
  return common?.length === 0 ? undefined : common
}
