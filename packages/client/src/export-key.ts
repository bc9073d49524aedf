import { invalidQuery } from './failures.ts'
import { isWellFormed } from './well-formed.ts'

/** Ten letters and digits. */
export function randomKey(random: () => number): string {
  return Array.from({ length: 10 }, () => Math.floor(random() * 36).toString(36)).join('')
}

/** Whether a name has the key as a whole word: the key `run-1` is not in `run-17`. */
export function keyMatcher(key: string): (name: string) => boolean {
  if (key.trim() === '' || !isWellFormed(key)) throw invalidQuery('key', key, 'is no text to find an export by')
  const literal = key.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  const whole = new RegExp(`(?:^|[^\\p{L}\\p{N}])${literal}(?:$|[^\\p{L}\\p{N}])`, 'u')
  return (name) => whole.test(name)
}
