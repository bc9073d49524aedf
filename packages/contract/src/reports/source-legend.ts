import type { Failure } from '../verify/findings.ts'

/** The page of the repository that explains the sources and lists every choice. */
const PAGE = 'docs/verify-a-provider.md#sources'

/** What the letters mean that stand at the failures; undefined: none stands there. */
export function sourceLegend(failures: readonly Failure[]): string | undefined {
  const letters = new Set(failures.flatMap(({ source }) => source.split(', ')))
  const meanings = [
    ...(letters.has('S') || letters.has('V') ? ['S and V are pages of the vendor'] : []),
    ...(letters.has('?') ? ['? means that the vendor does not document it, and this project chose'] : []),
  ]
  return meanings.length === 0 ? undefined : `Sources: ${meanings.join('; ')}. See ${PAGE}.`
}

/** The same for one failure, where no legend stands near. */
export function sourceInWords(source: string): string {
  return source === '?' ? `?: not documented by the vendor, chosen by this project, see ${PAGE}` : source
}
