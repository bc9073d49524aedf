import type { Operation } from '../engine/operation.ts'
import type { Call } from '@hood-exports/provider'
import type { Deviation } from './deviation.ts'
import { queryFindings } from './query-findings.ts'
import { redactorOf } from './redact.ts'

/** The mock, too, tells what it lets pass in a query, as the API does: a typing mistake is a 200. */
export interface QueryReport {
  /** Each sentence is told once. */
  report(call: Call, operation: Operation, status: number): void
  /** Tells every sentence again. */
  forget(): void
}

/** Made-up names do not fill the memory. */
const MAX_SENTENCES = 100

export function createQueryReport(onDeviation: (deviation: Deviation) => void): QueryReport {
  const told = new Set<string>()
  return {
    report: (call, operation, status) => {
      if (isPlain(call, operation)) return
      const redactor = redactorOf(call)
      for (const message of queryFindings(call, operation, redactor)) {
        if (told.has(message) || told.size === MAX_SENTENCES) continue
        told.add(message)
        onDeviation({ request: redactor.request(operation), status, side: 'request', message })
      }
    },
    forget: () => told.clear(),
  }
}

/** What most queries are: known names, each once. Told without decoding anything. */
function isPlain({ search }: Call, { request }: Operation): boolean {
  if (search === '') return true
  const names = search.split('&').map((pair) => pair.slice(0, pair.indexOf('=')))
  const known = request?.query ?? []
  return names.every((given) => known.some(({ name }) => name === given)) && new Set(names).size === names.length
}
