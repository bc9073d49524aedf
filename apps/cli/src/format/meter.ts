import { formatDuration } from '@hood-exports/command-line'
import type { Output } from '@hood-exports/command-line'
import { paint } from '@hood-exports/command-line/terminal'

/** A window of the quota now. */
export interface WindowState {
  readonly name: string
  readonly windowMs: number
  readonly limit: number
  readonly remaining: number
  /** Milliseconds until it refreshes, at the latest. */
  readonly refreshesInMs: number
  /** Where the figure comes from: the API, or this program, which sees its own requests alone. */
  readonly source: 'api' | 'counted'
}

export interface MeterOptions {
  readonly windows: readonly WindowState[]
  /** Milliseconds for which nothing is accepted, after a refusal. */
  readonly retryAfterMs: number | undefined
  readonly output: Pick<Output, 'isTTY' | 'columns' | 'colour'>
}

const WIDEST_BAR = 30
const NARROWEST_BAR = 10

/** Both windows, one in a line; on a terminal with a bar of what is left. */
export function formatMeter({ windows, retryAfterMs, output }: MeterOptions): string {
  const rows = windows.map((window) => {
    const { windowMs, limit, remaining, refreshesInMs } = window
    return {
      window,
      label: `in ${formatDuration(windowMs)}`,
      left: `${remaining} of ${limit} left`,
      rest: `refreshes within ${formatDuration(refreshesInMs)}`,
    }
  })
  const labelWidth = Math.max(...rows.map(({ label }) => label.length))
  const leftWidth = Math.max(...rows.map(({ left }) => left.length))
  const restWidth = Math.max(...rows.map(({ rest }) => rest.length))
  const room = output.columns - labelWidth - leftWidth - restWidth - 6
  const lines = rows.map(({ window, label, left, rest }) => {
    const cells = [label.padEnd(labelWidth), left.padStart(leftWidth), rest]
    if (output.isTTY && room >= NARROWEST_BAR) cells.splice(1, 0, bar(window, Math.min(room, WIDEST_BAR), output))
    return `${cells.join('  ')}\n`
  })
  if (retryAfterMs !== undefined) lines.push(`Nothing more is accepted for ${formatDuration(retryAfterMs)}.\n`)
  return lines.join('')
}

function bar({ remaining, limit }: WindowState, width: number, output: Pick<Output, 'colour'>): string {
  // Something left never looks like nothing left.
  const full = remaining === 0 ? 0 : Math.max(1, Math.round((remaining / limit) * width))
  const colour = remaining * 10 < limit ? 'red' : remaining * 2 < limit ? 'yellow' : 'green'
  return paint(output, colour, '█'.repeat(full)) + paint(output, 'dim', '░'.repeat(width - full))
}
