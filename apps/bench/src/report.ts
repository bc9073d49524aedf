import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'

const PAGE = new URL('../../../docs/benchmarks.md', import.meta.url)

/** What the numbers were measured on. */
export function machine(): string {
  return `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? 'an unknown CPU'}, Node ${process.versions.node}`
}

/**
 * Puts a report into the page of the docs, between the comments `bench:name` and `/bench`.
 * @throws Error when the page has no such place.
 */
export function writeReport(name: string, text: string): void {
  const page = readFileSync(PAGE, 'utf8')
  const place = new RegExp(`(<!-- bench:${name} -->\n)[^]*?(<!-- /bench -->)`)
  if (!place.test(page)) throw new Error(`docs/benchmarks.md has no place for ${JSON.stringify(name)}`)
  writeFileSync(
    PAGE,
    page.replace(place, (_, open: string, close: string) => `${open}\n${text}\n\n${close}`),
  )
}

/** Prints a report and, if asked, puts it into the docs. */
export function publish(name: string, text: string, write: 'print' | 'write'): void {
  console.log(text)
  if (write === 'print') return
  writeReport(name, text)
  console.log(`\nWritten into docs/benchmarks.md, ${name}`)
}
