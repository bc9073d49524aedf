import { RATE_LIMIT_TIERS } from '@hood-exports/openapi'
import { parseQuota } from '@hood-exports/client/rate-limit'
import type { Answer, VendorAnswers } from '@hood-exports/openapi/profile'
import { isRecord, jsonOf } from '../verify/exchange.ts'
import type { Answer as Response, Exchange } from '../verify/exchange.ts'
import { MAIN } from '../verify/credential.ts'
import { UNKNOWN_ID, downloadRequest, listRequest, viewRequest, wrongRequest } from '../verify/test-request.ts'
import { sleep } from '../verify/pace.ts'
import { chosenItems } from './downloads.ts'
import { collect, decide, notSeen, observed } from './decide.ts'
import { redacted } from './look.ts'
import { SMALL_LIST } from './probe.ts'
import type { Answers, Probe } from './probe.ts'

type Status = keyof VendorAnswers['quota.refused-cost']

const STATUSES: readonly Status[] = ['400', '401', '404', '429']

/** Sends what may cost another number of places than a list, each between two lists: what it used shows after it. */
export async function askCosts(probe: Probe): Promise<void> {
  const { session, reading } = probe
  const isShort = isShortDescribed(probe.exchanges)
  const [file] = chosenItems(probe)
  const [viewed] = reading.items
  const requests = [
    wrongRequest('view=no-such-view'),
    viewRequest(UNKNOWN_ID),
    listRequest({ fields: ['id'], page: [1, 1] }, { kind: 'none' }),
    ...(viewed === undefined ? [] : [viewRequest(String(viewed['id']))]),
    ...(file === undefined ? [] : [downloadRequest(String(file['id']))]),
  ]
  for (const [index, request] of [...requests, ...requests].entries()) {
    // A window of a second says something only after its first requests, and in one breath.
    if (isShort && index % IN_A_BREATH === 0) {
      await sleep(1_100, probe.clock)
      for (let count = 0; count < 2; count += 1) await session.send(SMALL_LIST, 'fresh')
    }
    if (index === 0 || (isShort && index % IN_A_BREATH === 0)) await session.send(SMALL_LIST, 'fresh')
    await session.send(request, 'fresh')
    await session.send(SMALL_LIST, 'fresh')
  }
}

const IN_A_BREATH = 3

/** Requests that {@link askCosts} sends at most. */
export function costOfCosts(exchanges: readonly Exchange[]): number {
  return isShortDescribed(exchanges) ? 32 : 21
}

function isShortDescribed(exchanges: readonly Exchange[]): boolean {
  return exchanges.every((one) => {
    const quota = one.kind === 'answer' ? parseQuota(one.headers) : undefined
    return quota?.kind !== 'quota' || quota.resetS === undefined || quota.resetS <= 1
  })
}

/** What all answers together say of the quota. */
export function learnQuota(exchanges: readonly Exchange[]): Answers {
  const answers = exchanges.filter((one): one is Response => one.kind === 'answer')
  const costs = costsOf(answers)
  const shared = (operation: 'view' | 'download'): Answer<'shared' | 'not-shared'> =>
    costOf(costs, ({ request, status }) => request.operation === operation && status === 200, ['shared', 'not-shared'])
  return {
    ...describedWindow(answers),
    'quota.shared': collect([
      ['view', shared('view')],
      ['download', shared('download')],
    ]),
    'quota.refused-cost': collect(
      STATUSES.map((status) => [
        status,
        costOf(costs, (answer) => String(answer.status) === status, ['counted', 'free']),
      ]),
    ),
    'errors.members': collect(STATUSES.map((status) => [status, errorMembers(answers, status)])),
    latency: latencies(answers),
  }
}

/** The lists that were answered, which carry the quota by the documents. */
function lists(answers: readonly Response[]): readonly Response[] {
  return answers.filter(({ request, status }) => request.operation === 'list' && status === 200)
}

