import { defectsOf } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { CORRECT } from '../parts.ts'
import type { Parts, Taken } from '../parts.ts'

const headers = (
  change: (headers: Record<string, string>, taken: Taken) => Record<string, string | undefined>,
): Partial<Parts> => ({
  quotaHeaders: (taken) =>
    Object.fromEntries(
      Object.entries(change(CORRECT.quotaHeaders(taken) as Record<string, string>, taken)).filter(
        ([, one]) => one !== undefined,
      ),
    ),
})

const refused = (retryAfter: string | undefined): Partial<Parts> =>
  headers((all, taken) => ('retryAfter' in taken ? { 'retry-after': retryAfter } : all))

/** Refuses by a rule of its own, besides the right one. */
const refusing =
  (rule: (nth: number) => string | undefined): (() => Partial<Parts>) =>
  () => {
    let nth = 0
    return {
      take: (account, nowMs, request, limits) => {
        nth += 1
        const retryAfter = rule(nth)
        return retryAfter === undefined ? CORRECT.take(account, nowMs, request, limits) : { retryAfter }
      },
    }
  }

export const quotaDefects: readonly PlainDefect[] = [
  ...defectsOf(
    'rate-limit',
    [
      ['no limit is enforced', { take: (account, nowMs, request) => CORRECT.take(account, nowMs, request, 'off') }],
      [
        'a quota for each token',
        {
          take: (account, nowMs, request, limits) =>
            CORRECT.take(
              request.headers.authorization?.endsWith('b') === true
                ? { ...account, windows: tokenWindows(account) }
                : account,
              nowMs,
              request,
              limits,
            ),
        },
      ],
      [
        'one quota for all accounts',
        () => {
          const shared = new Map()
          return {
            take: (account, nowMs, request, limits) =>
              CORRECT.take({ ...account, windows: shared }, nowMs, request, limits),
          }
        },
      ],
      [
        'a refusal has quota headers',
        headers((all, taken) =>
          'retryAfter' in taken
            ? { ...all, 'x-ratelimit-limit': '150', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }
            : all,
        ),
      ],
      ['Retry-After is 0', refused('0')],
      ['Retry-After is a date far away', refused('Wed, 21 Oct 2037 07:28:00 GMT')],
      [
        'Retry-After is in milliseconds',
        headers((all, taken) =>
          'retryAfter' in taken ? { 'retry-after': String(Number(taken.retryAfter) * 1_000) } : all,
        ),
      ],
      ['Retry-After is a fraction', refused('0.5')],
      ['Retry-After is words', refused('soon')],
      ['Retry-After is -1 with nothing in flight', refused('-1')],
      ['Retry-After is 3600', refused('3600')],
      [
        'a refusal is a 503',
        {
          through: (_request, response, next) => {
            const { writeHead } = response
            response.writeHead = ((status: number, all: object) =>
              writeHead.call(response, status === 429 ? 503 : status, all as never)) as never
            next()
          },
        },
      ],
      ['every 8th request is refused for a second', refusing((nth) => (nth % 8 === 0 ? '1' : undefined))],
      ['every 8th request is refused with -1', refusing((nth) => (nth % 8 === 0 ? '-1' : undefined))],
      ['every 40th request is refused for a minute', refusing((nth) => (nth % 40 === 0 ? '60' : undefined))],
      [
        'after 60 requests the minute is over',
        () => {
          let nth = 0
          return {
            take: (account, nowMs, request, limits) => {
              nth += 1
              const taken = CORRECT.take(account, nowMs, request, limits)
              return nth > 60 && nth < 63 ? { retryAfter: '40' } : taken
            },
          }
        },
      ],
      [
        'after 100 requests the minute is over',
        () => {
          const used = new Map<number, number>()
          return {
            take: (account, nowMs, request, limits) => {
              const minute = Math.floor(nowMs / 60_000)
              const count = (used.get(minute) ?? 0) + (account.company === '501' ? 1 : 0)
              used.set(minute, count)
              const taken = CORRECT.take(account, nowMs, request, limits)
              return count > 100 && account.company === '501'
                ? { retryAfter: String(60 - (Math.floor(nowMs / 1_000) % 60)) }
                : taken
            },
          }
        },
      ],
      [
        '5 a second',
        {
          take: (account, nowMs, request, limits) => {
            const taken = CORRECT.take(account, nowMs, request, limits)
            const { used } = account.windows.get(1_000) ?? { used: 0 }
            return used > 5 && limits === 'on' ? { retryAfter: '1' } : taken
          },
        },
      ],
      [
        '20 a second',
        () => {
          const seconds = new Map<string, number>()
          return {
            take: (account, nowMs, request) => {
              const key = `${account.company} ${Math.floor(nowMs / 1_000)}`
              const used = (seconds.get(key) ?? 0) + 1
              seconds.set(key, used)
              const taken = CORRECT.take(account, nowMs, request, 'off')
              return used > 20 ? { retryAfter: '1' } : taken
            },
          }
        },
      ],
      [
        'lists of other accounts are refused with it',
        () => {
          let lastMs = -Infinity
          return {
            take: (account, nowMs, request, limits) => {
              if (account.company !== '501' && nowMs - lastMs < 900) return { retryAfter: '1' }
              const taken = CORRECT.take(account, nowMs, request, limits)
              if ('retryAfter' in taken) lastMs = nowMs
              return taken
            },
          }
        },
      ],
    ],
    { limits: 'on' },
  ),
  ...defectsOf(
    'rate-limit',
    [
      ['quota headers are missing', headers((all) => ('retry-after' in all ? all : {}))],
      ['Limit is missing', headers((all) => ({ ...all, 'x-ratelimit-limit': undefined }))],
      ['Reset is missing', headers((all) => ({ ...all, 'x-ratelimit-reset': undefined }))],
      [
        'Remaining stands still',
        headers((all) => ({ ...all, ...('x-ratelimit-remaining' in all && { 'x-ratelimit-remaining': '149' }) })),
      ],
      [
        'Remaining rises',
        () => {
          let count = 0
          return headers((all) => ({
            ...all,
            ...('x-ratelimit-remaining' in all && { 'x-ratelimit-remaining': String(Math.min(150, count++)) }),
          }))
        },
      ],
      [
        'Remaining falls by ten',
        headers((all) => ({
          ...all,
          ...('x-ratelimit-remaining' in all && {
            'x-ratelimit-remaining': String(Math.max(0, 150 - 10 * (150 - Number(all['x-ratelimit-remaining'])))),
          }),
        })),
      ],
      [
        'Remaining is negative',
        headers((all) => ({ ...all, ...('x-ratelimit-remaining' in all && { 'x-ratelimit-remaining': '-1' }) })),
      ],
      [
        'Remaining is over Limit',
        headers((all) => ({ ...all, ...('x-ratelimit-remaining' in all && { 'x-ratelimit-remaining': '500' }) })),
      ],
      [
        'Reset is a date in epoch seconds',
        headers((all) => ({ ...all, ...('x-ratelimit-reset' in all && { 'x-ratelimit-reset': '1767225660' }) })),
      ],
      [
        'Reset is in milliseconds',
        headers((all) => ({
          ...all,
          ...('x-ratelimit-reset' in all && { 'x-ratelimit-reset': String(Number(all['x-ratelimit-reset']) * 1_000) }),
        })),
      ],
      [
        'Reset is a fraction',
        headers((all) => ({
          ...all,
          ...('x-ratelimit-reset' in all && { 'x-ratelimit-reset': `${all['x-ratelimit-reset'] ?? ''}.5` }),
        })),
      ],
      [
        'Limit is 300',
        headers((all) => ({ ...all, ...('x-ratelimit-limit' in all && { 'x-ratelimit-limit': '300' }) })),
      ],
      [
        'Limit has the window behind it',
        headers((all) => ({ ...all, ...('x-ratelimit-limit' in all && { 'x-ratelimit-limit': '150;w=60' }) })),
      ],
      [
        'headers are called RateLimit',
        headers((all) => Object.fromEntries(Object.entries(all).map(([name, one]) => [name.replace('x-', ''), one]))),
      ],
      ['downloads have no quota headers', answersWithout('download')],
      [
        'errors have no quota headers',
        {
          through: (_request, response, next) => {
            const { writeHead } = response
            response.writeHead = ((status: number, all: Record<string, string>) =>
              writeHead.call(
                response,
                status,
                (status === 400 ? { 'content-type': all['content-type'] } : all) as never,
              )) as never
            next()
          },
        },
      ],
      [
        'the quota is that of the address, not of the account',
        () => {
          const shared = new Map()
          return {
            take: (account, nowMs, request, limits) =>
              CORRECT.take({ ...account, windows: shared }, nowMs, request, limits),
          }
        },
      ],
      [
        'Reset never falls',
        headers((all) => ({ ...all, ...('x-ratelimit-reset' in all && { 'x-ratelimit-reset': '60' }) })),
      ],
      [
        'the minute begins with each request',
        headers((all) => ({
          ...all,
          ...('x-ratelimit-reset' in all && { 'x-ratelimit-reset': '60', 'x-ratelimit-remaining': '149' }),
        })),
      ],
    ],
    { limits: 'on' },
  ),
]

const windowsOfTokens = new WeakMap<object, Map<number, { number: number; used: number }>>()
function tokenWindows(account: object): Map<number, { number: number; used: number }> {
  const known = windowsOfTokens.get(account) ?? new Map()
  windowsOfTokens.set(account, known)
  return known
}

function answersWithout(kind: 'download'): Partial<Parts> {
  return {
    through: (request, response, next) => {
      const { writeHead } = response
      if (request.url?.endsWith(`/${kind}`) === true)
        response.writeHead = ((status: number, all: Record<string, string>) =>
          writeHead.call(response, status, { 'content-type': all['content-type'] } as never)) as never
      next()
    },
  }
}
