import { systemClock } from '@hood-exports/client/rate-limit'
import type { Ask } from './ask.ts'
import { countChecks } from './checks.ts'
import { holdersOf, runCourse } from './course.ts'
import type { Tokens } from './credential.ts'
import { createDesk } from './desk.ts'
import { toFailures } from './findings.ts'
import { lawOfFilters } from './filter.ts'
import { LAW_NAMES } from './laws.ts'
import type { LawName } from './law.ts'
import { isRefusedOperator } from './oracle/judge-filter.ts'
import { createPace } from './pace.ts'
import type { Clock } from './pace.ts'
import { createRecord } from './record.ts'
import { hasLooked, lawResult } from './report.ts'
import type { Report } from './report.ts'
import { send } from './sender.ts'
import { unseenReason } from './unseen-reason.ts'
import { EXAMPLE_REPORT_ID } from './writes/example-report.ts'
import { WRITE_COST } from './writes/write-course.ts'

export interface VerifyOptions {
  /** Origin and path prefix of the provider, without a slash at its end. */
  readonly baseUrl: string
  readonly tokens: Tokens
  /**
   * Requests that may be sent, at least 40. Default: 160, and 8 more for each other account that there is a token of,
   * so that each account's part fits into its quota of a minute; 400 with limits `off`. With writes allowed 75 more.
   */
  readonly budget?: number
  /** 0 to 2^31 - 1. The same seed asks the same questions of the same data. */
  readonly seed: number
  /** `on`: the provider enforces the quota, and the run paces itself. `off`: it goes as fast as it can. Default `on`. */
  readonly limits?: 'on' | 'off'
  /** Default: every law. */
  readonly only?: readonly LawName[]
  /** Laws of these that are not looked at, and told so in the report. Default: none. */
  readonly except?: readonly LawName[]
  /**
   * `allowed`: the run makes two exports of a quick report, and runs exports again that it has made itself or that have
   * failed. Default `no`: it only reads.
   */
  readonly writes?: 'no' | 'allowed'
  /** Digits: the quick report that exports are made of. Default: that of the spec's example. */
  readonly reportId?: string
  /** Milliseconds until an answer must be complete. Default 10,000. */
  readonly timeoutMs?: number
  /** Default: the runtime's. Redirects are not followed. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Default: the system's clock. */
  readonly clock?: Clock
  /** Told before each request. */
  readonly onProgress?: (progress: Progress) => void
  /** Told before a wait of two seconds or more for the quota, in milliseconds. */
  readonly onWait?: (ms: number) => void
}

/** How far a run is. */
export interface Progress {
  /** What the request is for: a law, or `account`, as the exports of the account are read first. */
  readonly about: LawName | 'account'
  /** Requests so far, this one included. */
  readonly sent: number
  /** Requests that may be sent. Nearly every run uses them all. */
  readonly budget: number
}

/**
 * Holds a provider against every law that its answers can show. It only reads, unless writes are allowed, and stays
 * inside the quota but for one burst, which shows how the quota is enforced.
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const { baseUrl, tokens, seed, limits = 'on', writes = 'no', clock = systemClock } = options
  const {
    budget = defaultBudget(options),
    only = LAW_NAMES,
    except = [],
    reportId = EXAMPLE_REPORT_ID,
    timeoutMs = 10_000,
    fetch = globalThis.fetch,
    onProgress,
    onWait,
  } = options
  const wanted = new Set(only)
  const selected = new Set(only.filter((law) => !except.includes(law)))
  const secrets = Object.values(tokens)
  const record = createRecord({ secrets, limits })
  let about: Progress['about'] = 'account'
  const desk = createDesk({
    budget,
    clock,
    pace: limits === 'on' ? createPace() : undefined,
    send: (ask) => {
      onProgress?.({ about, sent: desk.sent, budget })
      return send(ask, { baseUrl, tokens, fetch, clock, timeoutMs })
    },
    onExchange: record.onExchange,
    onWait,
  })
  const startedAtMs = clock.now()
  const marker = writes === 'allowed' ? markerOf(clock, seed) : undefined
  const { ending, items, reasons } = await runCourse({
    desk,
    record,
    clock,
    tokens,
    seed,
    limits,
    selected,
    ...(marker !== undefined && { writing: { reportId, marker } }),
    onLook: (law) => (about = law),
  })
  // Where nothing could be looked at, nothing is broken either.
  const findings = hasLooked(ending) ? record.findings().filter(({ complaint }) => selected.has(complaint.law)) : []
  const broken = new Set(findings.map(({ complaint }) => complaint.law))
  const checks = countChecks(record.answers, record.looked)
  const refusedOperators = new Set(record.answers.filter(isRefusedOperator).map(({ ask }) => lawOf(ask)))
  const circumstances = { ending, limits, writes, holders: holdersOf(tokens), items, reasons, refusedOperators }
  return {
    baseUrl,
    seed,
    limits,
    budget,
    ...(marker !== undefined && { marker }),
    ending,
    items: items ?? 0,
    requests: desk.sent,
    durationMs: clock.now() - startedAtMs,
    laws: LAW_NAMES.filter((law) => wanted.has(law)).map((law) =>
      selected.has(law)
        ? lawResult({
            law,
            checks: checks.get(law) ?? 0,
            isBroken: broken.has(law),
            reason: unseenReason(law, circumstances),
          })
        : lawResult({ law, checks: 0, isBroken: false, reason: '--except leaves it out' }),
    ),
    failures: toFailures(findings, baseUrl, secrets),
  }
}

function defaultBudget({ tokens: { other, third }, limits = 'on', writes = 'no' }: VerifyOptions): number {
  const writing = writes === 'allowed' ? WRITE_COST : 0
  if (limits === 'off') return 400 + writing
  return 160 + 8 * [other, third].filter((token) => token !== undefined).length + writing
}

/** Begins with the time, so that no other run has it; letters and digits only, as any search finds those. */
function markerOf(clock: Clock, seed: number): string {
  return `hoodcontract${clock.wallNow().toString(36)}x${seed.toString(36)}`
}

function lawOf({ query }: Ask): LawName {
  return lawOfFilters(query?.filters ?? [])
}
