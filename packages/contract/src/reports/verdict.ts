import { EXIT } from '@hood-exports/command-line'
import { PATHS } from '@hood-exports/openapi'
import { TOKEN_VARIABLES } from '../verify/credential.ts'
import type { Problem, Report } from '../verify/report.ts'
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
  const red = (exitCode: number, sentence: string): Verdict => ({ isGreen: false, exitCode, sentence })
  switch (ending.kind) {
    case 'unreachable':
      return red(EXIT_CODES.unreachable, unreachable(baseUrl, ending))
    case 'no-such-api':
      return red(EXIT_CODES.unreachable, noSuchApi(baseUrl, ending.actual))
    case 'token-refused': {
      const way =
        ending.owner === 'main' ? 'Give one that is valid there' : 'Give one that is valid there, or leave it unset'
      const sentence = `${baseUrl} refuses the token in ${TOKEN_VARIABLES[ending.owner]} with 401. ${way}.`
      return red(EXIT_CODES['token-refused'], sentence)
    }
    case 'quota-exhausted':
      return red(
        EXIT_CODES['quota-exhausted'],
        `${baseUrl} answers with nothing but 429: something else uses up the quota of the account. Try later, or with an account of its own.`,
      )
    case 'lost':
      return red(
        freshViolations(report).length > 0 ? EXIT_CODES.failed : EXIT_CODES.unreachable,
        `${baseUrl} stopped answering after ${effort(report)} (${ending.reason}).`,
      )
    case 'completed':
    case 'budget-spent':
      return ofLaws(report, ending.kind === 'budget-spent' ? ending.casesLeft : 0)
    default:
      return ending satisfies never
  }
}

function effort({ requests, durationMs }: Report): string {
  return `${count(requests, 'request')} in ${(durationMs / 1_000).toFixed(1)} s`
}

function ofLaws(report: Report, casesLeft: number): Verdict {
  const { laws } = report
  const counted = (wanted: string): number => laws.filter((law) => outcomeOf(law) === wanted).length
  const [failed, known, passed] = [counted('failed'), counted('known'), counted('passed')]
  const left =
    casesLeft === 0
      ? ''
      : ` ${count(casesLeft, 'case')} ${casesLeft === 1 ? 'was' : 'were'} left out: give a larger --budget.`
  const end = `${effort(report)}.${left}`
  const asBefore = known === 0 ? '' : `, ${known} failed as in the baseline`
  if (failed > 0) {
    const sentence = `${count(failed, 'law')} failed${asBefore}, ${passed} passed. ${end}`
    return { isGreen: false, exitCode: EXIT_CODES.failed, sentence }
  }
  if (passed === 0 && known === 0) {
    const reasons = [...new Set(laws.flatMap(({ reason }) => reason ?? []))].join('; ')
    return { isGreen: false, exitCode: EXIT_CODES.usage, sentence: `No law could be looked at: ${reasons}. ${end}` }
  }
  return { isGreen: true, exitCode: EXIT_CODES.ok, sentence: `${count(passed, 'law')} passed${asBefore}. ${end}` }
}

/** What OpenSSL says of a certificate, as far as Node gives it a code. */
const CERTIFICATE = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/
/** An answer that is no TLS. */
const NO_TLS = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']

function unreachable(baseUrl: string, { stage, reason, code = '' }: Problem): string {
  if (CERTIFICATE.test(code)) {
    return `${baseUrl} has a certificate that this machine does not trust (${reason}). Name the file of its authority in NODE_EXTRA_CA_CERTS.`
  }
  if (NO_TLS.includes(code)) {
    return `${baseUrl} does not speak TLS. Give the base URL with http://, or another port.`
  }
  if (stage === 'timeout') {
    return `${baseUrl} gave ${reason}. Raise --timeout, or look whether the provider runs.`
  }
  return `Nothing answers at ${baseUrl} (${reason}). Start the provider, or give another --base-url.`
}

function noSuchApi(baseUrl: string, actual: string): string {
  const url = `GET ${baseUrl}${PATHS.list}`
  const [surplus] = /(?:\/v1(?:\/hood)?)$/.exec(baseUrl) ?? []
  const without = surplus === undefined ? '' : `, so leave out ${surplus}`
  return [
    `No exports API answers at ${baseUrl}: ${url} gave ${actual}.`,
    `Check host and port, and the path: the base URL is what stands before ${PATHS.list}${without}.`,
    'Some servers answer so to a token that they do not know: check HOOD_TOKEN as well.',
  ].join(' ')
}
