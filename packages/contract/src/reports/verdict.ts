import { PATHS } from '@hood-exports/openapi'
import { count } from '../verify/count.ts'
import { TOKEN_VARIABLES } from '../verify/credential.ts'
import type { Report } from '../verify/report.ts'

/** What a shell is told. */
export const EXIT_CODES = {
  held: 0,
  broken: 1,
  usage: 2,
  'token-refused': 3,
  'quota-exhausted': 5,
  unreachable: 6,
  interrupted: 130,
} as const

export interface Verdict {
  readonly isGreen: boolean
  readonly exitCode: number
  /** What is to be known, in a sentence or two. */
  readonly sentence: string
}

export function verdict(report: Report): Verdict {
  const { ending, laws, requests, durationMs, failures, baseUrl } = report
  const broken = laws.filter(({ state }) => state === 'broken').length
  const held = laws.filter(({ state }) => state === 'held').length
  const asked = `${count(requests, 'request')} in ${(durationMs / 1_000).toFixed(1)} s`
  const red = (exitCode: number, sentence: string): Verdict => ({ isGreen: false, exitCode, sentence })
  switch (ending.kind) {
    case 'unreachable':
      return red(EXIT_CODES.unreachable, unreachable(baseUrl, ending.reason))
    case 'no-such-api':
      return red(EXIT_CODES.unreachable, noSuchApi(baseUrl, ending.came))
    case 'token-refused':
      return red(
        EXIT_CODES['token-refused'],
        ending.holder === 'main'
          ? `${baseUrl} refuses the token in HOOD_TOKEN with 401. Give one that is valid there.`
          : `${baseUrl} refuses the token in ${TOKEN_VARIABLES[ending.holder]} with 401. Give one that is valid there, or leave it unset.`,
      )
    case 'quota-exhausted':
      return red(
        EXIT_CODES['quota-exhausted'],
        `${baseUrl} answers with nothing but 429: something else uses up the quota of the account. Try later, or with an account of its own.`,
      )
    case 'lost':
      return red(
        failures.length > 0 ? EXIT_CODES.broken : EXIT_CODES.unreachable,
        `${baseUrl} stopped answering after ${asked} (${ending.reason}).`,
      )
    case 'completed':
    case 'budget-spent': {
      const left =
        ending.kind === 'budget-spent'
          ? ` ${count(ending.casesLeft, 'case')} ${ending.casesLeft === 1 ? 'was' : 'were'} left out: give a larger --budget.`
          : ''
      if (broken === 0 && held === 0) {
        const reasons = [...new Set(laws.flatMap(({ reason }) => reason ?? []))].join('; ')
        return red(EXIT_CODES.usage, `No law could be looked at: ${reasons}. ${asked}.${left}`)
      }
      return broken === 0
        ? {
            isGreen: true,
            exitCode: EXIT_CODES.held,
            sentence: `${held} ${held === 1 ? 'law holds' : 'laws hold'}. ${asked}.${left}`,
          }
        : red(
            EXIT_CODES.broken,
            `${broken} ${broken === 1 ? 'law is' : 'laws are'} broken, ${held} ${held === 1 ? 'holds' : 'hold'}. ${asked}.${left}`,
          )
    }
    default:
      return ending satisfies never
  }
}

function unreachable(baseUrl: string, reason: string): string {
  if (/certificate/i.test(reason)) {
    return `${baseUrl} has a certificate that this machine does not trust (${reason}). Name the file of its authority in NODE_EXTRA_CA_CERTS.`
  }
  if (/wrong version number/i.test(reason)) {
    return `${baseUrl} does not speak TLS. Give the base URL with http://, or another port.`
  }
  return `Nothing answers at ${baseUrl} (${reason}). Start the provider, or give another --base-url.`
}

function noSuchApi(baseUrl: string, came: string): string {
  const asked = `GET ${baseUrl}${PATHS.list}`
  const [surplus] = /(?:\/v1(?:\/hood)?)$/.exec(baseUrl) ?? []
  const without = surplus === undefined ? '' : `, so leave out ${surplus}`
  return [
    `No exports API answers at ${baseUrl}: ${asked} gave ${came}.`,
    `Check host and port, and the path: the base URL is what stands before ${PATHS.list}${without}.`,
    'Some servers answer so to a token that they do not know: check HOOD_TOKEN as well.',
  ].join(' ')
}
