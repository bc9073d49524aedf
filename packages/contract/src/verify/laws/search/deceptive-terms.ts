/** Texts that a substring search does not find, but something cleverer would. */
export const DECEPTIVE: readonly ((text: string) => string | undefined)[] = [
  ...['_', '%', '.'].map((mark) => (text: string) => replaceInside(text, mark)),
  ...['"', "'", '*'].map((mark) => (text: string) => insertInside(text, mark)),
  (text) => joinedWords(text, (first, second) => (first === second ? undefined : `${second} ${first}`)),
  (text) => joinedWords(text, (first, second) => `${first},${second}`),
  (text) => joinedWords(text, (first, second) => `${first}+${second}`),
  // Sent as %2520, so that decoding it once leaves %20, and decoding it twice a space.
  (text) => joinedWords(text, (first, second) => `${first}%20${second}`),
]

/** Characters that some take out of a term before they search. */
export const STRIPPED: readonly string[] = ['\\', '%', '<b>', '-', '(', '|', '#']

/** Something more in the middle of a text. */
export function insertInside(text: string, more: string): string | undefined {
  const word = /[\p{L}\p{N}]{4,}/u.exec(text)?.[0]
  return word === undefined ? undefined : `${word.slice(0, 2)}${more}${word.slice(2)}`
}

/** Another character in the middle of a word. */
function replaceInside(text: string, mark: string): string | undefined {
  const word = /[A-Za-z]{5,}/.exec(text)?.[0]
  return word === undefined ? undefined : `${word.slice(1, 3)}${mark}${word.slice(4)}`
}

function joinedWords(text: string, join: (first: string, second: string) => string | undefined): string | undefined {
  const [, first, second] = /(\w{3,}) (\w{3,})/.exec(text) ?? []
  return first === undefined || second === undefined ? undefined : join(first, second)
}
