import type { Answer, VendorAnswers } from '@hood-exports/openapi/profile'
import { fits } from './account.ts'
import type { Account } from './account.ts'
import { decide, notSeen } from './decide.ts'
import { evidenceOf, isRefusal } from './look.ts'
import type { Look } from './look.ts'
import { find, settledItems } from './probe.ts'
import type { Conclude, Probe } from './probe.ts'
import { valuesOf } from './filter-values.ts'
import { reading } from './readings.ts'

const NAMES = ['failure_reason', 'failed_reason'] as const

type Name = (typeof NAMES)[number]

/** The name by which `failure_reason` is filtered: the other is refused or ignored. */
export async function learnFailureReason(probe: Probe): Promise<{ conclude: Conclude; name: Name }> {
  const [value] = valuesOf(settledItems(probe), 'failure_reason')
  if (value === undefined) {
    return {
      name: 'failure_reason',
      conclude: () => ({ 'filter.failure-reason': notSeen('no export has a failure_reason') }),
    }
  }
  const looks = new Map<Name, Look>()
  for (const name of NAMES) {
    const look = await find(probe, { filters: [{ member: name, operator: 'eq', values: [value] }] })
    if (look !== undefined) looks.set(name, look)
  }
  const isTaken = (name: Name, account: Account): boolean => {
    const condition = reading({ member: name, operator: 'eq', values: [value] })
    return fits(looks.get(name), { condition, members: ['failure_reason'] }, account)
  }
  const isOther = (name: Name, account: Account): boolean => {
    const look = looks.get(name)
    return look !== undefined && (isRefusal(look) || fits(look, { condition: () => true, members: [] }, account))
  }
  const conclude: Conclude = (account) => {
    const answer: Answer<VendorAnswers['filter.failure-reason']> = decide(
      [
        { value: 'failure_reason', fits: isTaken('failure_reason', account) && isOther('failed_reason', account) },
        { value: 'failed_reason', fits: isTaken('failed_reason', account) && isOther('failure_reason', account) },
        { value: 'both', fits: NAMES.every((name) => isTaken(name, account)) },
      ],
      [...looks.values()].map(evidenceOf),
    )
    return { 'filter.failure-reason': answer }
  }
  const now: Account = { before: probe.reading, after: probe.reading }
  const name = !isTaken('failure_reason', now) && isTaken('failed_reason', now) ? 'failed_reason' : 'failure_reason'
  return { conclude, name }
}
