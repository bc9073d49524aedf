import { readFileSync } from 'node:fs'
import { UsageError } from './usage-error.ts'

/**
 * Reads an option that names a file.
 *
 * @param read @throws Error that says what is wrong with the text
 * @throws UsageError that names the option and the file
 */
export function fileArgument<Value>(option: string, read: (text: string) => Value): (file: string) => Value {
  return (file) => {
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new UsageError(`${option}: ${JSON.stringify(file)} cannot be read (${code}): give a file that exists`)
    }
    try {
      return read(text)
    } catch (error) {
      throw new UsageError(`${option}: ${JSON.stringify(file)}: ${(error as Error).message}`)
    }
  }
}
