import { isDeepStrictEqual } from 'node:util'
import { systemClock } from '@hood-exports/client/rate-limit'
import { SPEC_VERSION } from '@hood-exports/openapi'
import { QUESTIONS, VENDOR_PROFILE_ID } from '@hood-exports/openapi/profile'
import type { QuestionId, VendorProfile } from '@hood-exports/openapi/profile'
import type { Exchange } from '../verify/exchange.ts'
import type { Filter } from '../verify/laws/filter/filter.ts'
import { createPace } from '../verify/pace.ts'
import type { Clock } from '../verify/pace.ts'
import { preflight } from '../verify/preflight.ts'
import { randomFrom } from '../verify/random.ts'
import type { Hindrance } from '../verify/report.ts'
import { send } from '../verify/sender.ts'
import { BudgetSpent, ProviderLost, createSession } from '../verify/session.ts'
import type { Session } from '../verify/session.ts'
import { isWhole } from './account.ts'
import type { Account, Reading } from './account.ts'
import { learnComparisons } from './comparisons.ts'
import { notSeen } from './decide.ts'
import { learnDownloads } from './downloads.ts'
import { learnFailureReason } from './failure-reason.ts'
import { learnMembers } from './members.ts'
import { learnOperators } from './operators.ts'
import { learnPageSizes, learnPages } from './pages.ts'
import { list } from './probe.ts'
import type { Answers, Conclude, Probe } from './probe.ts'
import { askCosts, costOfCosts, learnQuota } from './quota.ts'
import { read } from './read.ts'
import { learnSearch } from './search.ts'
import { learnSorting } from './sorting.ts'
import { learnWindows } from './windows.ts'

/** Requests of a run, at most: those of one minute. */
export const MOST_REQUESTS = 150

export interface LearnOptions {
  /** Origin and path prefix of the provider, without a slash at its end. */
  readonly baseUrl: string
  readonly token: string
  /** 0 to 2^31 - 1. The same seed asks for the same values of the same data. */
  readonly seed: number
  /** `on`: the run paces itself, and waits where a window ends. Default `on`. */
  readonly limits?: 'on' | 'off'
  /** Milliseconds until an answer must be complete. Default 10,000. */
  readonly timeoutMs?: number
  /** Default: the runtime's. Redirects are not followed. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Default: the system's clock. */
  readonly clock?: Clock
  /** Called before each request, with how many there were. */
  readonly onProgress?: (sent: number) => void
  /** Called before a wait of two seconds or more, in milliseconds. */
  readonly onWait?: (ms: number) => void
}

export type Learnt =
  | { readonly kind: 'learnt'; readonly profile: VendorProfile }
  /** Nothing could be learnt; `ending` says why. */
  | { readonly kind: 'failed'; readonly ending: Hindrance }

/** Finds out what the documents leave open: by reading, inside the quota. */
export async function learn(options: LearnOptions): Promise<Learnt> {
  const { baseUrl, token, limits = 'on', clock = systemClock, timeoutMs = 10_000, fetch = globalThis.fetch } = options
  const { seed, onProgress, onWait = () => {} } = options
  const exchanges: Exchange[] = []
  const session = createSession({
    budget: MOST_REQUESTS,
    clock,
    pace: limits === 'on' ? createPace() : undefined,
    send: (request) => {
      onProgress?.(session.sent)
      return send(request, { baseUrl, tokens: { main: token }, fetch, clock, timeoutMs })
    },
    onExchange: (exchange) => void exchanges.push(exchange),
    onWait,
  })
  const startedAtMs = clock.now()
  const learntAt = new Date(clock.wallNow()).toISOString()
  const ending = await obstacle(session, exchanges)
  if (ending !== undefined) return { kind: 'failed', ending }
  const run = { session, clock, random: randomFrom(seed), exchanges, onWait }
  const { answers, items } = await learnAll(run, { baseUrl, limits })
  return {
    kind: 'learnt',
    profile: {
      $schema: VENDOR_PROFILE_ID,
      learntAt,
      specVersion: SPEC_VERSION,
      items,
      requests: session.sent,
      durationMs: Math.round(clock.now() - startedAtMs),
      answers: complete(answers),
    },
  }
}

/** What stands in the way of learning anything. */
async function obstacle(session: Session, exchanges: readonly Exchange[]): Promise<Hindrance | undefined> {
  try {
    const ending = await preflight(session, {
      get answers() {
        return exchanges.filter((one) => one.kind === 'answer')
      },
      get noAnswers() {
        return exchanges.filter((one) => one.kind === 'no-answer')
      },
    })
    return ending?.kind === 'lost' ? { ...ending, kind: 'unreachable' } : ending
  } catch (error) {
    if (error instanceof ProviderLost) return { ...error.last, kind: 'unreachable' }
    throw error
  }
}

