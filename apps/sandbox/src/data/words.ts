import type { Choices } from '../choices.ts'
import { FORMATS, RESOURCES } from './vocabulary.ts'

/** The words of an account's made-up exports. */
export interface Words {
  readonly resources: readonly string[]
  /** Each format as often as its share of all exports. */
  readonly formats: readonly { readonly extension: string; readonly mime_type: string }[]
  readonly statuses: readonly string[]
}

/** Per cent of a format that the sandbox does not know. */
const OTHER_SHARE = 6

/**
 * A word that an account has and the sandbox does not know is used too: a status for exports that never change. The
 * order of the words does not matter: the same words make the same exports.
 */
export function wordsOf(choices: Choices): Words {
  const types = choices['vocabulary.mime_type'].toSorted()
  const extensions = inOrder(
    choices['vocabulary.extension'],
    FORMATS.map(({ extension }) => extension),
  )
  const spareTypes = types.filter((type) => !FORMATS.some(({ mime_type }) => mime_type === type))
  const formats = extensions.map((extension, index) => {
    const known = FORMATS.find((format) => format.extension === extension)
    const spare = spareTypes[index % Math.max(1, spareTypes.length)] ?? types[index % Math.max(1, types.length)]
    const isUsed = known !== undefined && types.includes(known.mime_type)
    return {
      extension,
      mime_type: isUsed ? known.mime_type : (spare ?? 'application/octet-stream'),
      percent: known?.percent ?? OTHER_SHARE,
    }
  })
  return {
    resources: someOr(inOrder(choices['vocabulary.resource'], RESOURCES), 'quick-reports'),
    formats: someOr(formats, { extension: 'csv', mime_type: 'text/csv', percent: 1 }).flatMap(
      ({ percent, ...format }) => Array.from({ length: percent }, () => format),
    ),
    statuses: someOr(choices['vocabulary.status'].toSorted(), 'ready'),
  }
}

/** Known words as they are known, then the others. */
function inOrder(words: readonly string[], known: readonly string[]): readonly string[] {
  return [...known.filter((word) => words.includes(word)), ...words.filter((word) => !known.includes(word)).toSorted()]
}

function someOr<Value>(values: readonly Value[], otherwise: Value): readonly Value[] {
  return values.length === 0 ? [otherwise] : values
}
