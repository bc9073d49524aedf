import type { Operation } from '../engine/operation.ts'
import type { Call } from '../http/call.ts'
import { undocumentedParameter } from './deviation.ts'
import type { Deviation } from './deviation.ts'
import { redactorOf } from './redact.ts'

/** The mock tells of parameters that nobody knows too: the API lets them pass, so that a typing mistake is a 200. */
export interface UnknownParameters {
  /** Each name is told once. */
  report(call: Call, operation: Operation, status: number): void
  /** Tells every name again. */
  forget(): void
}

/** Whoever makes names up does not fill the memory. */
const MAX_NAMES = 100

export function createUnknownParameters(onDeviation: (deviation: Deviation) => void): UnknownParameters {
  const told = new Set<string>()
  return {
    report: (call, operation, status) => {
      const known = operation.request?.query ?? []
      const isPlain = (pair: string): boolean => known.some(({ name }) => pair.startsWith(`${name}=`))
      // What most requests have, without decoding anything.
      if (call.search === '' || call.search.split('&').every(isPlain)) return
      const redactor = redactorOf(call)
      for (const name of redactor.unknownParameters(operation)) {
        if (told.has(name) || told.size === MAX_NAMES) continue
        told.add(name)
        const message = redactor.text(undocumentedParameter(name))
        onDeviation({ request: redactor.request(operation), status, side: 'request', message })
      }
    },
    forget: () => told.clear(),
  }
}
