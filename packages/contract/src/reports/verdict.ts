import { EXIT } from '@hood-exports/command-line'
import { PATHS } from '@hood-exports/openapi'
import { TOKEN_VARIABLES } from '../verify/credential.ts'
import type { Hindrance, OtherAnswer, Problem, Report } from '../verify/report.ts'
import { count } from '../verify/violation.ts'
import { freshViolations, outcomeOf } from './rows.ts'

const EXIT_CODES = { ...EXIT, 'token-refused': 3, 'quota-exhausted': 5, unreachable: 6 } as const

export interface Verdict {
  readonly isGreen: boolean
  readonly exitCode: number
  /** What came of a run, in a sentence or two. */
  readonly sentence: string
}

export function verdict(report: Report): Verdict {
  const { ending, baseUrl } = report
  switch (ending.kind) {
    case 'lost':
      return red(
        freshViolations(report).length > 0 ? EXIT_CODES.failed : EXIT_CODES.unreachable,
        `${baseUrl} stopped answering after ${effort(report)} (${ending.reason}). ${ending.stage === 'timeout' ? SLOW : 'Look at its log.'}`,
      )
    case 'completed':
    case 'budget-spent':
      return ofLaws(report, ending.kind === 'budget-spent' ? ending.casesLeft : 0)
    default:
      return hindered(ending, baseUrl)
  }
}

/** Where nothing could be looked at. */
export function hindered(ending: Hindrance, baseUrl: string): Verdict {
  switch (ending.kind) {
    case 'unreachable':
      return red(EXIT_CODES.unreachable, unreachable(baseUrl, ending))
    case 'no-such-api':
      return red(EXIT_CODES.unreachable, noSuchApi(baseUrl, ending))
    case 'token-refused': {
      const right = ending.status === 401 ? 'is valid there' : 'may read exports there'
      const way = `Give one that ${right}${ending.owner === 'main' ? '' : ', or leave it unset'}`
      const sentence = `${baseUrl} refuses the token in ${TOKEN_VARIABLES[ending.owner]} with ${ending.status}. ${way}.`
      return red(EXIT_CODES['token-refused'], sentence)
    }
    case 'quota-exhausted':
      return red(
        EXIT_CODES['quota-exhausted'],
        `${baseUrl} answers with nothing but 429: something else uses up the quota of the account. Try later, or with an account of its own.`,
      )
    default:
      return ending satisfies never
  }
}

function red(exitCode: number, sentence: string): Verdict {
  return { isGreen: false, exitCode, sentence }
}

function effort({ requests, durationMs }: Report): string {
  return `${count(requests, 'request')} in ${(durationMs / 1_000).toFixed(1)} s`
}

function ofLaws(report: Report, casesLeft: number): Verdict {
  const { laws } = report
  const counted = (wanted: string): number => laws.filter((law) => outcomeOf(law) === wanted).length
  const [failed, known, passed, skipped] = [counted('failed'), counted('known'), counted('passed'), counted('skipped')]
  const left =
    casesLeft === 0
      ? ''
      : ` ${count(casesLeft, 'case')} ${casesLeft === 1 ? 'was' : 'were'} left out: give a larger --budget.`
  const end = `${effort(report)}.${left}`
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`
  const asBefore = known === 0 ? '' : `, ${known} failed as in the baseline`
  if (failed > 0) {
    const sentence = `${count(failed, 'law')} failed${asBefore}, ${passed} passed${rest}. ${end}`
    return { isGreen: false, exitCode: EXIT_CODES.failed, sentence }
  }
  if (passed === 0 && known === 0) {
    const reasons = [...new Set(laws.flatMap(({ reason }) => reason ?? []))].join('; ')
    return { isGreen: false, exitCode: EXIT_CODES.usage, sentence: `No law could be looked at: ${reasons}. ${end}` }
  }
  return {
    isGreen: true,
    exitCode: EXIT_CODES.ok,
    sentence: `${count(passed, 'law')} passed${asBefore}${rest}. ${end}`,
  }
}

/** What OpenSSL says of a certificate, as far as Node gives it a code, and what to do; the first that fits. */
const CERTIFICATES: readonly (readonly [code: RegExp, way: string])[] = [
  [/^CERT_HAS_EXPIRED$/, 'Renew it, or give a base URL with another one'],
  [/^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'Give the base URL with the host that it is for'],
  [
    /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|INVALID_CA)/,
    'Name the file of its authority, or of itself where it is self-signed, in NODE_EXTRA_CA_CERTS',
  ],
]
/** An answer that is no TLS. */
const NO_TLS = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']

const SLOW = 'Raise --timeout, or see why the provider is slow.'

function unreachable(baseUrl: string, { stage, reason, code = '' }: Problem): string {
  const [, certificateWay] = CERTIFICATES.find(([pattern]) => pattern.test(code)) ?? []
  if (certificateWay !== undefined) {
    return `${baseUrl} has a certificate that this machine does not trust (${reason}). ${certificateWay}.`
  }
  if (NO_TLS.includes(code)) {
    return `${baseUrl} does not speak TLS. Give the base URL with http://, or another port.`
  }
  if (stage === 'timeout') {
    return `${baseUrl} takes too long: ${reason}. ${SLOW}`
  }
  if (stage === 'connect')
    return `Nothing answers at ${baseUrl} (${reason}). Start the provider, or give another --base-url.`
  return `${baseUrl} ends the connection without an answer (${reason}). Look at the log of the provider; where it speaks TLS, give the base URL with https://.`
}

function noSuchApi(baseUrl: string, answer: OtherAnswer): string {
  const url = `GET ${baseUrl}${PATHS.list}`
  return `No exports API answers at ${baseUrl}: ${url} gave ${answer.actual.replace(/\.$/, '')}. ${wayFrom(baseUrl, answer)}`
}

/** What to do about an answer that is none of this API. */
function wayFrom(baseUrl: string, { status, mediaType, location }: OtherAnswer): string {
  const [surplus] = /(?:\/v1(?:\/hood)?)$/.exec(baseUrl) ?? []
  const without = surplus === undefined ? '' : `, so leave out ${surplus}`
  const path = `Check host and port, and the path: the base URL is what stands before ${PATHS.list}${without}.`
  const token = 'Some servers answer so to a token that they do not know: check HOOD_TOKEN as well.'
  if (location?.endsWith(PATHS.list)) {
    const target = new URL(location, baseUrl).href.slice(0, -PATHS.list.length)
    return `It is not followed, as that would send the token elsewhere: give --base-url ${target}, if you trust it.`
  }
  if (location !== undefined) {
    return `It is not followed, as that would send the token elsewhere. Where it leads to a login, the token is not what the server wants: check HOOD_TOKEN. ${path}`
  }
  if (status >= 500)
    return `The provider, or a gateway in front of it, fails: look whether it runs, and at its log. ${path}`
  if (status === 200 && mediaType === 'application/json') return `A list is {"total": …, "items": […]}. ${path}`
  return `${path} ${token}`
}
