import { UsageError } from '@hood-exports/command-line'

/** @throws UsageError for what is no id */
export function exportId(text: string): string {
  if (/^\d+$/.test(text)) return text
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  throw new UsageError(`${JSON.stringify(shown)} is not an id: give a string of digits, such as 1000000`)
}
