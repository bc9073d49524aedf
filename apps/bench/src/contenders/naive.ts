import type { Contender } from './contender.ts'
import { retryAfterMs } from './contender.ts'

/** A plain loop: one request after the other, and after a 429 as long a pause as it says. */
export const naive: Contender = {
  name: 'naive loop',
  start({ send, sleep }) {
    let last: Promise<void> = Promise.resolve()
    const carryThrough = async (call: number): Promise<void> => {
      for (;;) {
        const { status, headers } = await send(call)
        if (status !== 429) return
        await sleep(retryAfterMs(headers))
      }
    }
    return (call) => (last = last.then(() => carryThrough(call)))
  },
}
