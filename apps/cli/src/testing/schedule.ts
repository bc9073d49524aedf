import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RATE_LIMIT_WINDOWS } from '@hood-exports/client'
import { createSandbox } from '@hood-exports/sandbox'
import { run } from '../run.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { hurriedClock } from './hurried-clock.ts'
import { seededRandom } from './seeded-random.ts'

export interface ScheduleOptions {
  readonly exports: number
  /** Where the server's windows begin, in milliseconds; the program does not know it. */
  readonly phaseMs: number
  /** The shortest and the longest time of a request on its way and in the server. */
  readonly latencyMs: readonly [number, number]
  readonly seed: number
}

export interface Schedule {
  /** Files in the folder at the end. */
  readonly files: number
  readonly requests: number
  readonly refused: number
  readonly exitCode: number
  /** Milliseconds that the run took, in virtual time. */
  readonly tookMs: number
  /** Milliseconds in which a sender that knows the windows could have sent as many requests. */
  readonly optimalMs: number
}

/** A first sync against the vendor's quota, in virtual time. */
export async function measureSchedule({ exports, phaseMs, latencyMs, seed }: ScheduleOptions): Promise<Schedule> {
  const clock = hurriedClock({ wall: Date.UTC(2026, 0, 1) })
  const random = seededRandom(seed)
  const sandbox = createSandbox({
    items: 0,
    clock: { now: () => clock.wallNow() },
    windowPhaseMs: phaseMs,
  })
  const folder = mkdtempSync(join(tmpdir(), 'hood-exports-schedule-'))
  try {
    for (let index = 0; index < exports; index += 1) {
      const times = { create_time: '2025-12-31 12:00:00', expire_time: null }
      await sandbox.setState(`export ${1_000_000 + index} exists`, { name: `list ${index}`, size: 500, ...times })
    }
    let [requests, refused] = [0, 0]
    const travel = (): Promise<void> => {
      const [shortest, longest] = latencyMs
      return new Promise(
        (resolve) => void clock.setTimer(resolve, (shortest + random.next() * (longest - shortest)) / 2),
      )
    }
    const exitCode = await run(['sync', folder, '--quiet'], {
      ...terminal(),
      clock,
      fetch: async (input, init) => {
        const request = new Request(input, init)
        requests += 1
        await travel()
        const response = await sandbox.fetch(request)
        if (response.status === 429) refused += 1
        await travel()
        return response
      },
    })
    const optimalMs = optimum(requests, clock.wallNow() - clock.now() - phaseMs)
    const files = readdirSync(folder).length - 1
    return { files, requests, refused, exitCode, tookMs: clock.now(), optimalMs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    sandbox.close()
  }
}

/** When the last of this many requests can be sent, if the first is sent now and every window is known. */
function optimum(requests: number, startMs: number): number {
  const counts = RATE_LIMIT_WINDOWS.map((window) => ({ ...window, index: -1, used: 0 }))
  let now = startMs
  for (let sent = 0; sent < requests;) {
    for (const window of counts) {
      const index = Math.floor(now / window.windowMs)
      if (index !== window.index) Object.assign(window, { index, used: 0 })
    }
    const full = counts.filter(({ used, limit }) => used >= limit)
    if (full.length > 0) {
      now = Math.max(...full.map(({ index, windowMs }) => (index + 1) * windowMs))
      continue
    }
    for (const window of counts) window.used += 1
    sent += 1
  }
  return now - startMs
}

function terminal(): Terminal {
  const nowhere = { write: async () => {}, isTTY: false, columns: Infinity, colour: false }
  return {
    stdin: { isTTY: false, readSecret: async () => undefined, async *[Symbol.asyncIterator]() {} },
    stdout: nowhere,
    stderr: nowhere,
    env: { HOOD_TOKEN: 'sandbox-ana', HOOD_BASE_URL: 'http://sandbox.test', XDG_CONFIG_HOME: '/nonexistent' },
    signal: new AbortController().signal,
  }
}
