import type { Clock } from '../limits/clock.ts'
import type { Database } from './database.ts'
import { readSetting } from './seed.ts'

/**
 * The time that exports live in. It starts at a fixed date, runs as fast as the clock, and can be moved forward by
 * hand; the offset is kept in the database, so that processes on one file live in the same time.
 */
export interface SandboxTime {
  /** Seconds since the epoch. */
  now(): number
  /** Moves the time forward for everybody. @throws RangeError after the year 9000: times have four digits for it. */
  advance(seconds: number): void
}

const END_OF_TIME_MS = Date.UTC(9000, 0, 1)

export function sandboxTime(database: Database, clock: Clock): SandboxTime {
  return {
    now: () => Math.floor((clock.now() + readSetting(database, 'offset_ms')) / 1000),
    advance: (seconds) => {
      const next = clock.now() + readSetting(database, 'offset_ms') + seconds * 1000
      if (next > END_OF_TIME_MS) throw new RangeError('Time cannot pass beyond the year 9000: make a new sandbox')
      database.write(() => {
        database.prepare("UPDATE settings SET value = value + ? WHERE name = 'offset_ms'").run(seconds * 1000)
      })
    },
  }
}
