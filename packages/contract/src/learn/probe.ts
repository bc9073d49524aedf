import type { FILTER_KINDS } from '@hood-exports/openapi'
import type { VendorProfile } from '@hood-exports/openapi/profile'
import type { Exchange, Item } from '../verify/exchange.ts'
import type { Filter } from '../verify/laws/filter/filter.ts'
import type { ListQuery } from '../verify/list-query.ts'
import type { Clock } from '../verify/pace.ts'
import type { Random } from '../verify/random.ts'
import type { Session } from '../verify/session.ts'
import { listRequest } from '../verify/test-request.ts'
import type { TestRequest } from '../verify/test-request.ts'
import type { Account, Reading } from './account.ts'
import { lookOf } from './look.ts'
import type { Look } from './look.ts'

/** What the families of questions need. */
export interface Probe {
  readonly session: Session
  readonly clock: Clock
  readonly random: Random
  /** The account as it was listed at the beginning, as far as a few pages go. */
  readonly listing: Reading
  /** The exports that lists are compared with: all of the listing, or those of the scope. */
  readonly reading: Reading
  /** Items in a page that the provider is known to grant. */
  readonly pageSize: number
  /** All so far, in the order of their ends. */
  readonly exchanges: readonly Exchange[]
  /** Limits a list to exports that are known; undefined where all are, or where such a filter does not work. */
  readonly scope: Filter | undefined
  /** The parameter that filters by a member. */
  parameterOf(member: keyof typeof FILTER_KINDS): string
  /** Called before a wait of two seconds or more, in milliseconds. */
  readonly onWait: (ms: number) => void
  /** Requests that a family may send. */
  left(): number
}

export type Answers = VendorProfile['answers']

/** Draws the conclusions, once the account has been read again. */
export type Conclude = (account: Account) => Answers

export async function ask(
  { session }: Pick<Probe, 'session'>,
  request: TestRequest,
  from: 'remembered' | 'fresh' = 'fresh',
): Promise<Look | undefined> {
  const answer = await session.send(request, from)
  return answer === undefined ? undefined : lookOf(answer)
}

export async function list(probe: Pick<Probe, 'session'>, query: ListQuery): Promise<Look | undefined> {
  return ask(probe, listRequest(query))
}

/** What costs the provider least. */
export const SMALL_LIST: TestRequest = listRequest({ fields: ['id'], page: [1, 1] })

/** Which known exports a query finds. */
export async function find(
  probe: Probe,
  query: Pick<ListQuery, 'q' | 'qFields' | 'filters'>,
): Promise<Look | undefined> {
  const { scope, pageSize } = probe
  const { filters = [] } = query
  const isScoped = scope !== undefined && filters.every(({ member }) => member !== scope.member)
  const all = isScoped ? [...filters, scope] : filters
  return list(probe, { ...query, fields: ['id'], page: [1, pageSize], ...(all.length > 0 && { filters: all }) })
}

/** Exports that are not likely to change soon: all but those that have just changed. */
export function settledItems({ reading: { items } }: Pick<Probe, 'reading'>): readonly Item[] {
  const times = items.map(lastChange).toSorted()
  const limit = times[Math.floor(times.length * 0.9)] ?? ''
  const settled = items.filter((item) => lastChange(item) < limit)
  return settled.length > 0 ? settled : items
}

function lastChange({ update_time: updated, create_time: created }: Item): string {
  return [updated, created].find((time): time is string => typeof time === 'string') ?? ''
}
