import { posix } from 'node:path'
import { byteLength, LONGEST_BYTES, safeFileName, shorten } from '../safe-file-name.ts'
import { parsePath } from './path-template.ts'
import type { Named } from './path-template.ts'

/** Equal for names that some file system takes for the same: without case, and composed. */
export function nameKey(file: string): string {
  return file.normalize('NFC').toUpperCase().toLowerCase()
}

/** Names for the file of an export, relative to the destination, the best first. */
export type FileNames = (item: Named) => Generator<string, never, undefined>

/**
 * How files are named: as the export is called, or by a template, see `parsePath`. Where that is taken, the id is
 * added; then a number too.
 * @throws ExportsError `invalid-options` for what is no template
 */
export function createFileNames(template?: string): FileNames {
  const pathOf = template === undefined ? ownName : parsePath(template)
  return function* (item) {
    const own = pathOf(item)
    yield own
    const { dir, name, ext } = posix.parse(own)
    for (let number = 1; ; number += 1) {
      const suffix = ` (${item.id}${number === 1 ? '' : ` ${number}`})${ext}`
      // A long name gives way to what tells it from others.
      yield posix.join(dir, safeFileName(shorten(name, LONGEST_BYTES - byteLength(suffix)) + suffix))
    }
  }
}

/**
 * The name that a mirror gives to the file of an export, if no other has it.
 * @param template as the option `path` of `mirror`
 * @throws ExportsError `invalid-options` for what is no template
 */
export function fileNameOf(item: Named, template?: string): string {
  return createFileNames(template)(item).next().value
}

function ownName({ id, name, extension }: Named): string {
  return safeFileName(name ?? `export-${id}`, extension)
}
