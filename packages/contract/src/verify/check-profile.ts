import { QUESTIONS, learnt } from '@hood-exports/openapi/profile'
import type { QuestionId, VendorProfile } from '@hood-exports/openapi/profile'
import { changesSince } from '../learn/compare.ts'
import { learn } from '../learn/learn.ts'
import type { LearnOptions } from '../learn/learn.ts'
import type { Recorder } from './law.ts'
import { lawOf } from './laws/profile.ts'
import { sleep } from './pace.ts'
import { listRequest } from './test-request.ts'
import { violation } from './violation.ts'

const IDS = Object.keys(QUESTIONS) as QuestionId[]

/** The quota of the run before is used up: a minute later it is whole again. */
const MINUTE_MS = 60_000

export interface ProfileCheck extends Required<Pick<LearnOptions, 'limits' | 'clock' | 'onWait'>> {
  readonly earlier: VendorProfile
  readonly record: Recorder
}

/** Learns again, and records what has become of each answer that was observed. @returns the requests that it took */
export async function checkProfile({ earlier, record, ...options }: ProfileCheck & LearnOptions): Promise<number> {
  const { limits, clock, onWait } = options
  if (limits === 'on') {
    onWait(MINUTE_MS)
    await sleep(MINUTE_MS, clock)
  }
  const result = await learn(options)
  if (result.kind === 'failed') {
    record.skip(IDS.map(lawOf), 'answers stopped coming before it was learnt again')
    return 0
  }
  const { profile: later } = result
  const drifts = Map.groupBy(changesSince(earlier, later).drifts, ({ question }) => question)
  for (const id of IDS) {
    const [says] = (drifts.get(id) ?? []).map((drift) => drift.says)
    const now = later.answers[id]
    if (learnt(earlier, id) === undefined) record.skip([lawOf(id)], 'the profile has not observed it')
    else if (says !== undefined) record.check([lawOf(id)], [violation(lawOf(id), listRequest({}), says)])
    else if (now?.confidence === 'observed') record.check([lawOf(id)], [])
    else record.skip([lawOf(id)], `not seen this time: ${now?.why}`)
  }
  return later.requests
}
