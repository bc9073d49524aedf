/**
 * How the libraries, which know nothing of the server's phase, are told the windows: as they are, or five per cent
 * longer, the least that has kept all of them from being refused at even latencies.
 */
export type Guard = 'as documented' | '+5 %'

export const GUARDS: readonly Guard[] = ['as documented', '+5 %']

export interface GuardedWindows {
  readonly suffix: string
  readonly secondMs: number
  readonly minuteMs: number
}

export function guarded(guard: Guard): GuardedWindows {
  return guard === '+5 %'
    ? { suffix: ' +5 %', secondMs: 1_050, minuteMs: 63_000 }
    : { suffix: '', secondMs: 1_000, minuteMs: 60_000 }
}

/** Requests in each window. */
export const SECOND = 10
export const MINUTE = 150
