import type { Item } from '../../exchange.ts'

const LARGEST_BYTES = 2_000_000

/** Items that have no expiry, or the latest one: one of each media type, small ones first, and the largest of all. */
export function chooseFiles(items: readonly Item[], count: number): Item[] {
  const ready = items
    .filter(({ id, status, size }) => typeof id === 'string' && status === 'ready' && isSmall(size))
    .toSorted((one, other) => expiry(other).localeCompare(expiry(one)) || Number(one['size']) - Number(other['size']))
  const kinds = new Set<unknown>()
  const fresh = ready.filter(({ mime_type: kind }) => !kinds.has(kind) && kinds.add(kind))
  const [largest] = ready.toSorted((one, other) => Number(other['size']) - Number(one['size']))
  const others = [...fresh, ...ready.filter((item) => !fresh.includes(item))].filter((item) => item !== largest)
  return largest === undefined ? [] : [...others.slice(0, count - 1), largest]
}

function isSmall(size: unknown): boolean {
  return typeof size === 'number' && size > 0 && size <= LARGEST_BYTES
}

/** Times order like texts. */
export function expiry({ expire_time: time }: Item): string {
  return typeof time === 'string' ? time : '9999'
}
