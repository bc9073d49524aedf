import { snapshotOf } from './account-snapshot.ts'
import type { AccountSnapshot } from './account-snapshot.ts'
import { inTurn } from './case.ts'
import type { Case, World } from './case.ts'
import { createCaseRunner } from './case-runner.ts'
import type { CaseRunner } from './case-runner.ts'
import { tokenOwnersOf } from './credential.ts'
import type { Tokens } from './credential.ts'
import { explore } from './explore.ts'
import { FAMILIES, LAWS, familiesOf } from './laws.ts'
import type { FamilyName, LawName } from './laws.ts'
import { countMade, tryToCreate } from './laws/create.ts'
import type { Writing } from './laws/create/writing.ts'
import { downloadCases } from './laws/download.ts'
import { sendBurst } from './laws/rate-limit/burst.ts'
import { USE_UP_COST, useUpMinute } from './laws/rate-limit/minute.ts'
import { hasForeignTraffic } from './laws/rate-limit/refusals.ts'
import { tryToRetry } from './laws/retry.ts'
import { sortRequests } from './laws/sort.ts'
import { unauthorizedCases } from './laws/status.ts'
import { mistakeCases } from './laws/validation.ts'
import type { Clock } from './pace.ts'
import { isRefused, preflight } from './preflight.ts'
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
  /** The account whose minute is used up at the end. */
  readonly useUp: 'none' | 'third'
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
  const { session, record, seed, selected, writing } = options
  const obstacle = await preflight(session, record)
  if (obstacle !== undefined) return obstacle
  const { snapshot, violations } = await readSettledAccount(session, await readAccount(session, 'remembered'))
  record.check([], violations)
  if (snapshot === undefined) return runWithoutAccount(options)
  progress.items = snapshot.total
  const families = familiesOf(selected)
  const usesOthers = FAMILIES.some(({ name, otherTokens }) => otherTokens === 'yes' && families.has(name))
  const refused = usesOthers ? await refusedToken(options, snapshot) : undefined
  if (refused !== undefined) return refused
  const isWriting = writing !== undefined && (families.has('create') || families.has('retry'))
  const world: World = {
    snapshot,
    tokenOwners: tokenOwnersOf(options.tokens),
    otherAccounts: families.has('tenancy') || isWriting ? await readOtherAccounts(options, snapshot) : [],
    random: randomFrom(seed),
    mainToken: options.tokens.main,
  }
  const plan = planOf(world, ({ law }) => families.has(LAWS[law as LawName].family))
  progress.casesLeft = plan.cases.length + plan.downloads.length
  if (options.limits === 'on' && families.has('rate-limit')) await runBurst(options, world)
  const runner = createCaseRunner(session, record, snapshot)
  const isUsingUp = options.useUp === 'third' && options.limits === 'on' && selected.has('minute-is-enforced')
  const kept = (isWriting ? WRITE_COST : 0) + (isUsingUp ? USE_UP_COST : 0)
  await runPlan({ ...options, world, plan, runner, progress, kept })
  if (isWriting)
    await runWrites({ ...options, ...writing, ...world, snapshot: runner.snapshot, run: runner.run }, families)
  if (isUsingUp) {
    record.begin('minute-is-enforced')
    record.check(['minute-is-enforced'], (await useUpMinute(session, options.clock)).violations)
  }
  return progress.casesLeft > 0 ? { kind: 'budget-spent', casesLeft: progress.casesLeft } : { kind: 'completed' }
}

/** What is to be sent, the most telling first. */
interface Plan {
  readonly isSelected: (one: Pick<Case, 'law'>) => boolean
  readonly cases: readonly Case[]
  readonly next: readonly Case[]
  /** Each list has an equal share of what is left then. */
  readonly more: readonly (readonly Case[])[]
  readonly downloads: readonly Case[]
}

function planOf(world: World, isSelected: Plan['isSelected']): Plan {
  return {
    isSelected,
    cases: inTurn(FAMILIES.map(({ cases }) => cases?.(world) ?? [])).filter(isSelected),
    next: FAMILIES.flatMap(({ nextCases }) => nextCases?.(world) ?? []).filter(isSelected),
    more: FAMILIES.flatMap(({ moreCases }) => (moreCases ? [moreCases(world).filter(isSelected)] : [])),
    downloads: downloadCases(world).filter(isSelected),
  }
}

