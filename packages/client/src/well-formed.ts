/** Whether a text can be written in a URL: half of a surrogate pair cannot. */
export function isWellFormed(text: string): boolean {
  try {
    encodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
