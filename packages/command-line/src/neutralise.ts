/** What a terminal could obey: C0 and C1 control characters, and marks that turn the direction of text around. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

/**
 * Text from elsewhere, harmless on a terminal: each control character becomes a visible sign (`␛` for ESC). Names of
 * exports hold any text that was typed, and a terminal obeys what it is sent.
 */
export function neutralise(text: string): string {
  return text.replaceAll(CONTROLS, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : '\ufffd'
  })
}

/** JSON with the same value, harmless on a terminal: what `JSON.stringify` leaves as it is becomes an escape. */
export function neutraliseJson(json: string): string {
  // Line breaks and tabs outside of strings are JSON's own; inside they are escaped already.
  return json.replaceAll(CONTROLS, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x20 ? character : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
