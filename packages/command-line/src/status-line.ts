import { truncate } from './fit-text.ts'
import { neutralise } from './neutralise.ts'
import type { Output } from './output.ts'
import { formatDuration } from './quantity.ts'

/** One line at the bottom of the terminal that says how far things are. */
export interface StatusLine {
  /** Replaces what it says; `soon`, the default, at most ten times a second. */
  show(text: string, when?: 'soon' | 'now'): void
  /** Says beside that why nothing happens, such as `waiting for the quota`, with a time that counts down. */
  pause(reason: string, ms: number): void
  /** Takes it away. */
  clear(): Promise<void>
  /** An output that takes it away before each write, so that nothing is written behind it. */
  clearing(other: Output): Output
}

const REDRAW_MS = 100
const TICK_MS = 1_000

const ERASE = '\r\u001B[2K'

/** Says nothing. */
export const NO_STATUS_LINE: StatusLine = { show() {}, pause() {}, async clear() {}, clearing: (other) => other }

export interface StatusLineOptions {
  readonly output: Output
  /** The kind of terminal, as `TERM` names it. */
  readonly term: string | undefined
  /** Milliseconds from an arbitrary moment. */
  readonly now: () => number
}

/** A status line on a terminal that can erase; elsewhere one that says nothing. */
export function createStatusLine({ output, term, now }: StatusLineOptions): StatusLine {
  if (!output.isTTY || term === 'dumb') return NO_STATUS_LINE
  let text = ''
  let paused: { readonly reason: string; readonly until: number } | undefined
  let isShown = false
  let drawnAt = -Infinity
  let ticker: NodeJS.Timeout | undefined

  const draw = (): void => {
    drawnAt = now()
    isShown = true
    if (paused !== undefined && paused.until <= drawnAt) paused = undefined
    if (paused === undefined) {
      clearInterval(ticker)
      ticker = undefined
    } else ticker ??= setInterval(draw, TICK_MS).unref()
    const why = paused && `${paused.reason}, about ${formatDuration(paused.until - drawnAt)}`
    const line = [text, why].filter(Boolean).join('; ')
    // A column is left free: in the last one some terminals break the line.
    output.write(ERASE + truncate(neutralise(line), output.columns - 1)).catch(() => undefined)
  }
  const clear = async (): Promise<void> => {
    clearInterval(ticker)
    ticker = undefined
    if (!isShown) return
    isShown = false
    drawnAt = -Infinity
    await output.write(ERASE)
  }

  return {
    show(shown, when = 'soon') {
      text = shown
      if (when === 'now' || now() - drawnAt >= REDRAW_MS) draw()
    },
    pause(reason, ms) {
      paused = { reason, until: now() + ms }
      draw()
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
