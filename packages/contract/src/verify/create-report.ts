import type { VendorProfile } from '@hood-exports/openapi/profile'
import { TOKEN_VARIABLES } from './credential.ts'
import type { Tokens } from './credential.ts'
import type { Need } from './law.ts'
import { LAWS, LAW_NAMES } from './laws.ts'
import type { LawName } from './laws.ts'
import { hasLooked } from './report.ts'
import { presentable } from './presentable.ts'
import { reportViolations } from './report-violations.ts'
import type { Ending, LawResult, Report } from './report.ts'
import type { RunRecord } from './run-record.ts'
import type { Violation } from './violation.ts'

export interface ReportFacts extends Omit<Report, 'version' | 'marker' | 'items' | 'laws' | 'violations'> {
  readonly marker: string | undefined
  /** Undefined: the list could not be read. */
  readonly items: number | undefined
  readonly tokens: Tokens
  readonly writes: 'no' | 'allowed'
  readonly useUp: 'none' | 'third'
  readonly profile: VendorProfile | undefined
  readonly only: readonly LawName[]
  /** Those of `only` that were not left out. */
  readonly selected: ReadonlySet<LawName>
  readonly record: RunRecord
}

export function createReport(facts: ReportFacts): Report {
  const { baseUrl, seed, limits, budget, marker, items, requests, durationMs } = facts
  const { tokens, only, selected, record } = facts
  const secrets = Object.values(tokens)
  const ending: Ending =
    facts.ending.kind === 'no-such-api'
      ? { ...facts.ending, actual: presentable(facts.ending.actual, secrets) }
      : facts.ending
  // Where nothing could be looked at, nothing is broken either.
  const all = hasLooked(ending) ? record.violations() : []
  const stray = all.find(({ law }) => !(law in LAWS))
  if (stray !== undefined) throw new Error(`no law is called "${stray.law}"`)
  const violations = all.filter((one): one is Violation<LawName> => selected.has(one.law as LawName))
  const broken = new Set(violations.map(({ law }) => law))
  const checks = record.checks()
  const doubts = record.doubts()
  const wanted = new Set(only)
  const resultOf = (law: LawName): Pick<LawResult, 'status' | 'checks' | 'reason'> => {
    if (!selected.has(law)) return { status: 'skipped', checks: 0, reason: '--except leaves it out' }
    const times = checks.get(law) ?? 0
    if (broken.has(law)) return { status: 'failed', checks: Math.max(1, times) }
    const doubt = doubts.get(law)
    if (doubt !== undefined) return { status: 'skipped', checks: times, reason: doubt }
    if (times > 0) return { status: 'passed', checks: times }
    return { status: 'skipped', checks: 0, reason: skipReason(law, facts) }
  }
  return {
    version: 2,
    baseUrl,
    seed,
    limits,
    budget,
    ...(marker !== undefined && { marker }),
    ending,
    items: items ?? 0,
    requests,
    durationMs,
    laws: LAW_NAMES.filter((law) => wanted.has(law)).map((law) => {
      const { family, expected } = LAWS[law]
      return { law, family, expected, ...resultOf(law) }
    }),
    violations: reportViolations(violations, { baseUrl, secrets }),
  }
}

/** Why nothing that was sent bears on a law. */
function skipReason(law: LawName, facts: ReportFacts): string {
  const { ending, items, record } = facts
  const reason = record.reasons.get(law)
  if (reason !== undefined) return reason
  for (const need of LAWS[law].needs) {
    const lack = lackOf(need, facts)
    if (lack !== undefined) return lack
  }
  if (ending.kind === 'budget-spent') return 'the budget of requests was spent before'
  if (ending.kind !== 'completed') return 'the run ended before'
  if (items === undefined) return 'the list could not be read'
  if (items === 0) return 'the account has no items'
  return 'no item of the account allows it'
}

function lackOf(need: Need, { limits, writes, useUp, tokens, profile }: ReportFacts): string | undefined {
  switch (need) {
    case 'writes':
      return writes === 'no' ? 'nothing may be written: --writes allowed' : undefined
    case 'limits':
      return limits === 'off' ? 'the limits are off' : undefined
    case 'use-up':
      return useUp === 'none' ? 'no minute may be used up: --use-up third' : undefined
    case 'same-account-token':
      return tokens.same === undefined ? `${TOKEN_VARIABLES.same} is not set` : undefined
    case 'other-account-token':
      return tokens.other === undefined ? `${TOKEN_VARIABLES.other} is not set` : undefined
    case 'profile':
      return profile === undefined ? 'there is no profile: --profile' : undefined
    default:
      return need satisfies never
  }
}
