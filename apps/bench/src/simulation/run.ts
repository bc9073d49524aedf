import { threadId } from 'node:worker_threads'
import { createMemoryStore } from '@hood-exports/client/rate-limit'
import type { Store } from '@hood-exports/client/rate-limit'
import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import type { Contender } from '../contenders/contender.ts'
import { jain, mean } from '../statistics.ts'
import { draw } from '../random.ts'
import { latencyOf } from './latency.ts'
import { optimum } from './optimum.ts'
import { arrivalsBefore } from './scenario.ts'
import type { Chance, Scenario } from './scenario.ts'
import { SimulatedApi } from './simulated-api.ts'
import { startStrangers } from './strangers.ts'
import type { VirtualTime } from './virtual-time.ts'
import { startVirtualTime } from './virtual-time.ts'
import { demandOf } from './workload.ts'
import type { Demand, DueCall } from './workload.ts'

/** What one run has shown. */
export interface Outcome {
  readonly calls: number
  readonly sent: number
  /** Requests answered with a 429. */
  readonly refused: number
  readonly makespanMs: number
  readonly optimalMakespanMs: number
  /** From asking to leaving; of the attempt that was accepted. */
  readonly meanWaitMs: number
  readonly optimalWaitMs: number
  /** The same of the process with few calls beside the one with many. `NaN` in other workloads. */
  readonly lightWaitMs: number
  /** The share of the strangers' requests that was refused. */
  readonly strangersRefused: number
  /** Jain's index of the calls that each process has had through when half of all had left: 1 when all had as many. */
  readonly jain: number
  /** Calls that left for the first time after a later call of the same process had left. */
  readonly outOfOrder: number
}

export interface RunOptions {
  readonly contender: Contender
  readonly scenario: Scenario
  readonly chance: Chance
  readonly maxInFlight: number | undefined
}

const MIDNIGHT = Date.UTC(2026, 0, 1)
let runs = 0

/**
 * Carries a workload through in virtual time.
 * @throws Error when a call is lost: it hangs, or fails.
 */
export async function run({ contender, scenario, chance, maxInFlight }: RunOptions): Promise<Outcome> {
  const { workload, latency, described, start, parallel, lie, strangers } = scenario
  const { windows = RATE_LIMIT_WINDOWS, processes = 1, serviceMs = 0, closedUntilMs = 0 } = scenario
  const { phaseMs, seed, rounding } = chance
  const demand = demandOf(workload, { seed, processes })
  const before = arrivalsBefore(scenario)
  const cleanUps: (() => void)[] = []
  const time = startVirtualTime(MIDNIGHT)
  try {
    const server = { windows, phaseMs, described, start, rounding, parallel }
    const api = new SimulatedApi({ time, server, latency, seed, serviceMs, lie, closedUntilMs, arrivalsBefore: before })
    const token = `run-${threadId}-${++runs}`
    const store = distantStore(time)
    let outOfOrder = 0
    const begin = (process: number): ((call: number) => Promise<unknown>) => {
      let latest = -1
      let drawn = 0
      return contender.start({
        send(call) {
          if (call < latest && !api.hasSent(call)) outOfOrder += 1
          latest = Math.max(latest, call)
          return api.send(call)
        },
        maxInFlight,
        sleep: time.sleep,
        random: () => draw(seed, process, drawn++, 1234),
        token,
        store,
        atEnd: (cleanUp) => void cleanUps.push(cleanUp),
      })
    }
    const others = strangers && startStrangers({ ...strangers, api, time, seed })
    const dueCalls = await time.run(carryThrough(demand, begin, time))
    const waits = dueCalls.map(({ askedAt, process }, call) => ({
      process,
      ms: (api.leftAt.get(call) as number) - askedAt,
    }))
    const lightWaits = workload.kind === 'beside' ? waits.filter(({ process }) => process === 1) : []
    const best = optimum({
      demand,
      windows,
      start,
      phaseMs,
      latency: (number, way) => latencyOf(latency, { seed, call: number, attempt: 0, way }),
      serviceMs,
      parallel,
      arrivalsBefore: before,
      closedUntilMs,
    })
    return {
      calls: waits.length,
      sent: api.sent,
      refused: api.refused,
      makespanMs: time.now(),
      optimalMakespanMs: best.makespanMs,
      meanWaitMs: mean(waits.map(({ ms }) => ms)),
      optimalWaitMs: best.meanWaitMs,
      lightWaitMs: mean(lightWaits.map(({ ms }) => ms)),
      strangersRefused: others ? others.refused / others.sent : 0,
      jain: jain(shares(api.leftAt, dueCalls)),
      outOfOrder,
    }
  } finally {
    time.end()
    for (const cleanUp of cleanUps) cleanUp()
  }
}

/** A store in which everything takes a millisecond there and one back. */
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
function shares(leftAt: ReadonlyMap<number, number>, dueCalls: readonly DueCall[]): number[] {
  const first = [...leftAt].toSorted(([, a], [, b]) => a - b).slice(0, Math.ceil(leftAt.size / 2))
  const counts = new Map(dueCalls.map(({ process }) => [process, 0]))
  for (const [call] of first) {
    const { process } = dueCalls[call] as DueCall
    counts.set(process, (counts.get(process) as number) + 1)
  }
  return [...counts.values()]
}

/** Asks for every call when it is due, and gives when that was. A process begins with its first call. */
async function carryThrough(
  demand: Demand,
  begin: (process: number) => (call: number) => Promise<unknown>,
  time: VirtualTime,
): Promise<readonly DueCall[]> {
  if (demand.kind === 'at') {
    const callers = new Map<number, ReturnType<typeof begin>>()
    const calls: Promise<unknown>[] = []
    for (const [number, { askedAt, process }] of demand.calls.entries()) {
      if (askedAt > time.now()) await time.sleep(askedAt - time.now())
      const caller = callers.get(process) ?? begin(process)
      callers.set(process, caller)
      calls.push(caller(number))
    }
    await Promise.all(calls)
    return demand.calls
  }
  const call = begin(0)
  const dueCalls: DueCall[] = []
  for (let number = 0; number < demand.calls; number += 1) {
    dueCalls.push({ askedAt: time.now(), process: 0 })
    await call(number)
  }
  return dueCalls
}
