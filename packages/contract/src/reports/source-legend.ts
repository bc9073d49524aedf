import type { Failure } from '../verify/findings.ts'

/** What the letters mean that stand at the failures; undefined: none stands there. */
export function sourceLegend(failures: readonly Failure[]): string | undefined {
  const letters = new Set(failures.flatMap(({ source }) => source.split(', ')))
  const meanings = [
    ...(letters.has('S') || letters.has('V') ? ['S and V are pages of the vendor'] : []),
    ...(letters.has('?')
      ? ['? means that the vendor does not document it, and this project chose (--except leaves a law out)']
      : []),
  ]
  return meanings.length === 0 ? undefined : `Sources: ${meanings.join('; ')}.`
}

/** The same for one failure, where no legend stands near. */
export function sourceInWords(source: string): string {
  return source === '?' ? '?: not documented by the vendor, chosen by this project' : source
}
