import { withReason } from './error-answer.ts'
import type { Exchange } from './answer.ts'
import { withoutEnd } from './answer.ts'
import { BadRequest } from './bad-request.ts'
import type { Call } from './call.ts'
import type { Clock } from './clock.ts'
import type { ErrorMaker, ScriptedFault } from './fault.ts'
import { parseFaults } from './fault.ts'
import type { ProviderName } from './provider-name.ts'
import { reasonHeader } from './provider-name.ts'

/** `on`: the header `X-Fault` scripts a request. `off`: such a request is a 400. Any other text: faults of every request, beside the header. */
export type FaultOption = 'on' | 'off' | (string & {})

/** The header that scripts one request. */
export const FAULT_HEADER = 'x-fault'
/** Its names before; they go with version 1. */
const OLD_HEADERS = ['x-mock-fault', 'x-sandbox-fault']
export const FAULT_HEADERS: readonly string[] = [FAULT_HEADER, ...OLD_HEADERS]

export interface FaultsOptions {
  readonly provider: ProviderName
  readonly option: FaultOption
  /** Numbers from 0 up to 1: which requests a share happens to, and how long a delay is. */
  readonly random: () => number
  readonly clock: Pick<Clock, 'sleep'>
  /** Aborted when the server is closed: delays end. */
  readonly closing: AbortSignal
}

export interface FaultSource {
  /** Carries the request out. */
  readonly answer: () => Promise<Exchange>
  readonly error: ErrorMaker
  /** Faults of this request beside those of its header and of the process. */
  readonly scripted?: readonly ScriptedFault[]
}

export interface Faults {
  /**
   * The answer, with what the faults of the request make of it. A delay comes first; then the request is carried out,
   * unless a fault says that it was refused.
   *
   * @throws BadRequest for a header that cannot be read, or that is sent while faults are off.
   */
  exchange(call: Call, source: FaultSource): Promise<Exchange>
}

/** @throws BadRequest for an option that cannot be read. */
export function createFaults({ provider, option, random, clock, closing }: FaultsOptions): Faults {
  const ofEveryRequest = option === 'on' || option === 'off' ? [] : parseFaults(option)

  const faultsOf = ({ headers }: Call, scripted: readonly ScriptedFault[]): ScriptedFault[] => {
    const given = FAULT_HEADERS.flatMap((name) => headers[name] ?? [])
    if (given.length > 0 && option === 'off') {
      throw new BadRequest(`faults are off: start the ${provider} with --faults on`)
    }
    return [...ofEveryRequest, ...scripted, ...given.flatMap(parseFaults)].filter(
      ({ probability }) => probability === 1 || random() < probability,
    )
  }

  const faulty = async (
    call: Call,
    happening: readonly ScriptedFault[],
    { answer, error }: FaultSource,
  ): Promise<Exchange> => {
    const faults = happening.map(({ fault }) => fault)
    const signal = call.signal === undefined ? closing : AbortSignal.any([closing, call.signal])
    for (const { delay } of faults) {
      if (delay !== undefined)
        await clock.sleep(delay.fromMs + Math.round(random() * (delay.toMs - delay.fromMs)), signal)
    }
    signal.throwIfAborted()
    const isRefused = faults.some(({ isRefusal }) => isRefusal === true)
    const exchange = isRefused ? withoutEnd(await error(400)) : await answer()
    try {
      let changed = exchange.answer
      for (const { change } of faults) changed = (await change?.(changed, error)) ?? changed
      return { ...exchange, answer: changed, faults: happening.map(({ text }) => text) }
    } catch (failure) {
      exchange.end()
      throw failure
    }
  }

  return {
    exchange: async (call, source) => {
      const faults = faultsOf(call, source.scripted ?? [])
      const exchange = faults.length === 0 ? await source.answer() : await faulty(call, faults, source)
      const old = OLD_HEADERS.filter((name) => call.headers[name] !== undefined)
      if (old.length === 0) return exchange
      const notice = `${old.join(' and ')} will go with version 1: send ${FAULT_HEADER}`
      return { ...exchange, answer: withReason(exchange.answer, reasonHeader(provider), notice) }
    },
  }
}