async function runBurst(options: RunOptions, { snapshot, tokenOwners }: World): Promise<void> {
  const { record } = options
  record.begin('quota-is-enforced')
  const isShared = hasForeignTraffic(record.answers)
  const requests = sortRequests(snapshot)
  const burst = await sendBurst({ ...options, requests, tokenOwners, hasForeignTraffic: isShared })
  record.check(burst.checked, burst.violations)
}

interface PlanOptions extends RunOptions {
  readonly world: World
  readonly plan: Plan
  readonly runner: CaseRunner
  readonly progress: Progress
  /** Requests that are kept for the writes, and for using a minute up. */
  readonly kept: number
}

async function runPlan({ session, record, seed, world, plan, runner, progress, kept }: PlanOptions): Promise<void> {
  const { snapshot, random } = world
  const { isSelected } = plan
  const downloaded = new Set(plan.downloads.flatMap(({ requests }) => requests.map(requestKey)))
  const again = plan.downloads.reduce((sum, { together = 0 }) => sum + together, 0)
  // Kept back: what a second look costs, the downloads, and the writes.
  const reserve = readingCost(snapshot) + 1 + downloaded.size + again + kept
  const left = (): number => session.left - reserve
  /** @returns those for which nothing was left */
  const runSome = async (some: readonly Case[], most: () => number, share = 1): Promise<readonly Case[]> => {
    const affordable = Math.max(0, Math.floor(most() * share))
    for (const one of some.slice(0, affordable)) if (session.left > kept) await runner.run(one)
    return some.slice(affordable)
  }
  const runCounted = async (some: readonly Case[], isAffordable: () => boolean): Promise<readonly Case[]> => {
    for (const [index, one] of some.entries()) {
      if (!isAffordable()) return some.slice(index)
      await runner.run(one)
      progress.casesLeft -= 1
    }
    return []
  }
  const isCertain = (one: Case): boolean => one.isCertain === true
  const casesLeft = await runCounted(plan.cases, () => left() > 0)
  const nextLeft = await runSome(plan.next, left)
  for (const [index, some] of plan.more.entries()) await runSome(some, left, 1 / (plan.more.length - index + 1))
  record.check([], await explore({ runner, random, seed, isSelected, left }))
  await runCounted(plan.downloads, () => true)
  // Nothing needed a second look: what was kept back for it goes into cases that need none.
  await runCounted(casesLeft.filter(isCertain), () => session.left > kept)
  await runSome(nextLeft.filter(isCertain), () => session.left - kept)
}

async function runWrites(writing: Writing, families: ReadonlySet<FamilyName>): Promise<void> {
  const created = families.has('create') ? await tryToCreate(writing) : { tried: [], items: [] }
  if (families.has('retry')) await tryToRetry(writing, created.items)
  await countMade(writing, created)
}

/** The list cannot be read, which has been recorded. What can be seen without it is looked at all the same. */
async function runWithoutAccount({ session, record, tokens, seed }: RunOptions): Promise<Ending> {
  const snapshot = snapshotOf({ total: 0, items: [], pageSize: 10, defaultPageSize: undefined })
  const runner: CaseRunner = createCaseRunner(session, record, snapshot)
  const cases = [
    ...unauthorizedCases({ snapshot, mainToken: tokens.main }),
    ...mistakeCases({ snapshot, random: randomFrom(seed), otherAccounts: [] }),
  ]
  for (const one of cases) await runner.run(one)
  return { kind: 'completed' }
}

/** Whose token is refused although the main one is taken. What is asked is asked by the cases of tenancy anyway. */
async function refusedToken(
  { session, tokens }: RunOptions,
  { pageSize }: AccountSnapshot,
): Promise<Ending | undefined> {
  for (const owner of ['same', 'other', 'third'] as const) {
    if (tokens[owner] === undefined) continue
    const request = otherAccountRequest(owner, pageSize)
    const answer = await session.send(request, 'remembered')
    if (answer === undefined || !isRefused(answer)) continue
    const { status } = answer
    // Twice is no accident.
    if ((await session.send(request, 'fresh'))?.status === status) return { kind: 'token-refused', owner, status }
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
