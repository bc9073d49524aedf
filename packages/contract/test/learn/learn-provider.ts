import { createManualClock } from '@hood-exports/client/testing'
import { DEMO_TOKENS, createSandbox } from '@hood-exports/sandbox'
import type { VendorProfile } from '@hood-exports/openapi/profile'
import { learn } from '../../src/index.ts'
import { sleep } from '../../src/verify/pace.ts'
import type { Change, Variation } from '../mutation-gate/provider.ts'

const ITEMS = 240

/** Learns what a provider does, in process and in virtual time. */
export async function learnProvider(
  settings: readonly Pick<Variation, 'change' | 'sandbox' | 'latencyMs'>[],
  startMs = 7_777,
): Promise<VendorProfile> {
  const clock = createManualClock({ now: 0, wall: Date.UTC(2026, 0, 1) + startMs })
  const shared = { items: ITEMS, clock: { now: () => clock.wallNow() } }
  const options = Object.assign({}, ...settings.map(({ sandbox }) => sandbox)) as Parameters<typeof createSandbox>[0]
  const sandbox = createSandbox({ ...shared, ...options })
  const correct = createSandbox({ ...shared, ...options, limits: 'off' })
  const change: Change = (provider, surroundings) =>
    settings.reduce((inner, one) => one.change?.(inner, surroundings) ?? inner, provider)
  const provider = change((request) => sandbox.fetch(request), { clock, correct: (request) => correct.fetch(request) })
  const latencyMs = Math.max(0, ...settings.map((one) => one.latencyMs ?? 0))
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
