/** `aB` becomes `Ab`. Only letters whose two cases are one letter each. */
export function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

/** Latin letters without their accents. */
export function unaccented(text: string): string {
  return text.replaceAll(/[À-ÖØ-öø-ž]/g, (letter) => letter.normalize('NFKD').replaceAll(/\p{M}/gu, ''))
}
