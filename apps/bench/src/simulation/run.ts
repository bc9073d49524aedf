import { createMemoryStore } from '@hood-exports/client/rate-limit'
import type { Store } from '@hood-exports/client/rate-limit'
import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import type { Contender } from '../contenders/contender.ts'
import { jain, mean } from '../statistics.ts'
import { draw } from '../random.ts'
import { latencyOf } from './latency.ts'
import { optimum } from './optimum.ts'
import type { Chance, Scenario } from './scenario.ts'
import { SimulatedApi } from './simulated-api.ts'
import type { VirtualTime } from './virtual-time.ts'
import { startVirtualTime } from './virtual-time.ts'
import { demandOf } from './workload.ts'
import type { Demand } from './workload.ts'

/** What one run has shown. */
export interface Outcome {
  readonly calls: number
  readonly sent: number
  /** Requests answered with a 429. */
  readonly refused: number
  readonly makespanMs: number
  /** Makespan over the optimum's. */
  readonly ratio: number
  /** From asking to leaving; of the attempt that was accepted. */
  readonly meanWaitMs: number
  readonly optimalWaitMs: number
  /** Of the requests of others, the share that was refused. */
  readonly foreignRefused: number
  /** Jain's index of the calls that each process has had through when half of all had left: 1 when all had as many. */
  readonly jain: number
}

export interface RunOptions {
  readonly contender: Contender
  readonly scenario: Scenario
  readonly chance: Chance
  readonly maxInFlight: number | undefined
}

const MIDNIGHT = Date.UTC(2026, 0, 1)

/** Carries a workload through in virtual time. */
export async function run({ contender, scenario, chance, maxInFlight }: RunOptions): Promise<Outcome> {
  const { workload, latency, described, start, parallel, foreign, processes = 1 } = scenario
  const { phaseMs, seed, rounding } = chance
  const demand = demandOf(workload, seed)
  const time = startVirtualTime(MIDNIGHT)
  try {
    const server = { windows: RATE_LIMIT_WINDOWS, phaseMs, described, start, rounding, parallel }
    const api = new SimulatedApi({ time, server, latency, seed })
    const store = distantStore(time)
    const setup = { send: (number: number) => api.send(number), maxInFlight, sleep: time.sleep, store }
    const callers = Array.from({ length: processes }, () => contender.start(setup))
    const call = (number: number): Promise<unknown> => (callers[number % processes] as (typeof callers)[0])(number)
    const others = foreign && startForeign({ ...foreign, api, time, seed })
    const askedAt = await time.run(carryThrough(demand, call, time))
    const waits = askedAt.map((at, number) => (api.leftAt.get(number) as number) - at)
    const best = optimum({
      demand,
      windows: RATE_LIMIT_WINDOWS,
      start,
      phaseMs,
      latency: (number, way) => latencyOf(latency, { seed, call: number, attempt: 0, way }),
    })
    return {
      calls: waits.length,
      sent: api.sent,
      refused: api.refused,
      makespanMs: time.now(),
      ratio: time.now() / best.makespanMs,
      meanWaitMs: mean(waits),
      optimalWaitMs: best.meanWaitMs,
      foreignRefused: others ? others.refused / others.sent : 0,
      jain: jain(shares(api.leftAt, processes)),
    }
  } finally {
    time.end()
  }
}

/** A store in which everything takes a millisecond there and one back, as it does in the same data centre. */
function distantStore(time: VirtualTime): Store {
  const store = createMemoryStore()
  return {
    async exchange(request) {
      await time.sleep(1)
      const exchanged = await store.exchange(request)
      await time.sleep(1)
      return exchanged
    },
  }
}

/** Calls of each process among the first half to leave. */
function shares(leftAt: ReadonlyMap<number, number>, processes: number): number[] {
  const first = [...leftAt].toSorted(([, a], [, b]) => a - b).slice(0, Math.ceil(leftAt.size / 2))
  return Array.from(
    { length: processes },
    (_, process) => first.filter(([call]) => call % processes === process).length,
  )
}

/** Asks for every call when it is due, and gives the moments at which it did. */
async function carryThrough(
  demand: Demand,
  call: (number: number) => Promise<unknown>,
  time: VirtualTime,
): Promise<readonly number[]> {
  if (demand.kind === 'at') {
    const calls: Promise<unknown>[] = []
    for (const [number, at] of demand.askedAt.entries()) {
      if (at > time.now()) await time.sleep(at - time.now())
      calls.push(call(number))
    }
    await Promise.all(calls)
    return demand.askedAt
  }
  const askedAt: number[] = []
  for (let number = 0; number < demand.calls; number += 1) {
    askedAt.push(time.now())
    await call(number)
  }
  return askedAt
}

interface ForeignOptions {
  readonly perSecond: number
  readonly kind: 'regular' | 'poisson'
  readonly api: SimulatedApi
  readonly time: VirtualTime
  readonly seed: number
}

/** Others of the account, who retry nothing; they go on until the run ends. */
function startForeign({ perSecond, kind, api, time, seed }: ForeignOptions): { sent: number; refused: number } {
  const tally = { sent: 0, refused: 0 }
  const goOn = async (): Promise<never> => {
    for (;;) {
      const factor = kind === 'regular' ? 1 : -Math.log(1 - draw(seed, tally.sent, 99))
      await time.sleep(Math.round((factor * 1000) / perSecond))
      tally.sent += 1
      if (!api.admitForeign()) tally.refused += 1
    }
  }
  void goOn()
  return tally
}