function describedWindow(answers: readonly Response[]): Answers {
  const told = lists(answers).map((answer) => ({ answer, quota: parseQuota(answer.headers) }))
  const [first] = told
  if (first === undefined) return {}
  const quotas = told.flatMap(({ quota }) => (quota.kind === 'quota' ? [quota] : []))
  const limits = [...new Set(quotas.map(({ limit }) => limit))].toSorted((one, other) => one - other)
  const seen = limits.length === 0 ? 'no X-RateLimit-Limit' : `X-RateLimit-Limit ${limits.join(' and ')}`
  const evidence = [{ request: redacted(first.answer.request), seen }]
  if (quotas.length === 0) {
    const why = 'the headers do not come'
    return { 'quota.described-window': observed('none', evidence), 'quota.limits': notSeen(why, evidence) }
  }
  const tier = Object.values(RATE_LIMIT_TIERS).find((tierLimits) =>
    limits.every((limit) => (tierLimits as readonly number[]).includes(limit)),
  )
  const all = { 'quota.limits': observed(limits, evidence) }
  if (tier === undefined)
    return { ...all, 'quota.described-window': notSeen('the limits are those of no tier', evidence) }
  const [short, long] = tier
  // Where the minute is described although the second has fewer requests left, it is not the one with the fewest.
  const isAlwaysLong = limits.length === 1 && limits[0] === long
  const hasMoreLeft = quotas.some(({ remaining }) => remaining >= short)
  return {
    ...all,
    'quota.described-window': decide(
      [
        { value: 'longest', fits: isAlwaysLong },
        { value: 'shortest', fits: limits.length === 1 && limits[0] === short },
        { value: 'fewest-remaining', fits: !(isAlwaysLong && hasMoreLeft) },
      ],
      evidence,
    ),
  }
}

/** Whether an answer used a place, seen from the lists before and after it in the same window. */
interface Cost {
  readonly answer: Response
  readonly cost: number
}

/** Empty where Remaining is not exact, or where others use the account at the same time. */
function costsOf(answers: readonly Response[]): readonly Cost[] {
  const costs: Cost[] = []
  let [exact, inexact] = [0, 0]
  for (const [index, answer] of answers.entries()) {
    const [before, after] = [answers[index - 1], answers[index + 1]]
    if (before === undefined) continue
    if (isList(before) && isList(answer)) {
      const fall = fallBetween(before, answer)
      if (fall === 1) exact += 1
      else if (fall !== undefined) inexact += 1
    }
    if (after === undefined || !isList(before) || !isList(after) || isList(answer)) continue
    const fall = fallBetween(before, after)
    if (fall !== undefined) costs.push({ answer, cost: fall - 1 })
  }
  return inexact === 0 && exact > 0 ? costs : []
}

function isList({ request, status }: Response): boolean {
  return request.operation === 'list' && status === 200 && request.credential.kind === MAIN.kind
}

/** By how many requests fewer are left; undefined when the window is another one, or may be. */
function fallBetween(before: Response, after: Response): number | undefined {
  const [one, other] = [parseQuota(before.headers), parseQuota(after.headers)]
  if (one.kind === 'absent' || other.kind === 'absent' || one.limit !== other.limit) return undefined
  if (one.resetS === undefined || other.resetS === undefined || other.resetS > one.resetS) return undefined
  // The first requests of a window could follow the last ones of the window before.
  const isLater = other.remaining < other.limit - 2
  return isLater && other.remaining <= one.remaining ? one.remaining - other.remaining : undefined
}

function costOf<Value>(
  costs: readonly Cost[],
  isMeant: (answer: Response) => boolean,
  [counted, free]: readonly [Value, Value],
): Answer<Value> {
  const meant = costs.filter(({ answer }) => isMeant(answer))
  const evidence = meant.slice(0, 2).map(({ answer, cost }) => ({
    request: redacted(answer.request),
    seen: `${answer.status}, and ${cost === 0 ? 'as many' : `${cost} fewer`} left after it`,
  }))
  if (meant.length < 2) return notSeen('the headers do not show what it used', evidence)
  return decide(
    [
      { value: counted, fits: meant.every(({ cost }) => cost === 1) },
      { value: free, fits: meant.every(({ cost }) => cost === 0) },
    ],
    evidence,
  )
}

function errorMembers(answers: readonly Response[], status: Status): Answer<readonly string[]> {
  const bodies = answers.filter((answer) => String(answer.status) === status)
  const names = bodies.flatMap((answer) => {
    const json = jsonOf(answer)
    return json.kind === 'json' && isRecord(json.value) ? [Object.keys(json.value).toSorted()] : []
  })
  const [first] = names
  if (first === undefined || bodies[0] === undefined) return notSeen('no such error came')
  const evidence = [{ request: redacted(bodies[0].request), seen: `${status} with ${first.join(', ')}` }]
  return decide([{ value: first, fits: names.every((some) => some.join() === first.join()) }], evidence)
}

function latencies(answers: readonly Response[]): NonNullable<Answers['latency']> {
  return collect(
    (['list', 'view', 'download'] as const).map((operation) => {
      const some = answers.filter(({ request, status }) => request.operation === operation && status === 200)
      const times = some.map(({ headAtMs, sentAtMs }) => headAtMs - sentAtMs).toSorted((one, other) => one - other)
      const at = (share: number): number =>
        Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0)
      const [first] = some
      if (first === undefined) return [operation, notSeen('no answer came')]
      const value = { requests: times.length, medianMs: at(0.5), p95Ms: at(0.95) }
      return [operation, observed(value, [{ request: redacted(first.request), seen: `${times.length} answers` }])]
    }),
  )
}
