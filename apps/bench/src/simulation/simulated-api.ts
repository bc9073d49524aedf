import { FixedWindowServer } from '@hood-exports/client/testing'
import type { FixedWindowServerOptions } from '@hood-exports/client/testing'
import type { Answer } from '../contenders/contender.ts'
import { falsified } from './false-headers.ts'
import type { Lie } from './false-headers.ts'
import type { Latency } from './latency.ts'
import { latencyOf } from './latency.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface SimulatedApiOptions {
  readonly time: VirtualTime
  readonly server: FixedWindowServerOptions
  readonly latency: Latency
  readonly seed: number
  readonly serviceMs: number
  readonly lie: Lie | undefined
  readonly closedUntilMs: number
  /** When requests of an earlier run arrived, ascending. */
  readonly arrivalsBefore: readonly number[]
}

/** The server and the way to it. A request is counted at its arrival and in flight until its answer has come back. */
export class SimulatedApi {
  readonly #options: SimulatedApiOptions
  readonly #server: FixedWindowServer
  readonly #attempts = new Map<number, number>()
  /** When the attempt of each call that was answered had left. */
  readonly leftAt: Map<number, number> = new Map()
  sent = 0
  refused = 0

  constructor(options: SimulatedApiOptions) {
    this.#options = options
    this.#server = new FixedWindowServer(options.server)
    for (const at of options.arrivalsBefore) this.#admitShort(at)
  }

  /** Whether any attempt of the call has left. */
  hasSent(call: number): boolean {
    return this.#attempts.has(call)
  }

  async send(call: number): Promise<Answer> {
    const { time, latency, seed, serviceMs, lie, closedUntilMs } = this.#options
    const attempt = this.#attempts.get(call) ?? 0
    this.#attempts.set(call, attempt + 1)
    this.sent += 1
    const leftAt = time.now()
    await time.sleep(latencyOf(latency, { seed, call, attempt, way: 'there' }))
    const arrivedAt = time.now()
    const admission = arrivedAt < closedUntilMs ? undefined : this.#server.admit(arrivedAt)
    const backMs = latencyOf(latency, { seed, call, attempt, way: 'back' })
    if (admission?.kind === 'admitted') {
      await time.sleep(serviceMs + backMs)
      admission.leave()
      this.leftAt.set(call, leftAt)
      return { status: 200, headers: falsified(new Headers(admission.headers), lie) }
    }
    await time.sleep(backMs)
    this.refused += 1
    const headers =
      admission?.answer().headers ??
      new Headers({ 'Retry-After': String(Math.ceil((closedUntilMs - arrivedAt) / 1000)) })
    return { status: 429, headers: falsified(headers, lie) }
  }

  /** A request of a stranger, which needs no time to arrive; whether it was accepted. */
  admitStranger(): boolean {
    return this.#admitShort(this.#options.time.now())
  }

  /** A request that is answered at once. */
  #admitShort(at: number): boolean {
    const admission = this.#server.admit(at)
    if (admission.kind === 'admitted') admission.leave()
    return admission.kind === 'admitted'
  }
}
