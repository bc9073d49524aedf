import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { parseQuota } from '@hood-exports/client/rate-limit'
import type { Answer, Evidence } from '@hood-exports/openapi/profile'
import type { Answer as Response, Exchange } from '../verify/exchange.ts'
import { sleep } from '../verify/pace.ts'
import { decide, notSeen } from './decide.ts'
import { redacted } from './look.ts'
import { SMALL_LIST } from './probe.ts'
import type { Answers, Probe } from './probe.ts'

const ROUNDINGS = ['up', 'down', 'nearest'] as const
const STARTS = ['clock', 'first-request'] as const

/** An answer with a quota: it was counted between the two moments, in milliseconds. */
interface Sample {
  readonly fromMs: number
  readonly toMs: number
  readonly limit: number
  readonly remaining: number
  readonly resetMs: number
}

/** Samples of one window, from its first on. */
interface Window {
  readonly samples: readonly Sample[]
  /** Whether its first request is known to be one of the run. */
  readonly isOpened: boolean
}

interface Interval {
  readonly fromMs: number
  readonly toMs: number
}

const [SECOND, MINUTE] = RATE_LIMIT_WINDOWS

/** How `Reset` is rounded, and when windows begin: seen where one window ends and the next one begins. */
export async function learnWindows(probe: Probe): Promise<Answers> {
  const samples = samplesOf(probe.exchanges)
  const newest = samples.at(-1)
  const evidence: Evidence[] = [
    { request: redacted(SMALL_LIST), seen: `X-RateLimit-Reset in ${samples.length} answers` },
  ]
  if (newest === undefined) {
    const none = notSeen('no answer has X-RateLimit-Reset')
    return { 'quota.reset-rounding': none, 'quota.window-start': none }
  }
  const isLong = samples.every(({ limit }) => limit === newest.limit) && samples.some(({ resetMs }) => resetMs > 2_000)
  const { windows, lengthMs } = isLong
    ? { windows: await crossMinute(probe, samples), lengthMs: MINUTE.windowMs }
    : { windows: await crossSeconds(probe), lengthMs: SECOND.windowMs }
  const left = ROUNDINGS.flatMap((rounding) =>
    STARTS.filter((start) => explains(windows, { rounding, start, lengthMs })).map((start) => ({ rounding, start })),
  )
  return {
    'quota.reset-rounding': among(ROUNDINGS, (value) => left.some(({ rounding }) => rounding === value), evidence),
    'quota.window-start': among(STARTS, (value) => left.some(({ start }) => start === value), evidence),
  }
}

function among<Value>(
  values: readonly Value[],
  isLeft: (value: Value) => boolean,
  evidence: readonly Evidence[],
): Answer<Value> {
  return decide(
    values.map((value) => ({ value, fits: isLeft(value) })),
    evidence,
  )
}

function samplesOf(exchanges: readonly Exchange[]): readonly Sample[] {
  return exchanges.flatMap((one) =>
    one.kind === 'answer' && one.request.credential.kind === 'token' ? sampleOf(one) : [],
  )
}

function sampleOf({ headers, sentAtMs, headAtMs }: Response): Sample[] {
  const quota = parseQuota(headers)
  if (quota.kind === 'absent' || quota.resetS === undefined) return []
  const { limit, remaining, resetS } = quota
  return [{ fromMs: sentAtMs, toMs: headAtMs, limit, remaining, resetMs: resetS * 1_000 }]
}

/**
 * Behind the end that a window has if `Reset` is rounded up: if to the nearest, it is half a second later, if down a
 * whole one. A request behind each of these moments shows which of them it was, and late enough to show whether it
 * began the next window.
 */
const BEHIND_MS = [250, 750, 1_250]

async function crossMinute(probe: Probe, before: readonly Sample[]): Promise<readonly Window[]> {
  const samples = await narrowed(probe, [...before, ...(await sample(probe))])
  const first = windowsOf(samples, 'minute').at(-1)
  const end = first && endOf(first, 'up')
  if (first === undefined || end === undefined) return []
  const crossing = [...first.samples]
  for (const behindMs of BEHIND_MS) {
    await waitUntil(probe, (end.fromMs + end.toMs) / 2 + behindMs - travelMs(samples))
    crossing.push(...(await sample(probe)))
    if (windowsOf(crossing, 'minute').length > 1) break
  }
  return windowsOf(await narrowed(probe, crossing), 'minute')
}

/** What a request takes to get there: half of what the middle one takes there and back. */
function travelMs(samples: readonly Sample[]): number {
  const times = samples.map(({ fromMs, toMs }) => toMs - fromMs).toSorted((one, other) => one - other)
  return (times[Math.floor(times.length / 2)] ?? 0) / 2
}

const STEPS = 5

/** Halves what is known of the end of the newest window, by samples at moments at which `Reset` changes or not. */
async function narrowed(probe: Probe, samples: readonly Sample[]): Promise<readonly Sample[]> {
  let all = samples
  for (let step = 0; step < STEPS; step += 1) {
    const newest = windowsOf(all, 'minute').at(-1)
    const end = newest && endOf(newest, 'up')
    if (end === undefined || end.toMs - end.fromMs < 20) break
    const nowMs = probe.clock.now()
    const middleMs = (end.fromMs + end.toMs) / 2 - travelMs(all)
    await waitUntil(probe, nowMs + ((((middleMs - nowMs) % 1_000) + 1_000) % 1_000))
    all = [...all, ...(await sample(probe))]
  }
  return all
}

