import { createManualClock } from '@hood-exports/client/testing'
import { DEMO_TOKENS, createSandbox } from '@hood-exports/sandbox'
import { verify } from '../../src/index.ts'
import type { Report } from '../../src/index.ts'
import { sleep } from '../../src/verify/pace.ts'
import { WRITE_COST } from '../../src/verify/run.ts'
import { randomFrom } from '../../src/verify/random.ts'
import type { Change } from './provider.ts'

const { main, sameAccount: same, otherAccount: other, thirdAccount: third } = DEMO_TOKENS
const TOKENS = { main, same, other, third }
export const ITEMS = 240
/** Others than the gate's own can be tried: `MUTATION_SEED=7 MUTATION_BUDGET=120`. */
export const SEED: number = Number(process.env['MUTATION_SEED'] ?? 20_260_101)
export const BUDGET: number = Number(process.env['MUTATION_BUDGET'] ?? 214)

export interface Provided {
  readonly change?: Change | undefined
  readonly sandbox?: Parameters<typeof createSandbox>[0] | undefined
  readonly limits: 'on' | 'off'
  readonly writes?: 'no' | 'allowed' | undefined
  readonly latencyMs?: number | undefined
  /** Default: the gate's own. */
  readonly seed?: number
}

/** Verifies the sandbox with a change, in process and in virtual time. */
export async function examine({
  change = (provider) => provider,
  sandbox: options,
  limits,
  writes = 'no',
  latencyMs = 0,
  seed = SEED,
}: Provided): Promise<Report> {
  const clock = createManualClock({ now: 0, wall: Date.UTC(2026, 0, 1) + 7_777 })
  const random = randomFrom(SEED)
  const travel = async (): Promise<void> => {
    if (latencyMs > 0) await sleep(latencyMs * (0.5 + random.below(100) / 100), clock)
  }
  const shared = { items: ITEMS, clock: { now: () => clock.wallNow() } }
  const sandbox = createSandbox({ ...shared, limits, ...options })
  // Few changes need it.
  let correct: ReturnType<typeof createSandbox> | undefined
  const provider = change((request) => sandbox.fetch(request), {
    clock,
    correct: (request) => {
      correct ??= createSandbox({ ...shared, ...options, limits: 'off' })
      return correct.fetch(request)
    },
  })
  try {
    const run = verify({
      baseUrl: 'http://provider.example',
      tokens: TOKENS,
      seed,
      budget: BUDGET + (writes === 'allowed' ? WRITE_COST : 0),
      limits,
      writes,
      clock,
      fetch: async (url, init) => {
        await travel()
        const response = await provider(new Request(url, init))
        await travel()
        return response
      },
    })
    return await clock.runUntilSettled(run)
  } finally {
    sandbox.close()
    correct?.close()
  }
}
