import type { Told } from '../ledger.ts'

/** What a process tells the others. All moments are on the store's clock, in milliseconds. */
export type LogEvent =
  /** A request leaves; without `at`, when the entry was appended. */
  | { readonly type: 'sent'; readonly id: string; readonly member: string; readonly at?: number | undefined }
  | { readonly type: 'answered'; readonly id: string; readonly at: number; readonly told: Told }
  | { readonly type: 'released'; readonly id: string; readonly at: number }
  /** It lives; how many of its calls wait; its requests in flight. */
  | { readonly type: 'alive'; readonly member: string; readonly waiting: number; readonly inFlight: readonly string[] }
  /** The store's clock was set. */
  | { readonly type: 'clock-jumped' }

export function writeEvent(event: LogEvent): string {
  return JSON.stringify(event)
}

/** `undefined` for what another version may have written. */
export function readEvent(text: string): LogEvent | undefined {
  try {
    return JSON.parse(text) as LogEvent
  } catch {
    return undefined
  }
}
