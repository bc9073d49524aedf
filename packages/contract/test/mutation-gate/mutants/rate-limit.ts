import { DEMO_TOKENS } from '@hood-exports/sandbox'
import { answers, answersWith, header, operationOf, parameter, replaced, tokenOf } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

const LIMIT = 'x-ratelimit-limit'
const REMAINING = 'x-ratelimit-remaining'
const RESET = 'x-ratelimit-reset'
const QUOTA = [LIMIT, REMAINING, RESET]
const ABSENT = Object.fromEntries(QUOTA.map((name) => [name, undefined]))

/** Takes the headers away from some answers. */
const silent = (when: (response: Response, request: Request) => boolean): Change =>
  answers((response, request) => (when(response, request) ? replaced(response, { headers: ABSENT }) : response))

const refused = (retryAfter: string): Response =>
  Response.json({ code: 429, title: 'Too many requests.' }, { status: 429, headers: { 'retry-after': retryAfter } })

/** Refuses everything for a while after each refusal. */
function refusingLonger(ms: number): Change {
  return (provider, { clock }) => {
    let untilMs = 0
    return async (request) => {
      if (clock.wallNow() < untilMs) return refused('1')
      const response = await provider(request)
      if (response.status === 429) untilMs = clock.wallNow() + ms
      return response
    }
  }
}

/** Lets each request of an operation count as several in the quota that the main account is told. */
function costly(operation: string, cost: number): Change {
  return (provider) => {
    let extra = 0
    return async (request) => {
      const response = await provider(request)
      const remaining = response.headers.get(REMAINING)
      if (remaining === null || tokenOf(request) !== DEMO_TOKENS.main) return response
      if (operationOf(request) === operation) extra += cost - 1
      if (remaining === '149') extra = 0
      return replaced(response, { headers: { [REMAINING]: String(Math.max(0, Number(remaining) - extra)) } })
    }
  }
}

interface Enforcement {
  readonly burst: number
  readonly burstMs: number
  readonly minute: number
  /** Requests with the same key share a quota. */
  readonly keyOf: (request: Request) => string
}

/** Enforces other limits than the documented ones, while the headers tell of the documented minute. */
function enforcing({ burst, burstMs, minute, keyOf }: Enforcement): Change {
  return (provider, { clock }) => {
    const counts = new Map<string, number>()
    const count = (key: string, windowMs: number): { used: number; add: () => void; restMs: number } => {
      const window = `${key} ${windowMs} ${Math.floor(clock.wallNow() / windowMs)}`
      const used = counts.get(window) ?? 0
      return { used, add: () => void counts.set(window, used + 1), restMs: windowMs - (clock.wallNow() % windowMs) }
    }
    return async (request) => {
      const response = await provider(request)
      if (response.status === 401) return response
      const key = keyOf(request)
      const [short, long] = [count(key, burstMs), count(key, 60_000)]
      const full = [short.used >= burst && short, long.used >= minute && long].filter((window) => window !== false)
      if (full.length > 0) return refused(String(Math.ceil(Math.max(...full.map(({ restMs }) => restMs)) / 1_000)))
      short.add()
      long.add()
      const quota = {
        [LIMIT]: '150',
        [REMAINING]: String(149 - long.used),
        [RESET]: String(Math.ceil(long.restMs / 1_000)),
      }
      return replaced(response, { headers: long.used < 150 ? quota : { ...quota, [REMAINING]: '0' } })
    }
  }
}

const ACCOUNTS = [[DEMO_TOKENS.main, DEMO_TOKENS.sameAccount], [DEMO_TOKENS.otherAccount], [DEMO_TOKENS.thirdAccount]]
const accountOf = (request: Request): string =>
  String(ACCOUNTS.findIndex((tokens) => tokens.some((token) => token === tokenOf(request))))
const DOCUMENTED: Enforcement = { burst: 10, burstMs: 1_000, minute: 150, keyOf: accountOf }

