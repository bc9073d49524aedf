import picomatch from 'picomatch'
import { UsageError } from '@hood-exports/command-line'

export interface FileGlobs {
  /** One of them must match. Without any, all do. */
  readonly include?: readonly string[]
  /** None of them may match. */
  readonly exclude?: readonly string[]
}

/**
 * Whether a file is asked for by its name. `*` is any part of a name, `**` any number of folders, `?` a character,
 * `{a,b}` one of several, `[a-c]` one of these characters. A pattern without `/` is for the name alone, one with it for
 * the whole path.
 * @throws UsageError that names the pattern
 */
export function matchFiles({ include = [], exclude = [] }: FileGlobs): (file: string) => boolean {
  const [wanted, unwanted] = [include.map(matcher('--include')), exclude.map(matcher('--exclude'))]
  return (file) =>
    (wanted.length === 0 || wanted.some((matches) => matches(file))) && !unwanted.some((matches) => matches(file))
}

function matcher(flag: string): (glob: string) => (file: string) => boolean {
  return (glob) => {
    if (glob.trim() === '') throw new UsageError(`${flag} has no pattern: write one such as '*.csv'`)
    // As file names are written, whichever form accents have in the shell.
    return picomatch(glob.normalize('NFC'), { basename: !glob.includes('/'), dot: true })
  }
}
