import { readFileSync } from 'node:fs'
import { UsageError } from '@hood-exports/command-line'

export interface ArrayFile<Value> {
  /** The option that names the file, for the error. */
  readonly option: string
  readonly file: string
  /** An array that can be read. */
  readonly example: string
  /** @throws Error that says what is wrong with an element. */
  readonly read: (element: Readonly<Record<string, unknown>>) => Value
}

/** The objects in a file that holds an array of them, in JSON. @throws UsageError */
export function readArrayFile<Value>({ option, file, example, read }: ArrayFile<Value>): Value[] {
  const refuse = (rule: string): never => {
    throw new UsageError(`--${option}: ${JSON.stringify(file)} ${rule}`)
  }
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(`is not JSON: write an array such as ${example}`)
    return refuse(`cannot be read (${(error as NodeJS.ErrnoException).code}): give a file that exists`)
  }
  if (!Array.isArray(json)) return refuse(`holds no array: write one such as ${example}`)
  return json.map((element: unknown, index) => {
    if (typeof element !== 'object' || element === null || Array.isArray(element)) {
      return refuse(`holds ${JSON.stringify(element)} at ${index}: write an object, as in ${example}`)
    }
    try {
      return read({ ...element })
    } catch (error) {
      return refuse(`is wrong at ${index}: ${(error as Error).message}`)
    }
  })
}
