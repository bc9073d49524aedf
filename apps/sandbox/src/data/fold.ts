/**
 * How a text is searched: whether case matters is not documented, and here it does not. Upper before lower case also
 * unites letters such as ß and SS, and composing unites é with e + combining accent. Sigma has another lower case at
 * the end of a word, which a piece of a text does not know.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
