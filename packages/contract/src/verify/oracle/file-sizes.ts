import type { Item } from '../exchange.ts'

/** A file that came, and the item that it is of. */
export interface SizedFile {
  readonly item: Item
  readonly bytes: number
}

interface Pair {
  readonly size: number
  readonly bytes: number
}

/**
 * Files that have another length than their items say. What `size` counts is not documented: it is taken for bytes
 * where one file has as many, or where the sizes have so much to do with the files that nothing else is left.
 *
 * @param items all that are known
 */
export function wrongSizes<File extends SizedFile>(files: readonly File[], items: readonly Item[]): readonly File[] {
  const pairs = files.flatMap(({ item: { size }, bytes }) => (typeof size === 'number' ? [{ size, bytes }] : []))
  const wrong = files.filter(({ item: { size }, bytes }) => typeof size === 'number' && size !== bytes)
  const areOfBytes = isOfBytes(pairs, items) || (pairs.length > 3 && isOfBytes(withoutLargest(pairs), items))
  return wrong.length < pairs.length || areOfBytes ? wrong : []
}

/** The largest is of another order, and may be of another kind. */
function withoutLargest(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.toSorted((one, other) => one.size - other.size).slice(0, -1)
}

/** No mistake adds or loses more, and no other measure comes so close. */
const A_FEW_BYTES = 16

/** Whether sizes that fit no file must be numbers of bytes all the same. */
function isOfBytes(pairs: readonly Pair[], items: readonly Item[]): boolean {
  if (pairs.every(({ size, bytes }) => bytes === 0 && size > 0)) return true
  if (pairs.some(({ bytes }) => bytes === 0) || isInKilobytes(pairs)) return false
  if (pairs.every(({ size, bytes }) => Math.abs(size - bytes) <= A_FEW_BYTES)) return true
  const isVaried = new Set(pairs.map(({ size }) => size)).size > 1
  return isVaried && (isProportional(pairs) || areSizesOfOthers(pairs, items))
}

function isInKilobytes(pairs: readonly Pair[]): boolean {
  return [1_000, 1_024].some((unit) => pairs.every(({ size, bytes }) => Math.abs(size - bytes / unit) < 1))
}

/** Half of each file, each in base64, each with a line more: larger files have larger sizes. */
function isProportional(pairs: readonly Pair[]): boolean {
  const ratios = pairs.map(({ size, bytes }) => bytes / size)
  const sizes = pairs.map(({ size }) => size)
  const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values)
  if (ratios.some((ratio) => ratio < 0.3 || ratio > 3.5)) return false
  if (spread(ratios) < 1.02) return true
  if (pairs.length < 3) return false
  const ordered = pairs.toSorted((one, other) => one.size - other.size)
  if (areOnALine(ordered)) return true
  const isOrdered = ordered.every(({ bytes }, index) => index === 0 || bytes > (ordered[index - 1]?.bytes ?? 0))
  return isOrdered && spread(ratios) < 2 && spread(sizes) >= 3
}

/** What encodes in pieces rounds up to the next one. */
const A_PIECE = 4

function areOnALine(ordered: readonly Pair[]): boolean {
  const [first, last] = [ordered[0], ordered.at(-1)]
  if (first === undefined || last === undefined || last.size === first.size) return false
  const slope = (last.bytes - first.bytes) / (last.size - first.size)
  return (
    slope > 0.3 &&
    ordered.every(({ size, bytes }) => Math.abs(first.bytes + slope * (size - first.size) - bytes) < A_PIECE)
  )
}

/** The files of other items: lengths that are sizes of others, more often than chance would bring about. */
function areSizesOfOthers(pairs: readonly Pair[], items: readonly Item[]): boolean {
  const sizes = new Set(items.map(({ size }) => size).filter((size) => typeof size === 'number'))
  const lengths = [...new Set(pairs.map(({ bytes }) => bytes))]
  const density = sizes.size / (Math.max(...sizes) - Math.min(...sizes) + 1)
  const hits = lengths.filter((length) => sizes.has(length)).length
  return hits >= lengths.length / 2 && density ** hits < 0.01
}
