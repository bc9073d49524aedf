import { draw } from '../random.ts'
import type { SimulatedApi } from './simulated-api.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Other users of the account. They keep no limit and retry nothing. */
export interface Strangers {
  /** Requests a second, on average. */
  readonly perSecond: number
  /** At even distances, at random ones, or five at once. */
  readonly kind: 'regular' | 'poisson' | 'bursts'
}

const BURST = 5

export interface StrangersOptions extends Strangers {
  readonly api: SimulatedApi
  readonly time: VirtualTime
  readonly seed: number
}

/** They go on until the run ends. */
export function startStrangers({ perSecond, kind, api, time, seed }: StrangersOptions): {
  readonly sent: number
  readonly refused: number
} {
  const tally = { sent: 0, refused: 0 }
  const atOnce = kind === 'bursts' ? BURST : 1
  const goOn = async (): Promise<never> => {
    for (;;) {
      const factor = kind === 'poisson' ? -Math.log(1 - draw(seed, tally.sent, 99)) : atOnce
      await time.sleep(Math.round((factor * 1000) / perSecond))
      for (let count = 0; count < atOnce; count += 1) {
        tally.sent += 1
        if (!api.admitStranger()) tally.refused += 1
      }
    }
  }
  void goOn()
  return tally
}
