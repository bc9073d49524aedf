import { FixedWindowServer } from '@hood-exports/client/testing'
import type { FixedWindowServerOptions } from '@hood-exports/client/testing'
import type { Answer } from '../contenders/contender.ts'
import type { Latency } from './latency.ts'
import { latencyOf } from './latency.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface SimulatedApiOptions {
  readonly time: VirtualTime
  readonly server: FixedWindowServerOptions
  readonly latency: Latency
  readonly seed: number
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
  }

  async send(call: number): Promise<Answer> {
    const { time, latency, seed } = this.#options
    const attempt = this.#attempts.get(call) ?? 0
    this.#attempts.set(call, attempt + 1)
    this.sent += 1
    const leftAt = time.now()
    await time.sleep(latencyOf(latency, { seed, call, attempt, way: 'there' }))
    const admission = this.#server.admit(time.now())
    await time.sleep(latencyOf(latency, { seed, call, attempt, way: 'back' }))
    if (admission.kind === 'admitted') {
      admission.leave()
      this.leftAt.set(call, leftAt)
      return { status: 200, headers: new Headers(admission.headers) }
    }
    this.refused += 1
    const { status, headers } = admission.answer()
    return { status, headers }
  }

  /** A request of somebody else, who is beside the server; whether it was accepted. */
  admitForeign(): boolean {
    const admission = this.#server.admit(this.#options.time.now())
    if (admission.kind === 'admitted') admission.leave()
    return admission.kind === 'admitted'
  }
}
