import { ExportsError } from './errors.ts'
import { show } from './show.ts'

/** The error of a part of a query: its name, its value, the rule that it breaks, and what is allowed. */
export function invalidQuery(
  name: string,
  value: unknown,
  rule: string,
  allowed?: readonly string[],
): ExportsError<'invalid-query'> {
  const choice = allowed ? `. Allowed: ${allowed.join(', ')}` : ''
  return new ExportsError('invalid-query', `${name}: ${show(value)} ${rule}${choice}`, { value, allowed })
}
