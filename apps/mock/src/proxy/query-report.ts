import { redactorOf } from '@hood-exports/provider'
import type { Call } from '@hood-exports/provider'
import type { Operation } from '../engine/operation.ts'
import { requestText } from './deviation.ts'
import type { Deviation } from './deviation.ts'
import { queryFindings } from './query-findings.ts'

/** Reports what the mock lets pass in a query, as the API does: a typing mistake is a 200. */
export interface QueryReport {
  /** Reports each sentence once. */
  report(call: Call, operation: Operation, status: number): void
  /** Every sentence may be reported again. */
  forget(): void
}

/** Made-up names do not fill the memory. */
const MAX_SENTENCES = 100

export function createQueryReport(onDeviation: (deviation: Deviation) => void): QueryReport {
  const reply = new Set<string>()
  return {
    report: (call, operation, status) => {
      if (isPlain(call, operation)) return
      const redactor = redactorOf(call)
      for (const message of queryFindings(call, operation, redactor)) {
        if (reply.has(message) || reply.size === MAX_SENTENCES) continue
        reply.add(message)
        onDeviation({ request: requestText(call, operation, redactor), status, side: 'request', message })
      }
    },
    forget: () => reply.clear(),
  }
}

/** Whether a query has known names only, each once, as most have. Decodes nothing. */
function isPlain({ search }: Call, { request }: Operation): boolean {
  if (search === '') return true
  const names = search.split('&').map((pair) => pair.slice(0, pair.indexOf('=')))
  const known = request?.query ?? []
  return names.every((given) => known.some(({ name }) => name === given)) && new Set(names).size === names.length
}
