import type { Answer } from '../http/answer.ts'
import { jsonAnswer, withHeaders } from '../http/answer.ts'
import type { Call } from '../http/call.ts'
import { readText } from '../http/call.ts'
import { withReason } from '../http/reason.ts'
import type { Deviation } from '../proxy/deviation.ts'
import type { Scenario } from './scenarios.ts'

export const CONTROL_PREFIX = '/_mock/'

export interface ControlTarget {
  readonly addScenario: (scenario: Scenario) => void
  readonly scenarios: () => readonly Scenario[]
  readonly clearScenarios: () => void
  readonly reset: () => void
  readonly deviations: () => readonly Deviation[]
}

/** What the control endpoint does, for people. */
export const CONTROLS: readonly (readonly [call: string, effect: string])[] = [
  ['GET /_mock/scenarios', 'Those that are still to be used'],
  [
    'POST /_mock/scenarios',
    'Adds one: {"faults": "status=500", "prefer": "example=empty", "path": "/v1/*", "times": 2}',
  ],
  ['DELETE /_mock/scenarios', 'Forgets them'],
  [
    'GET /_mock/deviations',
    'What the proxy has found, and what queries have that the document has not, the last 1,000',
  ],
  ['POST /_mock/reset', 'Scenarios, quotas, deviations and chance as at the start'],
]

const TITLES = { 400: 'Bad request.', 404: 'Not found.', 405: 'Method not allowed.' } as const

/** This endpoint is the mock's own: unlike the API's, its body says why. */
function refuse(status: keyof typeof TITLES, reason: string): Answer {
  return withReason(jsonAnswer(status, { code: status, title: TITLES[status], message: reason }), reason)
}

/** Says how to have the endpoint. */
export function controlIsOff(): Answer {
  return refuse(404, 'the control endpoint is off: start the mock with --control on')
}

type Methods = Readonly<Record<string, () => Answer | Promise<Answer>>>

/** The control endpoint of test suites. */
export async function answerControl(call: Call, target: ControlTarget): Promise<Answer> {
  const resource = call.path.slice(CONTROL_PREFIX.length)
  const resources: Readonly<Record<string, Methods>> = {
    scenarios: {
      GET: () => jsonAnswer(200, { scenarios: target.scenarios() }),
      POST: () => addScenario(call, target),
      DELETE: () => {
        target.clearScenarios()
        return jsonAnswer(200, { scenarios: [] })
      },
    },
    deviations: { GET: () => jsonAnswer(200, { deviations: target.deviations() }) },
    reset: {
      POST: () => {
        target.reset()
        return jsonAnswer(200, {})
      },
    },
  }
  const methods = Object.hasOwn(resources, resource) ? resources[resource] : undefined
  if (methods === undefined) return refuse(404, `the control endpoint is ${CONTROLS.map(([name]) => name).join(', ')}`)
  const answer = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined
  if (answer !== undefined) return answer()
  const allow = Object.keys(methods).join(', ')
  return withHeaders(refuse(405, `"${call.method}" does nothing here: use ${allow}`), { allow })
}

async function addScenario(call: Call, { addScenario, scenarios }: ControlTarget): Promise<Answer> {
  const scenario = parseScenario((await readText(call.body)) ?? '')
  if (typeof scenario === 'string') return refuse(400, scenario)
  try {
    addScenario(scenario)
    return jsonAnswer(200, { scenarios: scenarios() })
  } catch (error) {
    return refuse(400, (error as Error).message)
  }
}

const MEMBERS: Readonly<Record<string, 'string' | 'number'>> = {
  faults: 'string',
  prefer: 'string',
  path: 'string',
  method: 'string',
  times: 'number',
}

/** A sentence instead of a scenario: what is wrong with it. */
function parseScenario(text: string): Scenario | string {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'the body is not JSON: send {"faults": "status=500", "times": 2}'
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return 'the body is no object: send {"faults": "status=500", "times": 2}'
  }
  const known = Object.keys(MEMBERS).join(', ')
  for (const [name, value] of Object.entries(json)) {
    const type = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined
    if (type === undefined) return `"${name}" is no member of a scenario: it has ${known}`
    if (typeof value !== type) return `"${name}" must be a ${type}`
  }
  return json
}
