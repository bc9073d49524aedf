import { safeFileName } from '../safe-file-name.ts'

export interface Named {
  readonly id: string
  readonly name?: string | null | undefined
  readonly extension?: string | null | undefined
}

/** Equal for names that some file system takes for the same: without case, and composed. */
export function nameKey(file: string): string {
  return file.normalize('NFC').toUpperCase().toLowerCase()
}

/** Names for the file of an export, the best first: its own, made safe; then with its id; then with a number. */
export function* fileNamesOf({ id, name, extension }: Named): Generator<string, never, undefined> {
  const own = safeFileName(name ?? `export-${id}`, extension)
  yield own
  const dot = own.lastIndexOf('.')
  const [stem, rest] = dot > 0 ? [own.slice(0, dot), own.slice(dot)] : [own, '']
  for (let number = 1; ; number += 1) {
    const suffix = ` (${id}${number === 1 ? '' : ` ${number}`})${rest}`
    // A long name gives way to what tells it from others.
    yield safeFileName(shorten(stem, Buffer.byteLength(suffix)) + suffix)
  }
}

const LONGEST_BYTES = 230

function shorten(stem: string, suffixBytes: number): string {
  let kept = ''
  let bytes = suffixBytes
  for (const { segment } of new Intl.Segmenter().segment(stem)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > LONGEST_BYTES) break
    kept += segment
  }
  return kept
}
