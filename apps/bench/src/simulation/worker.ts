import { parentPort } from 'node:worker_threads'
import { contenderNamed } from '../contenders/index.ts'
import type { Job } from './pool.ts'
import { run } from './run.ts'
import type { Outcome } from './run.ts'
import { chances } from './scenario.ts'
import { SECTIONS } from './sections/index.ts'

/** A thread of its own, because the runs replace its timers. */
parentPort?.on('message', ({ sectionId, row, phases, seeds }: Job) => {
  const section = SECTIONS.find(({ id }) => id === sectionId)
  const one = section?.rows[row]
  if (!section || !one) throw new Error(`There is no row ${row} in ${sectionId}`)
  const contender = contenderNamed(one.contender)
  const scenario = { ...section.scenario, ...one.variant?.world, described: one.described }
  const work = async (): Promise<void> => {
    const outcomes: Outcome[] = []
    for (const chance of chances({ phases, seeds })) {
      try {
        outcomes.push(await run({ contender, scenario, chance, maxInFlight: one.maxInFlight }))
      } catch (cause) {
        const where = [sectionId, one.contender, one.described, one.variant?.label, JSON.stringify(chance)].join(', ')
        throw new Error(`A call is lost: ${where}`, { cause })
      }
    }
    parentPort?.postMessage(outcomes)
  }
  void work()
})
