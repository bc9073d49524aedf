import type { Account } from '../data/account.ts'
import { formatTimestamp } from '../data/timestamp.ts'

/** A long running operation that has just begun. The vendor's sample of a retry has this name as well. */
export function startedOperation({ companyId, creatorId }: Account, { id, now }: { id: string; now: number }): object {
  return {
    id,
    company_id: companyId,
    member_id: creatorId,
    name: 'quick-report-export',
    status: 'running',
    start_time: formatTimestamp(now),
  }
}
