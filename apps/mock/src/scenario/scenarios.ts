import { BadRequest, HIDDEN, bearerTokenOf, parseFaults, withStars } from '@hood-exports/provider'
import type { Call, ScriptedFault } from '@hood-exports/provider'
import { noPreference, parsePreference } from '../engine/preference.ts'
import type { Preference } from '../engine/preference.ts'

/** What is to happen to the requests that it matches. */
export interface Scenario {
  /** As in `X-Fault`. */
  readonly faults?: string
  /** As in `Prefer`, for requests that send none. */
  readonly prefer?: string
  /** Default: every path. A `*` stands for anything. */
  readonly path?: string
  /** Default: every method. */
  readonly method?: string
  /** How many requests; default: until it is cleared. */
  readonly times?: number
  /** Only requests with this bearer token: those of one test among others. Default: every request. */
  readonly token?: string
}

/** What is to happen to one request. */
export interface Script {
  /** Beside those of the process and of the request's own header. */
  readonly faults: readonly ScriptedFault[]
  /** As in `Prefer`; empty for none. The request's own goes before the scenario's. */
  readonly prefer: string
}

export interface Scenarios {
  /** Uses the first scenario that matches. */
  scriptOf(call: Call): Script
  /** @throws BadRequest for a scenario that cannot be. */
  add(scenario: Scenario): void
  /** Those that are still to be used, in order; tokens are not shown. */
  list(): Scenario[]
  /** Forgets those of a token; without one, all. */
  clear(token?: string): void
}

interface Armed {
  readonly scenario: Scenario
  readonly faults: readonly ScriptedFault[]
  readonly matches: (call: Call) => boolean
  left: number
}

/** @param isDocumented Whether any operation of the document has the answer that is asked for. */
export function createScenarios(isDocumented: (preference: Preference) => boolean): Scenarios {
  let armed: Armed[] = []

  const use = (call: Call): Armed | undefined => {
    const found = armed.find(({ matches }) => matches(call))
    if (found === undefined) return undefined
    found.left -= 1
    if (found.left === 0) armed = armed.filter((other) => other !== found)
    return found
  }

  return {
    scriptOf: (call) => {
      const found = armed.length === 0 ? undefined : use(call)
      return { faults: found?.faults ?? [], prefer: call.headers['prefer'] ?? found?.scenario.prefer ?? '' }
    },
    add: (scenario) => {
      const faults = scenario.faults === undefined ? [] : parseFaults(scenario.faults)
      checkScenario(scenario, isDocumented)
      if (faults.length === 0 && (scenario.prefer ?? '') === '') {
        throw new BadRequest(
          'a scenario without faults and prefer does nothing: give one, such as {"faults": "status=500"}',
        )
      }
      armed.push({ scenario, faults, matches: matcherOf(scenario), left: scenario.times ?? Infinity })
    },
    list: () =>
      armed.map(({ scenario, left }) => ({
        ...scenario,
        ...(left !== Infinity && { times: left }),
        ...(scenario.token !== undefined && { token: HIDDEN }),
      })),
    clear: (token) => {
      armed = token === undefined ? [] : armed.filter(({ scenario }) => scenario.token !== token)
    },
  }
}

function checkScenario(
  { times, path = '*', prefer = '' }: Scenario,
  isDocumented: (wish: Preference) => boolean,
): void {
  if (times !== undefined && !(Number.isSafeInteger(times) && times >= 1)) {
    throw new BadRequest(`times: ${times}; give a whole number from 1, or leave it out`)
  }
  if (!/^[/*]/.test(path)) {
    throw new BadRequest(`path: "${path}" can never match: start it with / or *, such as /v1/*`)
  }
  const { preference, unknown } = parsePreference(prefer)
  if (unknown[0] !== undefined) throw noPreference(unknown[0])
  if (!isDocumented(preference)) {
    throw new BadRequest(`prefer: no operation has the answer "${prefer}"; /reference shows those that each has`)
  }
}

function matcherOf({ path, method, token }: Scenario): (call: Call) => boolean {
  const pattern = withStars(path ?? '*')
  return (call) =>
    pattern.test(call.path) &&
    (method === undefined || method.toUpperCase() === call.method) &&
    (token === undefined || token === bearerTokenOf(call.headers['authorization']))
}

const MEMBERS: Readonly<Record<keyof Scenario, 'string' | 'number'>> = {
  faults: 'string',
  prefer: 'string',
  path: 'string',
  method: 'string',
  times: 'number',
  token: 'string',
}

/** @throws BadRequest for a member that a scenario does not have, or of another type. */
export function scenarioOf(object: Readonly<Record<string, unknown>>): Scenario {
  for (const [name, value] of Object.entries(object)) {
    const type = Object.hasOwn(MEMBERS, name) ? MEMBERS[name as keyof Scenario] : undefined
    if (type === undefined) {
      throw new BadRequest(`"${name}" is not a member of a scenario: it has ${Object.keys(MEMBERS).join(', ')}`)
    }
    if (typeof value !== type) throw new BadRequest(`"${name}" must be a ${type}`)
  }
  return object
}
