import type { Clock } from '@hood-exports/provider'
import type { Database } from './database.ts'
import { readSetting } from './seed.ts'

/**
 * The time that exports live in. It starts at a fixed date, runs as fast as the clock, and can be moved forward by
 * hand; the offset is kept in the database, so that processes on one file live in the same time.
 */
export interface SandboxTime {
  /** Whole seconds since the epoch. */
  now(): number
  /** The same with its fraction. */
  exact(): number
  /** Moves the time forward, for every account. @throws RangeError after the year 9000: times have four digits for it. */
  advance(seconds: number): void
}

/** The most that is waited for at once, a hundred years: times of the API have four digits for the year. */
export const MAX_SECONDS: number = 100 * 366 * 24 * 3600

const END_OF_TIME_MS = Date.UTC(9000, 0, 1)

export function sandboxTime(database: Database, clock: Clock): SandboxTime {
  const exact = (): number => (clock.now() + readSetting(database, 'offset_ms')) / 1000
  return {
    now: () => Math.floor(exact()),
    exact,
    advance: (seconds) => {
      const next = clock.now() + readSetting(database, 'offset_ms') + seconds * 1000
      if (next > END_OF_TIME_MS) throw new RangeError('Time cannot pass beyond the year 9000: make a new sandbox')
      database.write(() => {
        database.prepare("UPDATE settings SET value = value + ? WHERE name = 'offset_ms'").run(seconds * 1000)
      })
    },
  }
}
