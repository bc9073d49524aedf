import { truncate } from '../format/fit-text.ts'
import { neutralise } from './neutralise.ts'
import type { Output } from './terminal.ts'

/** One line at the bottom of the terminal that tells how far things are. */
export interface StatusLine {
  /** Replaces what it says; `soon`, the default, at most ten times a second. */
  show(text: string, when?: 'soon' | 'now'): void
  /** Takes it away, so that something else can be written. */
  clear(): Promise<void>
}

const REDRAW_MS = 100

const ERASE = '\r\u001B[2K'

/** Says nothing. */
export const NO_STATUS_LINE: StatusLine = { show() {}, async clear() {} }

/** A status line on a terminal that can erase; elsewhere one that says nothing. */
export function createStatusLine({
  output,
  term,
  now,
}: {
  output: Output
  term: string | undefined
  now: () => number
}): StatusLine {
  if (!output.isTTY || term === 'dumb') return NO_STATUS_LINE
  let isShown = false
  let drawnAt = -Infinity
  return {
    show(text, when = 'soon') {
      if (when === 'soon' && now() - drawnAt < REDRAW_MS) return
      drawnAt = now()
      isShown = true
      // A column is left free: in the last one some terminals break the line.
      output.write(ERASE + truncate(neutralise(text), output.columns - 1)).catch(() => undefined)
    },
    async clear() {
      if (!isShown) return
      isShown = false
      drawnAt = -Infinity
      await output.write(ERASE)
    },
  }
}
