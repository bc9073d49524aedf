import { statusCase } from '../case.ts'
import type { Case } from '../case.ts'
import { MAIN } from '../credential.ts'
import type { Credential } from '../credential.ts'
import { envelopeOf } from '../exchange.ts'
import type { Item } from '../exchange.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { UNKNOWN_ID, retryRequest, viewRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { companiesOf, hasEnded, hasFailed, judgeOperation } from './create/judge-made.ts'
import { findNewest } from './create/made-exports.ts'
import { watch } from './create/watch.ts'
import { note, tryToGet } from './create/writing.ts'
import type { Writing } from './create/writing.ts'
import { hasRunAgain, judgeRetried, judgeUntouched } from './retry/judge-retried.ts'
import type { Retried } from './retry/judge-retried.ts'
import { haveOwnNumbers, hidden } from './tenancy/hidden.ts'

type Law = 'retry-is-accepted' | 'retry-runs-again' | 'retry-needs-post'

export const retry: Family<Law, 'retry'> = {
  name: 'retry',
  needs: ['writes'],
  otherTokens: 'yes',
  laws: {
    'retry-is-accepted': {
      expected: 'a retry of an export that has failed is answered with 202 and an operation of the account',
      pointer: `${POINTERS.retry}/responses/202`,
      source: 'V',
    },
    'retry-runs-again': {
      expected: 'a retry runs an export once more: with another attempt of its record, or as a new one',
      pointer: POINTERS.retry,
      source: 'V, ?',
    },
    'retry-needs-post': {
      expected: 'GET runs no export again',
      pointer: POINTERS.retry,
      source: 'RFC 9110',
      gravity: 'critical',
    },
  },
}

/** Retries that must be refused, and one of an export that has failed. @param made exports of this run */
export async function tryToRetry(writing: Writing, made: readonly Item[]): Promise<void> {
  const { snapshot, run, record } = writing
  const failed = [...made, ...snapshot.items].find((item) => hasFailed(item))
  const subject = made.find((item) => hasEnded(item)) ?? failed
  await run(statusCase({ law: 'unknown-ids-are-missing', request: retryRequest(UNKNOWN_ID), statuses: [404] }))
  if (subject !== undefined) await retryInVain(writing, String(subject['id']))
  await retryForeign(writing)
  if (failed === undefined)
    record.skip(['retry-is-accepted', 'retry-runs-again'], 'no export of the account has failed')
  else await retryFailed(writing, String(failed['id']))
}

/** By requests that must not: without a token, by another account, and by GET. */
async function retryInVain(writing: Writing, id: string): Promise<void> {
  const { run, otherAccounts, snapshot } = writing
  const before = await viewed(writing, id)
  for (const credential of [{ kind: 'none' }, { kind: 'unknown' }] as const) {
    await run(statusCase({ law: 'no-token-no-data', request: retryRequest(id, credential), statuses: [401] }))
  }
  const between = await viewed(writing, id)
  const without = retryRequest(id, { kind: 'none' })
  lookUntouched(writing, { before, after: between, request: without, law: 'no-token-no-data' })
  const [otherAccount] = otherAccounts
  if (otherAccount !== undefined && !haveOwnNumbers(otherAccount.items, snapshot.byId)) {
    const as: Credential = { kind: 'token', of: otherAccount.owner }
    await run(hiddenRetry(id, as))
    const after = await viewed(writing, id)
    lookUntouched(writing, { before: between, after, request: retryRequest(id, as), law: 'foreign-ids-are-missing' })
  }
  await tryToGet(writing, retryRequest(id), 'retry-needs-post')
}

/** An export of another account that has failed: it is answered as if there were none, and stays as it is. */
async function retryForeign(writing: Writing): Promise<void> {
  const { run, otherAccounts, snapshot } = writing
  const [otherAccount] = otherAccounts
  const theirs = otherAccount?.items.find((item) => hasFailed(item) && !snapshot.byId.has(String(item['id'])))
  if (otherAccount === undefined || theirs === undefined || haveOwnNumbers(otherAccount.items, snapshot.byId)) return
  const id = String(theirs['id'])
  const as: Credential = { kind: 'token', of: otherAccount.owner }
  const before = await viewed(writing, id, as)
  await run(hiddenRetry(id, MAIN))
  const after = await viewed(writing, id, as)
  lookUntouched(writing, { before, after, request: retryRequest(id), law: 'foreign-ids-are-missing' })
}

function hiddenRetry(id: string, as: Credential): Case {
  return hidden({ request: retryRequest(id, as), id, before: retryRequest(UNKNOWN_ID, as), compared: 'with-before' })
}

async function viewed({ session }: Writing, id: string, as: Credential = MAIN): Promise<Item | undefined> {
  const answer = await session.send(viewRequest(id, { view: 'full' }, as), 'fresh')
  return answer?.status === 200 ? envelopeOf(answer)?.items[0] : undefined
}

interface Untouched {
  readonly before: Item | undefined
  readonly after: Item | undefined
  readonly request: TestRequest
  readonly law: string
}

/** An export that is being prepared changes by itself. */
function lookUntouched(writing: Writing, { before, after, request, law }: Untouched): void {
  if (before === undefined || after === undefined || !hasEnded(before)) return
  note(writing, law, request, judgeUntouched(before, after))
}

async function retryFailed(writing: Writing, id: string): Promise<void> {
  const { session, clock, snapshot } = writing
  const before = await viewed(writing, id)
  // It may have been run again since the account was read.
  if (before === undefined || !hasFailed(before)) return
  const known = new Set((await findNewest(session)).map((item) => item['id']))
  const request = retryRequest(id)
  const answer = await session.send(request, 'fresh')
  if (answer === undefined) return
  note(writing, 'retry-is-accepted', request, judgeOperation(answer, companiesOf(snapshot.items)))
  if (answer.status >= 300) return
  const look = async (): Promise<Retried | undefined> => {
    const after = await viewed(writing, id)
    if (after === undefined) return undefined
    const sameRecord = { before, after, isNewThere: false }
    if (hasRunAgain(sameRecord)) return sameRecord
    const isNew = (item: Item): boolean => !known.has(item['id']) && !snapshot.byId.has(String(item['id']))
    return { before, after, isNewThere: (await findNewest(session)).some(isNew) }
  }
  const retried = await watch(clock, look, (seen) => seen !== undefined && hasRunAgain(seen))
  if (retried !== undefined) note(writing, 'retry-runs-again', request, judgeRetried(retried))
}
