import { truncate } from './fit-text.ts'
import { neutralise } from './neutralise.ts'
import type { Output } from './output.ts'

/** One line at the bottom of the terminal that tells how far things are. */
export interface StatusLine {
  /** Replaces what it says; `soon`, the default, at most ten times a second. */
  show(text: string, when?: 'soon' | 'now'): void
  /** Takes it away. */
  clear(): Promise<void>
  /** An output that takes it away before each write, so that nothing is written behind it. */
  clearing(other: Output): Output
}

const REDRAW_MS = 100

const ERASE = '\r\u001B[2K'

/** Says nothing. */
export const NO_STATUS_LINE: StatusLine = { show() {}, async clear() {}, clearing: (other) => other }

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
  const clear = async (): Promise<void> => {
    if (!isShown) return
    isShown = false
    drawnAt = -Infinity
    await output.write(ERASE)
  }
  return {
    show(text, when = 'soon') {
      if (when === 'soon' && now() - drawnAt < REDRAW_MS) return
      drawnAt = now()
      isShown = true
      // A column is left free: in the last one some terminals break the line.
      output.write(ERASE + truncate(neutralise(text), output.columns - 1)).catch(() => undefined)
    },
    clear,
    clearing: (other) => ({
      write(data) {
        // Both in this turn: what is shown meanwhile would come in between.
        clear().catch(() => undefined)
        return other.write(data)
      },
      isTTY: other.isTTY,
      get columns() {
        return other.columns
      },
      colour: other.colour,
    }),
  }
}
