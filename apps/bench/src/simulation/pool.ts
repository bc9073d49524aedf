import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Outcome } from './run.ts'

/** The runs of one row. */
export interface Job {
  readonly sectionId: string
  readonly row: number
  readonly phases: number
  readonly seeds: number
}

/** Carries out the jobs on every core; tells each when it is done. */
export async function runAll(
  jobs: readonly Job[],
  onDone: (job: Job, outcomes: readonly Outcome[]) => void,
): Promise<void> {
  let next = 0
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('worker.ts', import.meta.url))
    try {
      for (let job = jobs[next++]; job; job = jobs[next++]) {
        const answer = once(worker, 'message')
        worker.postMessage(job)
        const [outcomes] = (await answer) as [readonly Outcome[]]
        onDone(job, outcomes)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work))
}