const ROUNDS = 4
const PAUSE_MS = 1_250
const STEP_MS = 300

/** After a pause a request begins a window, or finds a fresh one; two more follow within a second. Each round is a quarter of a second later. */
async function crossSeconds(probe: Probe): Promise<readonly Window[]> {
  const { clock } = probe
  const windows: Window[] = []
  const startMs = clock.now()
  for (let round = 0; round < ROUNDS; round += 1) {
    await waitUntil(probe, Math.max(clock.now() + PAUSE_MS, startMs + (round + 1) * 3_250))
    const samples: Sample[] = []
    for (let count = 0; count < 3; count += 1) {
      if (count > 0) await sleep(STEP_MS, clock)
      samples.push(...(await sample(probe)))
    }
    const found = windowsOf(samples, 'second')
    // Where others use the account as well, the window may have been theirs.
    const isOwn = found.every(({ samples: [one], isOpened }) => isOpened && one !== undefined)
    if (samples.length === 3 && isOwn) windows.push(...found)
  }
  return windows
}

async function sample({ session }: Probe): Promise<readonly Sample[]> {
  const answer = session.left > 0 ? await session.send(SMALL_LIST, 'fresh') : undefined
  return answer === undefined ? [] : sampleOf(answer)
}

async function waitUntil({ clock, onWait }: Probe, atMs: number): Promise<void> {
  const waitMs = atMs - clock.now()
  if (waitMs > 2_000) onWait(waitMs)
  if (waitMs > 0) await sleep(waitMs, clock)
}

/** In a minute `Reset` falls, and rises by much where the next window begins. In a second only what is left tells. */
function windowsOf(samples: readonly Sample[], length: 'second' | 'minute'): readonly Window[] {
  const windows: Sample[][] = []
  for (const one of samples) {
    const last = windows.at(-1)?.at(-1)
    const isNew =
      last === undefined || (length === 'minute' ? one.resetMs > last.resetMs + 2_000 : one.remaining >= last.remaining)
    if (isNew) windows.push([one])
    else windows.at(-1)?.push(one)
  }
  return windows.map((some, index) => ({
    samples: some,
    isOpened: (length === 'second' || index > 0) && some[0] !== undefined && some[0].remaining >= some[0].limit - 1,
  }))
}

type Rounding = (typeof ROUNDINGS)[number]

/** The end of a window as all its answers say; undefined: they contradict each other. */
function endOf({ samples }: Window, rounding: Rounding): Interval | undefined {
  const lowMs = { up: -1_000, down: 0, nearest: -500 }[rounding]
  const highMs = lowMs + 1_000
  return intersection(
    samples.map(({ fromMs, toMs, resetMs }) => ({ fromMs: fromMs + resetMs + lowMs, toMs: toMs + resetMs + highMs })),
  )
}

function intersection(intervals: readonly Interval[]): Interval | undefined {
  const fromMs = Math.max(...intervals.map((one) => one.fromMs))
  const toMs = Math.min(...intervals.map((one) => one.toMs))
  return fromMs <= toMs ? { fromMs, toMs } : undefined
}

interface Hypothesis {
  readonly rounding: Rounding
  readonly start: (typeof STARTS)[number]
  readonly lengthMs: number
}

/** Whether windows that begin and are described like that give what came. */
function explains(windows: readonly Window[], { rounding, start, lengthMs }: Hypothesis): boolean {
  if (windows.length < 2) return true
  const ends = windows.map((window, index) => {
    const described = endOf(window, rounding)
    const [next, [first, ...others]] = [windows[index + 1]?.samples[0], window.samples]
    const last = others.at(-1) ?? first
    if (described === undefined || first === undefined || last === undefined) return undefined
    const constraints: Interval[] = [
      described,
      // It contains all its requests, and none of the next one.
      { fromMs: last.fromMs, toMs: first.toMs + lengthMs },
      { fromMs: -Infinity, toMs: next?.toMs ?? Infinity },
    ]
    if (start === 'first-request' && window.isOpened) {
      constraints.push({ fromMs: first.fromMs + lengthMs, toMs: first.toMs + lengthMs })
    }
    return intersection(constraints)
  })
  const known = ends.filter((end) => end !== undefined)
  if (known.length < ends.length) return false
  return start === 'first-request' || haveOnePhase(known, lengthMs)
}

/** Whether ends of windows can be whole multiples of the length apart. */
function haveOnePhase(ends: readonly Interval[], lengthMs: number): boolean {
  // Each boundary of an interval is a phase that all others must have, too.
  return ends.some((one) =>
    ends.every(({ fromMs, toMs }) => {
      const phaseMs = fromMs + ((((one.fromMs - fromMs) % lengthMs) + lengthMs) % lengthMs)
      return phaseMs <= toMs
    }),
  )
}
