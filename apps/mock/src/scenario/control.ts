import { BadRequest, readObject } from '@hood-exports/provider'
import type { Control } from '@hood-exports/provider'
import type { Deviation } from '../proxy/deviation.ts'
import type { Scenario, Scenarios } from './scenarios.ts'

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
      scenarios.add(checked(await readObject(call, '{"faults": "status=500", "times": 2}')))
      return { scenarios: scenarios.list() }
    },
  },
  {
    method: 'DELETE',
    path: '/_mock/scenarios',
    effect: 'Forgets them',
    run: ({ scenarios }) => {
      scenarios.clear()
      return { scenarios: [] }
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
    effect: 'Scenarios, quotas, deviations and chance as at the start',
    run: ({ reset }) => {
      reset()
      return {}
    },
  },
]

const MEMBERS: Readonly<Record<keyof Scenario, 'string' | 'number'>> = {
  faults: 'string',
  prefer: 'string',
  path: 'string',
  method: 'string',
  times: 'number',
}

/** @throws BadRequest for a member that a scenario does not have, or of another type. */
function checked(object: Readonly<Record<string, unknown>>): Scenario {
  for (const [name, value] of Object.entries(object)) {
    const type = Object.hasOwn(MEMBERS, name) ? MEMBERS[name as keyof Scenario] : undefined
    if (type === undefined) {
      throw new BadRequest(`"${name}" is not a member of a scenario: it has ${Object.keys(MEMBERS).join(', ')}`)
    }
    if (typeof value !== type) throw new BadRequest(`"${name}" must be a ${type}`)
  }
  return object
}
