import type { AccountSnapshot } from '../../account-snapshot.ts'
import type { Case } from '../../case.ts'
import type { TokenOwner } from '../../credential.ts'
import type { Recorder } from '../../law.ts'
import type { Clock } from '../../pace.ts'
import type { OtherAccount } from '../../read-account.ts'
import type { Session } from '../../session.ts'
import type { TestRequest } from '../../test-request.ts'
import { statusAndBody, violation } from '../../violation.ts'

/** What the parts of a run that write have in common. */
export interface Writing {
  readonly session: Session
  readonly clock: Clock
  readonly record: Recorder
  /** Sends a case, judges it, and records what came of it. */
  readonly run: (one: Case) => Promise<void>
  /** As it was read before anything was made. */
  readonly snapshot: AccountSnapshot
  readonly tokenOwners: ReadonlySet<TokenOwner>
  readonly otherAccounts: readonly OtherAccount[]
  /** The quick report to export. */
  readonly reportId: string
  /** In the names of all that is made; no other run has it. */
  readonly marker: string
}

/** Records at once that a law was looked at, and what broke it: a budget that is spent loses nothing. */
export function note({ record }: Writing, law: string, request: TestRequest, broken: readonly string[]): void {
  record.begin(law)
  record.check(
    [law],
    broken.map((actual) => violation(law, request, actual)),
  )
}

/** What is done by POST is not done by GET. */
export async function tryToGet(writing: Writing, post: TestRequest, law: string): Promise<void> {
  const { body: _none, ...rest } = post
  const request: TestRequest = { ...rest, method: 'GET' }
  const answer = await writing.session.send(request, 'fresh')
  if (answer !== undefined) note(writing, law, request, answer.status < 300 ? [statusAndBody(answer)] : [])
}