/** What is to be seen without reaching the limit. */
const told: readonly Mutant[] = mutantsOf('rate-limit', [
  ['no-headers', 'no answer tells the quota', silent(() => true)],
  ['no-headers-on-errors', 'errors do not tell the quota', silent(({ status }) => status === 400)],
  ['no-headers-on-missing', '404 does not tell the quota', silent(({ status }) => status === 404)],
  [
    'no-headers-on-downloads',
    'downloads do not tell the quota',
    silent((_response, request) => operationOf(request) === 'download'),
  ],
  ['no-remaining', 'Remaining is missing', header(REMAINING, () => undefined)],
  ['no-reset', 'Reset is missing', header(RESET, () => undefined)],
  ['limit-of-nothing', 'Limit is that of another tier', header(LIMIT, () => '60')],
  ['limit-text', 'Limit names its window', header(LIMIT, (limit) => `${limit};w=60`)],
  ['remaining-constant', 'Remaining never falls', header(REMAINING, () => '149')],
  ['remaining-rises', 'Remaining counts what was used', header(REMAINING, (value) => String(150 - Number(value)))],
  ['remaining-above', 'Remaining is above Limit', header(REMAINING, (value) => String(Number(value) + 100))],
  ['remaining-negative', 'Remaining is negative', header(REMAINING, (value) => String(-Number(value) - 1))],
  [
    'remaining-halved',
    'Remaining falls by two',
    header(REMAINING, (value) => String(Math.max(0, 150 - 2 * (150 - Number(value))))),
  ],
  ['reset-milliseconds', 'Reset is in milliseconds', header(RESET, (value) => `${value}000`)],
  ['reset-epoch', 'Reset is a moment', header(RESET, (value) => String(1_767_225_600 + Number(value)))],
  ['reset-negative', 'Reset is negative', header(RESET, (value) => `-${value}`)],
  ['reset-date', 'Reset is a date', header(RESET, () => 'Thu, 01 Jan 2026 00:00:00 GMT')],
  ['reset-fraction', 'Reset has a fraction', header(RESET, (value) => `${value}.5`)],
])

/** What is to be seen where the quota is enforced. */
const enforced: readonly Mutant[] = mutantsOf(
  'rate-limit',
  [
    ['reset-constant', 'Reset is always 60', header(RESET, () => '60')],
    [
      '429-with-quota',
      'a 429 carries the three headers',
      answersWith(429, { headers: { [LIMIT]: '150', [REMAINING]: '0', [RESET]: '1' } }),
    ],
    [
      'wait-in-milliseconds',
      'Retry-After is in milliseconds',
      answersWith(429, { headers: { 'retry-after': '1000' } }),
    ],
    [
      'wait-as-date',
      'Retry-After is a date',
      answersWith(429, { headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' } }),
    ],
    ['wait-of-none', 'Retry-After is 0', answersWith(429, { headers: { 'retry-after': '0' } })],
    ['costly-downloads', 'a download counts as five requests', costly('download', 5)],
    ['wait-too-long', 'Retry-After is 30', answersWith(429, { headers: { 'retry-after': '30' } })],
    ['wait-too-short', 'requests are refused longer than Retry-After says', refusingLonger(5_000)],
    ['503', 'a refusal is a 503', answersWith(429, { status: 503 })],
    ['403', 'a refusal is a 403', answersWith(429, { status: 403 })],
    [
      '429-text',
      'a 429 is text',
      answersWith(429, { headers: { 'content-type': 'text/plain' }, body: 'Too many requests' }),
    ],
    ['429-without-title', 'a 429 has no title', answersWith(429, { body: '{"code":429}' })],
  ],
  { limits: 'on' },
)

/** Limits that are not the documented ones. */
const otherwise: readonly Mutant[] = mutantsOf(
  'rate-limit',
  [
    ['not-enforced', 'nothing is ever refused', enforcing({ ...DOCUMENTED, burst: 1_000, minute: 1_000 })],
    ['five-a-second', '5 requests a second are admitted', enforcing({ ...DOCUMENTED, burst: 5 })],
    ['nine-a-second', '9 requests a second are admitted', enforcing({ ...DOCUMENTED, burst: 9 })],
    ['twelve-a-second', '12 requests a second are admitted', enforcing({ ...DOCUMENTED, burst: 12 })],
    ['twenty-a-second', '20 requests a second are admitted', enforcing({ ...DOCUMENTED, burst: 20 })],
    ['ten-in-two-seconds', '10 requests in two seconds are admitted', enforcing({ ...DOCUMENTED, burstMs: 2_000 })],
    ['60-a-minute', '60 requests a minute are admitted', enforcing({ ...DOCUMENTED, minute: 60 })],
    ['100-a-minute', '100 requests a minute are admitted', enforcing({ ...DOCUMENTED, minute: 100 })],
    ['per-token', 'each token has a quota of its own', enforcing({ ...DOCUMENTED, keyOf: tokenOf })],
    ['shared-by-all', 'all accounts share one quota', enforcing({ ...DOCUMENTED, keyOf: () => 'all' })],
    [
      'per-kind',
      'sorted lists have a quota of their own',
      enforcing({
        ...DOCUMENTED,
        keyOf: (request) => `${accountOf(request)} ${parameter(request, 'sort') === undefined}`,
      }),
    ],
  ],
  { limits: 'on' },
).map((mutant) => ({ ...mutant, sandbox: { limits: 'off' } }))

export const rateLimitMutants: readonly Mutant[] = [...told, ...enforced, ...otherwise]
