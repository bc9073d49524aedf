/** A value in the words of an error: as JSON where it is some, and not too long. */
export function show(value: unknown): string {
  const text = asText(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function asText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    // Circular, or with a bigint inside.
    return String(value)
  }
}
