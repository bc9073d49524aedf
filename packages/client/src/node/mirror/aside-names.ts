import { extname } from 'node:path'

/** Names for a file that has to make room, without an end: `list (changed).csv`, `list (changed 2).csv`, … */
export function* asideNames(file: string, why: 'before' | 'changed'): Generator<string, never, undefined> {
  const extension = extname(file)
  const stem = file.slice(0, file.length - extension.length)
  for (let number = 1; ; number += 1) yield `${stem} (${why}${number === 1 ? '' : ` ${number}`})${extension}`
}
