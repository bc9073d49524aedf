import { createManualClock } from '@hood-exports/client/testing'
import { DEMO_TOKENS, createSandbox } from '@hood-exports/sandbox'
import type { VendorProfile } from '@hood-exports/openapi/profile'
import { learn } from '../../src/index.ts'
import { sleep } from '../../src/verify/pace.ts'
import type { Change } from '../mutation-gate/provider.ts'

const ITEMS = 240

export interface Provided {
  readonly sandbox?: Parameters<typeof createSandbox>[0]
  readonly change?: Change
  /** Milliseconds from the beginning of a minute to that of the run. Default 7,777. */
  readonly startMs?: number
  /** What a request takes to get there, and an answer to come back. Default 0. */
  readonly latencyMs?: number
}

/** Learns what a provider does, in process and in virtual time. */
export async function learnProvider({
  sandbox: options,
  change = (provider) => provider,
  startMs = 7_777,
  latencyMs = 0,
}: Provided): Promise<VendorProfile> {
  const clock = createManualClock({ now: 0, wall: Date.UTC(2026, 0, 1) + startMs })
  const shared = { items: ITEMS, clock: { now: () => clock.wallNow() } }
  const sandbox = createSandbox({ ...shared, ...options })
  const correct = createSandbox({ ...shared, ...options, limits: 'off' })
  const provider = change((request) => sandbox.fetch(request), { clock, correct: (request) => correct.fetch(request) })
  try {
    const learnt = await clock.runUntilSettled(
      learn({
        baseUrl: 'http://provider.example',
        token: DEMO_TOKENS.main,
        seed: 1,
        clock,
        fetch: async (url, init) => {
          if (latencyMs > 0) await sleep(latencyMs, clock)
          const response = await provider(new Request(url, init))
          if (latencyMs > 0) await sleep(latencyMs, clock)
          return response
        },
      }),
    )
    if (learnt.kind === 'failed') throw new Error(`nothing was learnt: ${learnt.ending.kind}`)
    return learnt.profile
  } finally {
    sandbox.close()
    correct.close()
  }
}
