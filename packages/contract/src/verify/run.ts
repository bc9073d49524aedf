import { snapshotOf } from './account-snapshot.ts'
import type { AccountSnapshot } from './account-snapshot.ts'
import { inTurn } from './case.ts'
import type { Case, World } from './case.ts'
import { createCaseRunner } from './case-runner.ts'
import type { CaseRunner } from './case-runner.ts'
import { tokenOwnersOf } from './credential.ts'
import type { TokenOwner, Tokens } from './credential.ts'
import { explore } from './explore.ts'
import { FAMILIES, LAWS, familiesOf } from './laws.ts'
import type { LawName } from './laws.ts'
import { countMade, tryToCreate } from './laws/create.ts'
import type { Writing } from './laws/create/writing.ts'
import { downloadCases } from './laws/download.ts'
import { sendBurst } from './laws/rate-limit/burst.ts'
import { hasForeignTraffic } from './laws/rate-limit/refusals.ts'
import { tryToRetry } from './laws/retry.ts'
import { sortRequests } from './laws/sort.ts'
import { unauthorizedCases } from './laws/status.ts'
import { mistakeCases } from './laws/validation.ts'
import type { Clock } from './pace.ts'
import { preflight } from './preflight.ts'
import { randomFrom } from './random.ts'
import { otherAccountRequest, readAccount, readOtherAccount, readSettledAccount } from './read-account.ts'
import type { OtherAccount } from './read-account.ts'
import type { Ending } from './report.ts'
import type { RunRecord } from './run-record.ts'
import { BudgetSpent, ProviderLost } from './session.ts'
import type { Session } from './session.ts'
import { requestKey } from './test-request.ts'

/** Requests that a run with writes needs beside all others, at most. */
export const WRITE_COST = 75

export interface RunOptions {
  readonly session: Session
  readonly record: RunRecord
  readonly clock: Clock
  readonly tokens: Tokens
  readonly seed: number
  readonly limits: 'on' | 'off'
  readonly selected: ReadonlySet<LawName>
  /** Undefined: nothing may be written. */
  readonly writing?: Pick<Writing, 'reportId' | 'marker'>
}

export interface Outcome {
  readonly ending: Ending
  /** Items of the main account; undefined: its list could not be read. */
  readonly items: number | undefined
}

interface Progress {
  items: number | undefined
  casesLeft: number
}

/** Sends everything, in an order that learns first and disturbs last: downloads change what they count. */
export async function run(options: RunOptions): Promise<Outcome> {
  const progress: Progress = { items: undefined, casesLeft: 0 }
  const ending = await runAll(options, progress).catch((error: unknown): Ending => {
    if (error instanceof BudgetSpent) return { kind: 'budget-spent', casesLeft: progress.casesLeft }
    if (error instanceof ProviderLost) return { kind: 'lost', stage: error.last.stage, reason: error.last.reason }
    throw error
  })
  return { ending, items: progress.items }
}

