import type { Call } from '../http/call.ts'
import { noPreference, parsePreference } from '../engine/preference.ts'
import type { Preference } from '../engine/preference.ts'
import { pathPattern } from '../path-pattern.ts'
import type { Fault, ScriptedFault } from './fault.ts'
import { parseFaults } from './fault.ts'

/** The header that scripts one request. */
export const FAULT_HEADER = 'x-mock-fault'

/** `on`: `X-Mock-Fault` scripts a request. `off`: nothing does. Any other text: faults of every request, beside the header. */
export type FaultOption = 'on' | 'off' | (string & {})

/** What is to happen to the requests that it matches. */
export interface Scenario {
  /** As in `X-Mock-Fault`. */
  readonly faults?: string
  /** As in `Prefer`, for requests that send none. */
  readonly prefer?: string
  /** Default: every path. A `*` stands for anything. */
  readonly path?: string
  /** Default: every method. */
  readonly method?: string
  /** How many requests; default: until it is cleared. */
  readonly times?: number
}

/** What is to happen to one request. */
export interface Script {
  readonly faults: readonly Fault[]
  /** As in `Prefer`; empty for none. The request's own goes before the scenario's. */
  readonly prefer: string
}

export interface Scenarios {
  /** The first scenario that matches is used, and the faults of the process and of the request's own header. @throws RangeError */
  scriptOf(call: Call): Script
  /** @throws RangeError for a scenario that cannot be. */
  add(scenario: Scenario): void
  /** Those that are still to be used, in order. */
  list(): Scenario[]
  clear(): void
}

interface Armed {
  readonly scenario: Scenario
  readonly faults: readonly ScriptedFault[]
  readonly matches: (call: Call) => boolean
  left: number
}

const NOTHING_SCRIPTED: Script = { faults: [], prefer: '' }

export interface ScenariosOptions {
  readonly faults: FaultOption
  readonly random: () => number
  /** Whether any operation of the document has the answer that is wanted. */
  readonly isDocumented: (preference: Preference) => boolean
}

/** @throws RangeError for faults that cannot be read. */
export function createScenarios({ faults: option, random, isDocumented }: ScenariosOptions): Scenarios {
  const ofEveryRequest = option === 'on' || option === 'off' ? [] : parseFaults(option)
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
      const header = option === 'off' ? undefined : call.headers[FAULT_HEADER]
      const prefer = call.headers['prefer']
      if (armed.length === 0 && ofEveryRequest.length === 0 && header === undefined && prefer === undefined)
        return NOTHING_SCRIPTED
      const own = header === undefined ? [] : parseFaults(header)
      const found = use(call)
      const scripted = [...ofEveryRequest, ...(found?.faults ?? []), ...own]
      return {
        faults: scripted
          .filter(({ probability }) => probability === 1 || random() < probability)
          .map(({ fault }) => fault),
        prefer: prefer ?? found?.scenario.prefer ?? '',
      }
    },
    add: (scenario) => {
      const faults = parseFaults(scenario.faults ?? '')
      checkScenario(scenario, isDocumented)
      if (faults.length === 0 && (scenario.prefer ?? '') === '') {
        throw new RangeError(
          'a scenario without faults and prefer does nothing: give one, such as {"faults": "status=500"}',
        )
      }
      armed.push({ scenario, faults, matches: matcherOf(scenario), left: scenario.times ?? Infinity })
    },
    list: () => armed.map(({ scenario, left }) => (left === Infinity ? scenario : { ...scenario, times: left })),
    clear: () => {
      armed = []
    },
  }
}

function checkScenario(
  { times, path = '*', prefer = '' }: Scenario,
  isDocumented: (wish: Preference) => boolean,
): void {
  if (times !== undefined && !(Number.isSafeInteger(times) && times >= 1)) {
    throw new RangeError(`times: ${times}; give a whole number from 1, or leave it out`)
  }
  if (!/^[/*]/.test(path)) {
    throw new RangeError(`path: "${path}" is that of no request; begin with / or *, such as /v1/*`)
  }
  const { preference, unknown } = parsePreference(prefer)
  if (unknown[0] !== undefined) throw noPreference(unknown[0])
  if (!isDocumented(preference)) {
    throw new RangeError(`prefer: no operation has the answer "${prefer}"; /reference shows those that each has`)
  }
}

function matcherOf({ path, method }: Scenario): (call: Call) => boolean {
  const pattern = pathPattern(path ?? '*', { wildcard: /\*/, matches: '.*' })
  return (call) => pattern.test(call.path) && (method === undefined || method.toUpperCase() === call.method)
}
