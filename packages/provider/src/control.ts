import type { Answer } from './answer.ts'
import { jsonAnswer, withHeaders } from './answer.ts'
import { BadRequest } from './bad-request.ts'
import type { Call } from './call.ts'
import { errorAnswer, withReason } from './error-answer.ts'
import type { ProviderName } from './provider-name.ts'
import { reasonHeader } from './provider-name.ts'

/** One call of the control endpoint of test suites. */
export interface Control<Target> {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  /** What it does, for people. */
  readonly effect: string
  /** What is answered, as JSON. @throws BadRequest */
  readonly run: (target: Target, call: Call) => unknown
}

export interface ControlEndpoint<Target> {
  readonly provider: ProviderName
  readonly state: 'on' | 'off'
  readonly controls: readonly Control<Target>[]
  readonly target: Target
}

export function controlPrefix(provider: ProviderName): string {
  return `/_${provider}/`
}

/** The calls as a table, for people. */
export function controlTable(controls: readonly Control<never>[]): (readonly [call: string, effect: string])[] {
  return controls.map(({ method, path, effect }) => [`${method} ${path}`, effect])
}

/** Needs no token, and is not counted. Its errors say why in the body too: the endpoint is no part of the API. */
export async function answerControl<Target>(call: Call, endpoint: ControlEndpoint<Target>): Promise<Answer> {
  const { provider, state, controls, target } = endpoint
  const refuse = (status: number, reason: string): Answer =>
    withReason(errorAnswer(status, { message: reason }), reasonHeader(provider), reason)
  if (state === 'off') return refuse(404, `the control endpoint is off: start the ${provider} with --control on`)
  const there = controls.filter(({ path }) => path === call.path)
  const control = there.find(({ method }) => method === call.method)
  if (control === undefined) {
    if (there.length === 0) {
      return refuse(
        404,
        `the control endpoint has ${controlTable(controls)
          .map(([name]) => name)
          .join(', ')}`,
      )
    }
    const allow = there.map(({ method }) => method).join(', ')
    return withHeaders(refuse(405, `"${call.method}" does nothing here: use ${allow}`), { allow })
  }
  try {
    return jsonAnswer(200, await control.run(target, call))
  } catch (error) {
    if (error instanceof BadRequest) return refuse(400, error.message)
    throw error
  }
}
