import { SEARCHABLE_MEMBERS } from '@hood-exports/openapi'

export type SearchableMember = (typeof SEARCHABLE_MEMBERS)[keyof typeof SEARCHABLE_MEMBERS]
type FoldedMember = Exclude<SearchableMember, 'id'>

/** The members that are also stored as they are searched; digits are the same. */
export const FOLDED_MEMBERS: readonly FoldedMember[] = Object.values(SEARCHABLE_MEMBERS).filter(
  (member): member is FoldedMember => member !== 'id',
)

/** The column that a member is searched in. */
export function foldedColumn(member: FoldedMember): string {
  return `${member}_folded`
}

/**
 * How a text is searched: whether case matters is not documented, and here it does not. Upper before lower case also
 * unites letters such as ß and SS, and composing unites é with e + combining accent. Sigma has another lower case at
 * the end of a word, which a piece of a text does not know.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
