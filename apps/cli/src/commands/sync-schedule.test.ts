import { expect, test } from 'vitest'
import { measureSchedule } from '../testing/schedule.ts'

test.each([0, 12_345, 37_250])(
  'a first sync takes at most 1.05 × what the quota allows and is never refused, with windows that begin at %i ms',
  async (phaseMs) => {
    const schedule = await measureSchedule({ exports: 590, phaseMs, latencyMs: [40, 250], seed: phaseMs })
    expect(schedule).toMatchObject({ files: 590, refused: 0, exitCode: 0 })
    // With the list 597 requests. A few more than a multiple of 150 wait for another minute in some orders of answers.
    expect(schedule.tookMs / schedule.optimalMs).toBeLessThanOrEqual(1.05)
  },
)
