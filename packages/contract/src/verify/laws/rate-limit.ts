import type { Answer } from '../exchange.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { judgeDeviations } from '../deviations.ts'
import { judgeQuota } from './rate-limit/quota.ts'
import { doubtfulRefusal, judgeParallel, judgeRefusals } from './rate-limit/refusals.ts'

const HEADERS = '/components/headers'

type Law =
  | 'spec-headers'
  | 'quota-values'
  | 'quota-counts-down'
  | 'quota-reset'
  | 'quota-is-enforced'
  | 'minute-is-enforced'
  | 'retry-after-is-true'
  | 'no-refusal-inside-quota'
  | 'quota-per-account'

export const rateLimit: Family<Law, 'rate-limit'> = {
  name: 'rate-limit',
  otherTokens: 'yes',
  laws: {
    'spec-headers': {
      expected: 'headers are as in the spec',
      pointer: POINTERS.list,
      source: 'V',
      isSeenIn: () => true,
    },
    'quota-values': {
      expected: 'X-RateLimit-* describe one of the two windows: 10 in 1 s or 150 in 60 s',
      pointer: `${HEADERS}/X-RateLimit-Limit`,
      source: 'V, S',
      isSeenIn: isAdmitted,
    },
    'quota-counts-down': {
      expected: 'X-RateLimit-Remaining falls with every request until the window refreshes',
      pointer: `${HEADERS}/X-RateLimit-Remaining`,
      source: 'V',
      isSeenIn: isAdmitted,
    },
    'quota-reset': {
      expected: 'X-RateLimit-Reset is the time until that window refreshes, in seconds',
      pointer: `${HEADERS}/X-RateLimit-Reset`,
      source: 'V',
      isSeenIn: isAdmitted,
    },
    'quota-is-enforced': {
      expected: '10 requests of an account are admitted in a second, and one more is answered with 429',
      pointer: '/x-rate-limits',
      source: 'V, S',
      needs: ['limits'],
    },
    'minute-is-enforced': {
      expected: '150 requests of an account are admitted in a minute, and one more is answered with 429',
      pointer: '/x-rate-limits',
      source: 'V, S',
      needs: ['limits', 'use-up'],
    },
    'retry-after-is-true': {
      expected: 'after the seconds in Retry-After a request is admitted, and not long before',
      pointer: `${HEADERS}/Retry-After`,
      source: 'V',
      needs: ['limits'],
    },
    'no-refusal-inside-quota': {
      expected: 'nothing is refused while the quota lasts',
      pointer: '/x-rate-limits',
      source: 'V, S',
      isSeenIn: isAdmitted,
    },
    'quota-per-account': {
      expected: 'the quota is the account’s: its tokens share it, other accounts have their own',
      pointer: '/x-rate-limits/scope',
      source: 'V',
      needs: ['limits', 'other-account-token'],
    },
  },
  onAnswer: (answer) => judgeDeviations('spec-headers', answer, ({ part }) => part === 'header'),
  doubts: (run) => ({ 'no-refusal-inside-quota': doubtfulRefusal(run) }),
  onRun: (run) => [...judgeQuota(run.answers), ...judgeRefusals(run), ...judgeParallel(run)],
}

function isAdmitted({ status }: Answer): boolean {
  return status !== 429
}
