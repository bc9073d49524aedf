/**
 * How a text is searched: whether case matters is not documented, and here it does not. Upper before lower case also
 * unites letters such as ß and SS, and composing unites é with e + combining accent.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase()
}
