import { systemClock } from '@hood-exports/client/rate-limit'
import type { VendorProfile } from '@hood-exports/openapi/profile'
import { checkProfile } from './check-profile.ts'
import type { Tokens } from './credential.ts'
import { EXAMPLE_REPORT_ID } from './laws/create/attempts.ts'
import { LAWS, LAW_NAMES, familiesOf } from './laws.ts'
import type { LawName } from './laws.ts'
import { createPace } from './pace.ts'
import type { Clock } from './pace.ts'
import { createReport } from './create-report.ts'
import { hasLooked } from './report.ts'
import type { Report } from './report.ts'
import { createRecord } from './run-record.ts'
import { USE_UP_COST } from './laws/rate-limit/minute.ts'
import { WRITE_COST, run } from './run.ts'
import { send } from './sender.ts'
import { createSession } from './session.ts'

export interface VerifyOptions {
  /** Origin and path prefix of the provider, without a slash at its end. */
  readonly baseUrl: string
  readonly tokens: Tokens
  /**
   * Requests that may be sent, at least 40. Default: 158, and 48 with a token of another account and 8 with that of a
   * third, so that each account's part fits into its quota of a minute; 400 with limits `off`, or in a thorough run.
   * With writes allowed 75 more, and 322 more to use a minute up.
   */
  readonly budget?: number
  /** 0 to 2^31 - 1. The same seed requests the same questions of the same data. */
  readonly seed: number
  /** `on`: the provider enforces the quota, and the run paces itself. `off`: it goes as fast as it can. Default `on`. */
  readonly limits?: 'on' | 'off'
  /** Default: every law. */
  readonly only?: readonly LawName[]
  /** Laws of these that are left out, and skipped in the report. Default: none. */
  readonly except?: readonly LawName[]
  /**
   * `allowed`: the run makes two exports of a quick report, and runs exports again that it has made itself or that have
   * failed. Default `no`: it only reads.
   */
  readonly writes?: 'no' | 'allowed'
  /** `thorough`: 400 requests, which take several minutes of the quota. Default `usual`. */
  readonly effort?: 'usual' | 'thorough'
  /**
   * `third`: uses up a minute of the third account, to see that one request more than 150 is refused. It takes up to
   * three minutes. Default `none`.
   */
  readonly useUp?: 'none' | 'third'
  /**
   * What `learn` has written of the account. What it has observed is looked at as well: a minute after the other
   * laws, with up to 150 requests beside the budget.
   */
  readonly profile?: VendorProfile
  /** Digits: the quick report that exports are made of. Default: that of the spec's example. */
  readonly reportId?: string
  /** Milliseconds until an answer must be complete. Default 10,000. */
  readonly timeoutMs?: number
  /** Default: the runtime's. Redirects are not followed. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Default: the system's clock. */
  readonly clock?: Clock
  /** Called before each request. */
  readonly onProgress?: (progress: Progress) => void
  /** Called before a wait of two seconds or more for the quota, in milliseconds. */
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
 * Checks every law that a provider's answers can show. It only reads, unless writes are allowed, and stays inside the
 * quota but for one burst, which shows how the quota is enforced.
 */
export async function verify(options: VerifyOptions): Promise<Report> {
  const { baseUrl, tokens, seed, limits = 'on', writes = 'no', clock = systemClock } = options
  const { useUp = 'none' } = options
  const {
    only = lawsWith(options.profile),
    except = [],
    profile,
    reportId = EXAMPLE_REPORT_ID,
    onProgress,
    onWait,
  } = options
  const { budget = defaultBudget(options), timeoutMs = 10_000, fetch = globalThis.fetch } = options
  const selected = new Set(only.filter((law) => !except.includes(law)))
  let about: Progress['about'] = 'account'
  const record = createRecord({
    secrets: Object.values(tokens),
    limits,
    onBegin: (law) => {
      about = law as LawName
    },
  })
  const session = createSession({
    budget,
    clock,
    pace: limits === 'on' ? createPace() : undefined,
    send: (request) => {
      onProgress?.({ about, sent: session.sent, budget })
      return send(request, { baseUrl, tokens, fetch, clock, timeoutMs })
    },
    onExchange: record.onExchange,
    onWait,
  })
  const startedAtMs = clock.now()
  const marker = writes === 'allowed' ? markerOf(clock, seed) : undefined
  const writing = marker === undefined ? {} : { writing: { reportId, marker } }
  const outcome = await run({ session, record, clock, tokens, seed, limits, useUp, selected, ...writing })
  let requests = session.sent
  if (profile !== undefined && hasLooked(outcome.ending) && familiesOf(selected).has('profile')) {
    const learning = {
      baseUrl,
      token: tokens.main,
      seed,
      limits,
      clock,
      fetch,
      timeoutMs,
      onWait: onWait ?? (() => {}),
    }
    requests += await checkProfile({ earlier: profile, record, ...learning })
  }
  const durationMs = clock.now() - startedAtMs
  const facts = {
    ...outcome,
    baseUrl,
    tokens,
    seed,
    limits,
    writes,
    useUp,
    profile,
    budget,
    marker,
    requests,
    durationMs,
  }
  return createReport({ ...facts, only, selected, record })
}

/** Every law; those of a profile only where there is one. */
function lawsWith(profile: VendorProfile | undefined): readonly LawName[] {
  return profile === undefined ? LAW_NAMES.filter((law) => LAWS[law].family !== 'profile') : LAW_NAMES
}

function defaultBudget(options: VerifyOptions): number {
  const { tokens, limits = 'on', writes = 'no', effort = 'usual', useUp = 'none' } = options
  const kept = (writes === 'allowed' ? WRITE_COST : 0) + (useUp === 'third' ? USE_UP_COST : 0)
  if (limits === 'off' || effort === 'thorough') return 400 + kept
  return 158 + (tokens.other === undefined ? 0 : 48) + (tokens.third === undefined ? 0 : 8) + kept
}

/** Begins with the time, so that no other run has it; letters and digits only, as any search finds those. */
function markerOf(clock: Clock, seed: number): string {
  return `hoodcontract${clock.wallNow().toString(36)}x${seed.toString(36)}`
}
