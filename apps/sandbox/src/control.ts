import type { Answer } from './http/answer.ts'
import { jsonAnswer } from './http/answer.ts'
import type { Call } from './http/call.ts'
import { errorAnswer } from './http/error-answer.ts'
import { STATE_NAMES } from './provider-states.ts'

export interface ControlTarget {
  readonly setState: (name: string, parameters: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>
  readonly newTraceId: () => string
}

/**
 * `GET /_sandbox/states` lists the provider states. `POST /_sandbox/states` sets one; the body is what Pact's verifier
 * sends to a provider state URL: `{"state": "…", "params": {…}, "action": "setup"}`.
 */
export async function answerControl(call: Call, action: string, target: ControlTarget): Promise<Answer> {
  const refuse = (status: 400 | 404 | 405, reason: string): Answer =>
    errorAnswer({ status, traceId: target.newTraceId(), reason, message: reason })
  if (action !== 'states') return refuse(404, 'the control endpoint is /_sandbox/states')
  if (call.method === 'GET') return jsonAnswer(200, JSON.stringify({ states: STATE_NAMES }))
  if (call.method !== 'POST') return refuse(405, 'use GET or POST')
  const body = parseBody((await call.text()) ?? '')
  if (body === undefined) return refuse(400, 'send {"state": "...", "params": {...}}')
  if (body.action === 'teardown') return jsonAnswer(200, '{}')
  try {
    return jsonAnswer(200, JSON.stringify(await target.setState(body.state, body.params)))
  } catch (error) {
    return refuse(400, error instanceof Error ? error.message : String(error))
  }
}

/** A request for the endpoint is told how to have it, also without a token. */
export function controlIsOff(traceId: string): Answer {
  const reason = 'the control endpoint is off: start the sandbox with --control on'
  return errorAnswer({ status: 404, traceId, reason, message: reason })
}

function parseBody(text: string): { state: string; params: Record<string, unknown>; action: unknown } | undefined {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || !('state' in body) || typeof body.state !== 'string')
      return undefined
    const params = 'params' in body && typeof body.params === 'object' && body.params !== null ? { ...body.params } : {}
    return { state: body.state, params, action: 'action' in body ? body.action : 'setup' }
  } catch {
    return undefined
  }
}
