/** A value in the words of an error: as JSON where that shows what it is, and not too long. */
export function show(value: unknown): string {
  const text = asText(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function asText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'a function'
  // JSON has neither NaN nor Infinity, and makes null of them.
  if (typeof value === 'number') return String(value)
  try {
    const json = JSON.stringify(value) ?? String(value)
    // What keeps its state to itself, such as an AbortController, is shown by its class.
    const name = json === '{}' ? (value as object).constructor?.name : 'Object'
    return name && name !== 'Object' ? name : json
  } catch {
    // Circular, or with a bigint inside.
    return String(value)
  }
}
