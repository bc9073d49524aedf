/** Room for what is appended while saving: ` (999)` and `.1234abcd.part`. Most file systems allow 255 bytes. */
export const LONGEST_BYTES: number = 255 - 24

/** Devices on Windows, with any extension; also with superscript digits. */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i

/** Separators, what Windows refuses, control characters, and marks that turn the direction of text around. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f"*/:<>?\\|\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

const encoder = new TextEncoder()

/**
 * A file name that is one on every system and stays in its directory, from an export's name, which may hold anything.
 * Names that are allowed stay as they are, in every script.
 */
export function safeFileName(name: string, extension?: string | null): string {
  const suffix = extension ? `.${clean(extension).replace(/^[. ]+/, '')}`.replace(/^\.$/, '') : ''
  const isGiven = suffix !== '' && name.toLowerCase().endsWith(suffix.toLowerCase())
  const stem = clean(isGiven ? name.slice(0, -suffix.length) : name).replace(/^\.+/, '_')
  const kept = shorten(stem, LONGEST_BYTES - byteLength(suffix))
  const file = `${kept === '' ? 'export' : kept}${suffix}`
  return RESERVED.test(file) ? `_${file}` : file
}

function clean(text: string): string {
  // Windows drops spaces and dots at the end, so that two names would be one file.
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(FORBIDDEN, '_')
    .trim()
    .replace(/[. ]+$/, '')
}

/** Cut to so many bytes of UTF-8, between characters as people see them. */
export function shorten(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text
  let kept = ''
  let length = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    length += byteLength(segment)
    if (length > bytes) break
    kept += segment
  }
  return kept.replace(/[. ]+$/, '')
}

export function byteLength(text: string): number {
  return encoder.encode(text).byteLength
}