type Run = Pick<Probe, 'session' | 'clock' | 'random' | 'exchanges' | 'onWait'>

/** Requests that are kept back for what comes after the operators: files with their views, and windows. */
const KEPT = { downloads: 6, windows: 15 }
/** A filter that names exports must not make a URL too long. */
const MOST_SCOPED = 80

async function learnAll(
  run: Run,
  { baseUrl, limits }: Required<Pick<LearnOptions, 'baseUrl' | 'limits'>>,
): Promise<{ answers: Answers; items: number }> {
  const { session } = run
  const sizes = await learnPageSizes(run)
  const first = sizes && (await read(run, sizes.granted))
  if (sizes === undefined || first === undefined) return { answers: learnQuota(run.exchanges), items: 0 }
  const { pageSize } = first
  const scoped = isWhole(first.reading) ? undefined : await scopeOf(run, first.reading, pageSize)
  let name: 'failure_reason' | 'failed_reason' = 'failure_reason'
  const probe: Probe = {
    ...run,
    listing: first.reading,
    reading: scoped?.reading ?? first.reading,
    pageSize,
    scope: scoped?.scope,
    parameterOf: (member) => (member === 'failure_reason' ? name : member),
    left: () => session.left - (costOfCosts(run.exchanges) + KEPT.downloads + KEPT.windows + rereading),
  }
  const rereading = Math.ceil((scoped?.reading ?? first.reading).items.length / pageSize) + 1
  const conclusions: Conclude[] = []
  const answers: Answers[] = [sizes.answers]
  const isComplete = await untilSpent(async () => {
    conclusions.push(await learnPages(probe))
    conclusions.push(await learnMembers(probe), await learnSearch(probe))
    const failureReason = await learnFailureReason(probe)
    name = failureReason.name
    conclusions.push(failureReason.conclude, await learnComparisons(probe), await learnSorting(probe))
    conclusions.push(await learnOperators(probe))
  })
  const again = isComplete ? await read(run, pageSize, scoped?.scope) : undefined
  const account: Account = { before: probe.reading, after: again?.reading }
  await untilSpent(async () => {
    conclusions.push(await learnDownloads(probe, baseUrl))
    if (limits === 'on') await askCosts(probe)
    if (limits === 'on') answers.push(await learnWindows(probe))
  })
  answers.push(...conclusions.map((conclude) => conclude(account)).map((some) => withoutRaces(some, account)))
  answers.push(learnQuota(run.exchanges))
  return { answers: Object.assign({}, ...answers) as Answers, items: first.reading.total }
}

/** Where exports change during the run, answers that no value fits prove nothing. */
function withoutRaces(answers: Answers, { before, after }: Account): Answers {
  if (isDeepStrictEqual(before.items, after?.items)) return answers
  const entries = Object.entries(answers).map(([id, answer]) => [
    id,
    answer.confidence === 'contradicted' ? notSeen('the exports changed during the run', answer.evidence) : answer,
  ])
  return Object.fromEntries(entries) as Answers
}

/** Whether all of it was done before the requests were used up, or answers stopped coming. */
async function untilSpent(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof BudgetSpent || error instanceof ProviderLost) return false
    throw error
  }
}

/** Some exports by their ids, where the account has too many to be read; undefined where such a filter does not work. */
async function scopeOf(
  run: Run,
  { items }: Reading,
  pageSize: number,
): Promise<{ scope: Filter; reading: Reading } | undefined> {
  const ids = items.slice(0, MOST_SCOPED).map(({ id }) => String(id))
  const scope: Filter = { member: 'id', operator: 'in', values: ids }
  const look = await list(run, { fields: ['id'], page: [1, 1], filters: [scope] })
  if (look?.total !== ids.length) return undefined
  const scoped = await read(run, pageSize, scope)
  return scoped && { scope, reading: scoped.reading }
}

const REASONS: Readonly<Partial<Record<QuestionId, string>>> = {
  'quota.parallel': 'not asked: too many requests at once are refused, and may be those of others',
  'retry.record': 'not asked: only a retry shows it, and a run only reads',
  'retry.of': 'not asked: only a retry shows it, and a run only reads',
}

/** With an answer to each question, in their order. */
function complete(answers: Answers): Answers {
  const ids = Object.keys(QUESTIONS) as QuestionId[]
  return Object.fromEntries(
    ids.map((id) => [id, answers[id] ?? notSeen(REASONS[id] ?? 'no requests were left for it')]),
  )
}
