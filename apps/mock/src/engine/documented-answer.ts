import type { Operation } from './operation.ts'
import type { Preference } from './preference.ts'

/**
 * Whether an operation documents the answer that is wanted. Prism itself gives another one where `code` and `example`
 * contradict each other.
 */
export function hasAnswer({ responses }: Operation, { code, example }: Preference): boolean {
  const ofCode = responses.filter((response) => isOf(response.code, code))
  if (example === undefined) return code === undefined || ofCode.length > 0
  return ofCode.some((response) => exampleNames(response).includes(example))
}

/** Its statuses with the names of their examples: `200 (onePage, empty), 404 (notFound)`. */
export function answersOf({ responses }: Operation): string {
  return responses
    .map((response) => {
      const names = exampleNames(response)
      return names.length === 0 ? response.code : `${response.code} (${names.join(', ')})`
    })
    .join(', ')
}

type Response = Operation['responses'][number]

/** Without a wanted code it is the good answer. A document may have `4XX` and `default`. */
function isOf(documented: string, code: number | undefined): boolean {
  if (documented === 'default') return true
  return code === undefined
    ? documented.startsWith('2')
    : [String(code), `${Math.trunc(code / 100)}XX`].includes(documented.toUpperCase())
}

function exampleNames({ contents = [] }: Response): string[] {
  return [...new Set(contents.flatMap(({ examples = [] }) => examples.map(({ key }) => key)))]
}
