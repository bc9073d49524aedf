import { defectsOf } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { CORRECT } from '../correct.ts'
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

/** Another number of places in a minute of one account; headers describe the second. */
const minuteOf =
  (limit: number, company: string): (() => Partial<Parts>) =>
  () => {
    const used = new Map<number, number>()
    return {
      take: (account, nowMs, request) => {
        const taken = CORRECT.take(account, nowMs, request, 'off')
        const second = account.windows.get(1_000)?.used ?? 0
        if (second > 10) return { retryAfter: '1' }
        if (account.company !== company) return taken
        const minute = Math.floor(nowMs / 60_000)
        const count = (used.get(minute) ?? 0) + 1
        used.set(minute, count)
        return count > limit
          ? { retryAfter: String(60 - (Math.floor(nowMs / 1_000) % 60)) }
          : { limit: 10, remaining: 10 - second, resetS: 1 }
      },
    }
  }

const MAIN_COMPANY = '501'
const THIRD_COMPANY = '503'

export const quotaDefects: readonly PlainDefect[] = [
  ...defectsOf('rate-limit', [['a minute has 100 places, which no header says', minuteOf(100, MAIN_COMPANY)]], {
    limits: 'on',
    effort: 'thorough',
  }),
  ...defectsOf(
    'rate-limit',
    [
      ['a minute has any number of places', minuteOf(Infinity, THIRD_COMPANY)],
      ['a minute has 100 places', minuteOf(100, THIRD_COMPANY)],
      ['a minute has 200 places', minuteOf(200, THIRD_COMPANY)],
    ],
    { limits: 'on', useUp: 'third' },
  ),

  ...defectsOf(
    'rate-limit',
    [
      [
        'a refusal has quota headers',
        headers((all, taken) =>
          'retryAfter' in taken
            ? { ...all, 'x-ratelimit-limit': '150', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }
            : all,
        ),
      ],
      ['Retry-After is -1 with nothing in flight', refused('-1')],
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
    ],
    { limits: 'on' },
  ),
  ...defectsOf(
    'rate-limit',
    [
      ['Limit is missing', headers((all) => ({ ...all, 'x-ratelimit-limit': undefined }))],
      [
        'Remaining is over Limit',
        headers((all) => ({ ...all, ...('x-ratelimit-remaining' in all && { 'x-ratelimit-remaining': '500' }) })),
      ],
      ['downloads have no quota headers', answersWithout('download')],
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
