import { askRetry, askView } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Case } from '../cases/case.ts'
import { haveOwnNumbers, hidden } from '../cases/tenancy.ts'
import { MAIN } from '../credential.ts'
import type { Credential } from '../credential.ts'
import { envelopeOf, statusAndBody } from '../exchange.ts'
import type { Item } from '../exchange.ts'
import type { LawName } from '../law.ts'
import { UNKNOWN_ID } from '../unknown-id.ts'
import { tryToGet } from './get-instead.ts'
import { companiesOf, hasEnded, hasFailed, judgeOperation } from './judge-made.ts'
import { hasRunAgain, judgeRetried, judgeUntouched } from './judge-retried.ts'
import type { Retried } from './judge-retried.ts'
import { findNewest } from './made-exports.ts'
import { watch } from './watch.ts'
import type { WriteOptions } from './write-options.ts'

/** Retries that must be refused, and one of an export that has failed. @param made exports of this run */
export async function tryToRetry(options: WriteOptions, made: readonly Item[]): Promise<void> {
  const { corpus, notes } = options
  const failed = [...made, ...corpus.items].find((item) => hasFailed(item))
  const subject = made.find((item) => hasEnded(item)) ?? failed
  await notes.examine(refused(askRetry(UNKNOWN_ID), 404, 'unknown-ids-are-missing'))
  if (subject !== undefined) await retryInVain(options, String(subject['id']))
  await retryForeign(options)
  if (failed === undefined) {
    notes.skip(['retry-is-accepted', 'retry-runs-again'], 'no export of the account has failed')
    return
  }
  await retryFailed(options, String(failed['id']))
}

/** By requests that must not: without a token, by another account, and by GET. */
async function retryInVain(options: WriteOptions, id: string): Promise<void> {
  const { notes, neighbours, corpus } = options
  const before = await viewed(options, id)
  for (const credential of [{ kind: 'none' }, { kind: 'unknown' }] as const) {
    await notes.examine(refused(askRetry(id, credential), 401, 'no-token-no-data'))
  }
  const between = await viewed(options, id)
  lookUntouched(options, { before, after: between, ask: askRetry(id, { kind: 'none' }), law: 'no-token-no-data' })
  const [neighbour] = neighbours
  if (neighbour !== undefined && !haveOwnNumbers(neighbour.items, corpus.byId)) {
    const as: Credential = { kind: 'token', of: neighbour.holder }
    await notes.examine(hiddenRetry(id, as))
    const after = await viewed(options, id)
    lookUntouched(options, { before: between, after, ask: askRetry(id, as), law: 'foreign-ids-are-missing' })
  }
  await tryToGet(options, askRetry(id), 'retry-needs-post')
}

/** An export of another account that has failed: it is answered as if there were none, and stays as it is. */
async function retryForeign(options: WriteOptions): Promise<void> {
  const { notes, neighbours, corpus } = options
  const [neighbour] = neighbours
  const theirs = neighbour?.items.find((item) => hasFailed(item) && !corpus.byId.has(String(item['id'])))
  if (neighbour === undefined || theirs === undefined || haveOwnNumbers(neighbour.items, corpus.byId)) return
  const id = String(theirs['id'])
  const as: Credential = { kind: 'token', of: neighbour.holder }
  const before = await viewed(options, id, as)
  await notes.examine(hiddenRetry(id, MAIN))
  const after = await viewed(options, id, as)
  lookUntouched(options, { before, after, ask: askRetry(id), law: 'foreign-ids-are-missing' })
}

function hiddenRetry(id: string, as: Credential): Case {
  return hidden({ ask: askRetry(id, as), id, before: askRetry(UNKNOWN_ID, as), compared: 'with-before' })
}

function refused(ask: Ask, status: number, law: LawName): Case {
  return {
    law,
    asks: [ask],
    judge: ([answer]) =>
      answer === undefined || answer.status === status
        ? []
        : [{ law, came: statusAndBody(answer), evidence: 'answer' }],
  }
}

async function viewed({ desk }: WriteOptions, id: string, as: Credential = MAIN): Promise<Item | undefined> {
  const answer = await desk.ask(askView(id, { view: 'full' }, as), 'fresh')
  return answer?.status === 200 ? envelopeOf(answer)?.items[0] : undefined
}

interface Untouched {
  readonly before: Item | undefined
  readonly after: Item | undefined
  readonly ask: Ask
  readonly law: LawName
}

/** An export that is being prepared changes by itself. */
function lookUntouched({ notes }: WriteOptions, { before, after, ask, law }: Untouched): void {
  if (before === undefined || after === undefined || !hasEnded(before)) return
  notes.look(law, ask, judgeUntouched(before, after))
}

async function retryFailed(options: WriteOptions, id: string): Promise<void> {
  const { desk, clock, corpus, notes } = options
  const before = await viewed(options, id)
  // It may have been run again since the account was read.
  if (before === undefined || !hasFailed(before)) return
  const known = new Set((await findNewest(desk)).map((item) => item['id']))
  const ask = askRetry(id)
  const answer = await desk.ask(ask, 'fresh')
  if (answer === undefined) return
  notes.look('retry-is-accepted', ask, judgeOperation(answer, companiesOf(corpus.items)))
  if (answer.status >= 300) return
  const look = async (): Promise<Retried | undefined> => {
    const after = await viewed(options, id)
    if (after === undefined) return undefined
    const sameRecord = { before, after, isNewThere: false }
    if (hasRunAgain(sameRecord)) return sameRecord
    const isNew = (item: Item): boolean => !known.has(item['id']) && !corpus.byId.has(String(item['id']))
    return { before, after, isNewThere: (await findNewest(desk)).some(isNew) }
  }
  const { value } = await watch(clock, look, (retried) => retried !== undefined && hasRunAgain(retried))
  if (value !== undefined) notes.look('retry-runs-again', ask, judgeRetried(value))
}
