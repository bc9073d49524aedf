import { neutraliseJson } from '@hood-exports/command-line/terminal'

export type LogLevel = 'debug' | 'info' | 'warning' | 'error'

/** A line of `--log json`: the time in RFC 3339, the level, then the facts. */
export function logLine(level: LogLevel, facts: object, atMs: number): string {
  return `${neutraliseJson(JSON.stringify({ time: new Date(atMs).toISOString(), level, ...facts }))}\n`
}
