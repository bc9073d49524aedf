import { bottleneck } from './bottleneck.ts'
import type { Contender } from './contender.ts'
import { GUARDS } from './guard.ts'
import { limiterContender } from './limiter.ts'
import { naive } from './naive.ts'
import { octokit } from './octokit.ts'
import { oursClient } from './ours-client.ts'
import { oursOverFile, oursOverStore } from './ours-shared.ts'
import { ours } from './ours.ts'
import { pQueue } from './p-queue.ts'
import { pThrottleContender } from './p-throttle.ts'
import { rateLimiterFlexible } from './rate-limiter-flexible.ts'

/** Every other way, the libraries with windows as documented and with longer ones, where they can be set. */
export const PEERS: readonly Contender[] = [
  naive,
  ...[bottleneck, pThrottleContender, pQueue, limiterContender, rateLimiterFlexible].flatMap((make) =>
    GUARDS.map((guard) => make(guard)),
  ),
  octokit,
]

const OURS: readonly Contender[] = [
  ours({ probe: 'never' }),
  ours({ probe: 'once' }),
  oursClient,
  oursOverStore,
  oursOverFile,
]

export function contenderNamed(name: string): Contender {
  const found = [...OURS, ...PEERS].find((contender) => contender.name === name)
  if (!found) throw new Error(`No contender is called ${JSON.stringify(name)}`)
  return found
}
