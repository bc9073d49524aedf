import type { AccountSnapshot } from './account-snapshot.ts'
import type { Envelope } from './exchange.ts'
import type { ListQuery } from './list-query.ts'
import type { TestRequest } from './test-request.ts'

/** A page of a well-formed list, and what it is compared with. */
export interface ListAnswer {
  readonly request: TestRequest
  readonly query: ListQuery
  readonly envelope: Envelope
  readonly snapshot: AccountSnapshot
}
