import { readObject } from '@hood-exports/provider'
import type { Control } from '@hood-exports/provider'
import type { Deviation } from '../proxy/deviation.ts'
import { scenarioOf } from './scenarios.ts'
import type { Scenarios } from './scenarios.ts'

export interface ControlTarget {
  readonly scenarios: Scenarios
  readonly reset: () => void
  readonly deviations: () => readonly Deviation[]
}

/** The control endpoint of test suites. */
export const CONTROLS: readonly Control<ControlTarget>[] = [
  {
    method: 'GET',
    path: '/_mock/scenarios',
    effect: 'Those that are still to be used',
    run: ({ scenarios }) => ({ scenarios: scenarios.list() }),
  },
  {
    method: 'POST',
    path: '/_mock/scenarios',
    effect: 'Adds one: {"faults": "status=500", "prefer": "example=empty", "path": "/v1/*", "times": 2}',
    run: async ({ scenarios }, call) => {
      scenarios.add(scenarioOf(await readObject(call, '{"faults": "status=500", "times": 2}')))
      return { scenarios: scenarios.list() }
    },
  },
  {
    method: 'DELETE',
    path: '/_mock/scenarios',
    effect: 'Forgets them; with ?token=… those of that token only',
    run: ({ scenarios }, call) => {
      scenarios.clear(new URLSearchParams(call.search).get('token') ?? undefined)
      return { scenarios: scenarios.list() }
    },
  },
  {
    method: 'GET',
    path: '/_mock/deviations',
    effect: 'What the proxy has found, and what queries have that the document has not, the last 1,000',
    run: ({ deviations }) => ({ deviations: deviations() }),
  },
  {
    method: 'POST',
    path: '/_mock/reset',
    effect: 'Scenarios, quotas, deviations, requests and chance as at the start',
    run: ({ reset }) => {
      reset()
      return {}
    },
  },
]
