import { sleep } from '../../pace.ts'
import type { Clock } from '../../pace.ts'

/** Seconds between two looks: two minutes in all. */
const PAUSES_S = [1, 2, 4, 8, 15, 15, 15, 20, 20, 20]

/** Looks again and again until what is seen is enough, or two minutes are over. */
export async function watch<Value>(
  clock: Clock,
  look: () => Promise<Value>,
  isEnough: (value: Value) => boolean,
): Promise<Value> {
  let value = await look()
  for (const pauseS of PAUSES_S) {
    if (isEnough(value)) break
    await sleep(pauseS * 1_000, clock)
    value = await look()
  }
  return value
}
