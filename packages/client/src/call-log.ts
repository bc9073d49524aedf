import type { Clock } from './clock.ts'
import type { CallEventBody, PhaseTimes, Reporter } from './events.ts'
import type { OperationName } from './operation-name.ts'

/** The events of one call, and where its time goes. */
export interface CallLog {
  report(event: CallEventBody): void
  /** The time from now on belongs to a phase. @returns milliseconds of the phase that is over */
  enter(phase: keyof PhaseTimes): number
  /** The call has ended; with the kind of its failure. */
  end(attempts: number, kind: (CallEventBody & { readonly type: 'failed' })['kind'] | undefined): void
}

interface CallLogOptions {
  readonly reporter: Reporter
  readonly clock: Clock
  readonly callId: number
  readonly operation: OperationName
  readonly startedAt: number
}

/** Opens the log of a call. Without a listener none is opened, and no event is made. */
export function openCallLog({ reporter, clock, callId, operation, startedAt }: CallLogOptions): CallLog {
  const times = { waitedMs: 0, backOffMs: 0, prepareMs: 0, serverMs: 0, bodyMs: 0 }
  let phase: keyof PhaseTimes = 'prepareMs'
  let since = startedAt
  const log: CallLog = {
    report: (event) => reporter.report({ callId, operation, atMs: clock.wallNow(), ...event }),
    enter(next) {
      const now = clock.now()
      const tookMs = now - since
      times[phase] += tookMs
      phase = next
      since = now
      return tookMs
    },
    end(attempts, kind) {
      log.enter(phase)
      const facts = { attempts, ...times, tookMs: since - startedAt }
      log.report(kind === undefined ? { type: 'done', ...facts } : { type: 'failed', ...facts, kind })
    },
  }
  return log
}
