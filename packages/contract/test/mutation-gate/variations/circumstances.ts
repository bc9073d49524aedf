import { createSandbox } from '@hood-exports/sandbox'
import { answers, answersWith, eachItem, errorInstead, header, replaced } from '../changes.ts'
import { ITEMS } from '../examine.ts'
import type { Change, Variation } from '../provider.ts'

const QUOTA = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']

/** From that request on, the account is in another state. */
const changingAt =
  (request: number, state: string): Change =>
  (provider, { clock }) => {
    const later = createSandbox({ items: ITEMS, limits: 'off', clock: { now: () => clock.wallNow() } })
    const isSet = later.setState(state)
    let count = 0
    return async (asked) => {
      const response = await provider(asked.clone())
      count += 1
      if (count < request || response.status === 429) return response
      await isSet
      const quota = QUOTA.map((name) => [name, response.headers.get(name) ?? undefined] as const)
      return replaced(await later.fetch(asked), { headers: Object.fromEntries(quota) })
    }
  }

/** What happens beside the run, how the quota is described, and what the account has. */
export const CIRCUMSTANCE_VARIATIONS: readonly Variation[] = [
  {
    name: 'counts-rise',
    permitted: 'files are downloaded while the run goes on',
    change: (provider, surroundings) => {
      let count = 0
      return eachItem((item) => ({
        ...item,
        ...(typeof item['download_count'] === 'number' && {
          download_count: item['download_count'] + Math.floor(count++ / 2_000),
        }),
      }))(provider, surroundings)
    },
  },
  {
    name: 'export-comes',
    permitted: 'exports are made while the run goes on',
    change: changingAt(40, 'export 1000900 exists'),
  },
  {
    name: 'export-comes-early',
    permitted: 'exports are made while the account is read',
    change: changingAt(3, 'export 1000900 exists'),
  },
  {
    name: 'export-goes',
    permitted: 'exports are removed while the run goes on',
    change: changingAt(70, 'export 1000120 does not exist'),
  },
  ...[12, 45, 90].flatMap((request): Variation[] => [
    {
      name: `first-export-goes-at-${request}`,
      permitted: 'exports are removed while the run goes on, also the first one',
      change: changingAt(request, 'export 1000000 does not exist'),
    },
    {
      name: `last-export-goes-at-${request}`,
      permitted: 'exports are removed while the run goes on, also the last one',
      change: changingAt(request, `export ${1_000_000 + ITEMS - 1} does not exist`),
    },
  ]),
  {
    name: 'idle-connections-close',
    permitted: 'a server may close connections that have been idle',
    limits: 'on',
    latencyMs: 5,
    change: (provider, { clock }) => {
      let lastMs = 0
      return async (request) => {
        const idleMs = clock.wallNow() - lastMs
        lastMs = clock.wallNow()
        if (idleMs > 500) throw new TypeError('fetch failed', { cause: new Error('other side closed') })
        return provider(request)
      }
    },
  },
  {
    name: 'export-fails',
    permitted: 'exports change while the run goes on',
    change: changingAt(55, 'export 1000033 has failed'),
  },
  {
    name: 'one-failure',
    permitted: 'a 500 is documented, and one that does not come again is an accident',
    change: (provider) => {
      let count = 0
      return async (request) => {
        const response = await provider(request)
        count += 1
        return count === 30 ? errorInstead(response, 500, 'Internal server error.') : response
      }
    },
  },
  {
    name: 'enforced-all-the-same',
    permitted: 'a provider may enforce its quota where the run expects that it does not',
    limits: 'off',
    sandbox: { limits: 'on' },
  },
  { name: 'far-away', permitted: 'a network takes its time, and not always the same', latencyMs: 70 },
  { name: 'very-far-away', permitted: 'a network takes its time, and not always the same', latencyMs: 300 },
  {
    name: 'burst-described',
    permitted: 'which window the headers describe is not said',
    sandbox: { choices: { 'quota.described-window': 'shortest' } },
  },
  {
    name: 'fewest-described',
    permitted: 'which window the headers describe is not said',
    sandbox: { choices: { 'quota.described-window': 'fewest-remaining' } },
  },
  {
    name: 'windows-begin-with-requests',
    permitted: 'when a window begins is not documented',
    sandbox: { choices: { 'quota.window-start': 'first-request' } },
  },
  {
    name: 'windows-begin-elsewhere',
    permitted: 'when a window begins is not documented',
    sandbox: { windowPhaseMs: 12_345 },
  },
  {
    name: 'one-at-a-time',
    permitted: 'the parallel limit is not documented',
    limits: 'on',
    sandbox: {
      limits: {
        windows: [
          { limit: 10, windowMs: 1_000 },
          { limit: 150, windowMs: 60_000 },
        ],
        parallel: 1,
      },
    },
  },
  {
    name: 'refusals-without-a-time',
    permitted: 'a 429 has Retry-After in most cases only',
    limits: 'on',
    change: answersWith(429, { headers: { 'retry-after': undefined } }),
  },
  ...[
    ['estimated-above', 'two more or less', (remaining: number, count: number) => remaining + ((count * 7) % 5) - 2],
    ['estimated-late', 'of a few requests before', (remaining: number) => Math.ceil(remaining / 4) * 4],
  ].map(([name, how, estimate]): Variation => {
    return {
      name: name as string,
      permitted: `Remaining is estimated: ${how as string}`,
      change: (provider, surroundings) => {
        let count = 0
        return header('x-ratelimit-remaining', (value) =>
          String(
            Math.max(
              0,
              Math.min(150, (estimate as (remaining: number, count: number) => number)(Number(value), (count += 1))),
            ),
          ),
        )(provider, surroundings)
      },
    }
  }),
  {
    name: 'reset-rounded-down',
    permitted: 'how Reset is rounded is not documented',
    change: answers((response) =>
      response.headers.has('x-ratelimit-reset')
        ? replaced(response, {
            headers: {
              'x-ratelimit-reset': String(Math.max(0, Number(response.headers.get('x-ratelimit-reset')) - 1)),
            },
          })
        : response,
    ),
  },
  { name: 'few-items', permitted: 'an account may have few exports', sandbox: { items: 3 } },
  { name: 'one-item', permitted: 'an account may have one export', sandbox: { items: 1 } },
  { name: 'no-items', permitted: 'an account may have no exports', sandbox: { items: 0 } },
  { name: 'other-items', permitted: 'any data', sandbox: { items: 400, seed: 99 } },
]