async function runAll(options: RunOptions, progress: Progress): Promise<Ending> {
  const { session, record, tokens, seed, limits, selected } = options
  const obstacle = await preflight(session, record)
  if (obstacle !== undefined) return obstacle
  const reading = await readSettledAccount(session, await readAccount(session, 'remembered'))
  record.check([], reading.violations)
  const random = randomFrom(seed)
  const { snapshot } = reading
  if (snapshot === undefined) return runWithoutAccount(options)
  progress.items = snapshot.total
  const families = familiesOf(selected)
  const isSelected = ({ law }: Pick<Case, 'law'>): boolean => families.has(LAWS[law as LawName].family)
  const tokenOwners = tokenOwnersOf(tokens)
  const usesOthers = FAMILIES.some(({ name, otherTokens }) => otherTokens === 'yes' && isOneOf(families, name))
  const refused = usesOthers ? await refusedOwner(options, snapshot) : undefined
  if (refused !== undefined) return { kind: 'token-refused', owner: refused }
  const { writing } = options
  const isWriting = writing !== undefined && (families.has('create') || families.has('retry'))
  const otherAccounts = families.has('tenancy') || isWriting ? await readOtherAccounts(options, snapshot) : []
  const world: World = { snapshot, tokenOwners, otherAccounts, random, mainToken: tokens.main }
  const cases = inTurn(FAMILIES.map((family) => family.cases?.(world) ?? [])).filter(isSelected)
  const downloads = downloadCases(world).filter(isSelected)
  progress.casesLeft = cases.length + downloads.length
  if (limits === 'on' && families.has('rate-limit')) {
    record.begin('quota-is-enforced')
    const isShared = hasForeignTraffic(record.answers)
    const burst = await sendBurst({
      ...options,
      requests: sortRequests(snapshot),
      tokenOwners,
      hasForeignTraffic: isShared,
    })
    record.check(burst.checked, burst.violations)
  }
  const runner = createCaseRunner(session, record, snapshot)
  const forWrites = isWriting ? WRITE_COST : 0
  const downloaded = new Set(downloads.flatMap(({ requests }) => requests.map(requestKey)))
  // Kept back: what a second look costs, the downloads, and the writes.
  const reserve = readingCost(snapshot) + 1 + downloaded.size + forWrites
  const left = (): number => session.left - reserve
  let done = 0
  for (const one of cases) {
    if (left() <= 0) break
    await runner.run(one)
    done += 1
    progress.casesLeft -= 1
  }
  /** @returns those for which nothing was left */
  const runSome = async (some: readonly Case[], most: number): Promise<readonly Case[]> => {
    const affordable = Math.max(0, Math.floor(most))
    for (const one of some.slice(0, affordable)) if (session.left > forWrites) await runner.run(one)
    return some.slice(affordable)
  }
  const leftOut: Case[] = []
  for (const { nextCases } of FAMILIES) {
    leftOut.push(...(await runSome((nextCases?.(world) ?? []).filter(isSelected), left())))
  }
  const more = FAMILIES.flatMap(({ moreCases }) => (moreCases ? [moreCases(world).filter(isSelected)] : []))
  for (const [index, some] of more.entries()) await runSome(some, left() / (more.length - index + 1))
  record.check([], await explore({ runner, random, seed, isSelected, left }))
  for (const one of downloads) {
    await runner.run(one)
    progress.casesLeft -= 1
  }
  // Nothing needed a second look: what was kept back for it goes into cases that need none.
  const certain = cases.slice(done).filter(({ isCertain }) => isCertain)
  for (const one of certain) {
    if (session.left <= forWrites) break
    await runner.run(one)
    progress.casesLeft -= 1
  }
  await runSome(
    leftOut.filter(({ isCertain }) => isCertain),
    session.left - forWrites,
  )
  if (isWriting) {
    const parts = { ...options, ...writing, snapshot: runner.snapshot, tokenOwners, otherAccounts, run: runner.run }
    const created = families.has('create') ? await tryToCreate(parts) : { tried: [], items: [] }
    if (families.has('retry')) await tryToRetry(parts, created.items)
    await countMade(parts, created)
  }
  return progress.casesLeft > 0 ? { kind: 'budget-spent', casesLeft: progress.casesLeft } : { kind: 'completed' }
}

function isOneOf(names: ReadonlySet<string>, name: string): boolean {
  return names.has(name)
}

/** The list cannot be read, which has been recorded. What can be seen without it is looked at all the same. */
async function runWithoutAccount({ session, record, tokens, seed }: RunOptions): Promise<Ending> {
  const snapshot = snapshotOf({ total: 0, items: [], pageSize: 10, defaultPageSize: undefined })
  const runner: CaseRunner = createCaseRunner(session, record, snapshot)
  const cases = [
    ...unauthorizedCases({ snapshot, mainToken: tokens.main }),
    ...mistakeCases({ snapshot, random: randomFrom(seed) }),
  ]
  for (const one of cases) await runner.run(one)
  return { kind: 'completed' }
}

/** Whose token is refused although the main one is taken. What is asked is asked by the cases of tenancy anyway. */
async function refusedOwner(
  { session, tokens }: RunOptions,
  { pageSize }: AccountSnapshot,
): Promise<TokenOwner | undefined> {
  for (const owner of ['same', 'other', 'third'] as const) {
    if (tokens[owner] === undefined) continue
    const request = otherAccountRequest(owner, pageSize)
    const answer = await session.send(request, 'remembered')
    // Twice is no accident.
    if (answer?.status === 401 && (await session.send(request, 'fresh'))?.status === 401) return owner
  }
  return undefined
}

async function readOtherAccounts(
  { session, record, tokens }: RunOptions,
  { pageSize }: AccountSnapshot,
): Promise<readonly OtherAccount[]> {
  const otherAccounts: OtherAccount[] = []
  for (const owner of ['other', 'third'] as const) {
    if (tokens[owner] === undefined) continue
    const { violations, ...otherAccount } = await readOtherAccount(session, owner, pageSize)
    record.check([], violations)
    otherAccounts.push(otherAccount)
  }
  return otherAccounts
}

/** Requests of one reading of the account. */
function readingCost({ items, pageSize }: AccountSnapshot): number {
  return 1 + Math.ceil(items.length / pageSize)
}
