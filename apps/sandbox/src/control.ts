import { BadRequest, readObject } from '@hood-exports/provider'
import type { Control } from '@hood-exports/provider'
import { STATE_NAMES } from './provider-states.ts'

export interface ControlTarget {
  /** @throws Error that says what is wrong with the name or a parameter. */
  readonly setState: (name: string, parameters: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>
}

const EXAMPLE = '{"state": "...", "params": {...}}'

/** The control endpoint. The body that sets a state is what Pact's verifier sends to a provider state URL. */
export const CONTROLS: readonly Control<ControlTarget>[] = [
  {
    method: 'GET',
    path: '/_sandbox/states',
    effect: 'The names of the provider states',
    run: () => ({ states: STATE_NAMES }),
  },
  {
    method: 'POST',
    path: '/_sandbox/states',
    effect: 'Sets a provider state: {"state": "export 42 exists", "params": {"name": "Mine"}}',
    run: async ({ setState }, call) => {
      const { state, params, action } = await readObject(call, EXAMPLE)
      if (typeof state !== 'string') throw new BadRequest(`the body names no state: send ${EXAMPLE}`)
      if (action === 'teardown') return {}
      try {
        return await setState(state, typeof params === 'object' && params !== null ? { ...params } : {})
      } catch (error) {
        throw new BadRequest((error as Error).message, { cause: error })
      }
    },
  },
]
