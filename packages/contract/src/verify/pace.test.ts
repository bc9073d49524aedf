import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { createManualClock } from '@hood-exports/client/testing'
import { DEMO_TOKENS, createSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listRequest } from './test-request.ts'
import type { Credential } from './credential.ts'
import { MAIN } from './credential.ts'
import type { Answer } from './exchange.ts'
import { createPace, sleep } from './pace.ts'
import { verify } from './verify.ts'

const [{ limit: BURST }, { limit: STEADY }] = RATE_LIMIT_WINDOWS
const OTHER: Credential = { kind: 'token', of: 'other' }

/** An answer to the main account that says what is left of the minute, and for how many seconds. */
function answer(remaining: number, resetS: number, atMs: number, credential: Credential = MAIN): Answer {
  const headers = new Headers({
    'x-ratelimit-limit': String(STEADY),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(resetS),
  })
  const moments = { sentAtMs: atMs, headAtMs: atMs, headAtWallMs: atMs }
  return {
    kind: 'answer',
    request: listRequest({}, credential),
    status: 200,
    headers,
    bytes: new Uint8Array(),
    ...moments,
  }
}

const silent = (atMs: number): Answer => ({ ...answer(0, 0, atMs), headers: new Headers() })

describe('the next request', () => {
  test('leaves a second after the tenth before it has ended', () => {
    const pace = createPace()
    for (let index = 0; index < BURST; index += 1) pace.count(silent(100 * index), 100 * index)
    expect(pace.openingFor(MAIN, 950)).toBe(1_000)
  })

  test('of another account leaves at once', () => {
    const pace = createPace()
    for (let index = 0; index < BURST; index += 1) pace.count(silent(0), 0)
    expect(pace.openingFor(OTHER, 0)).toBe(0)
  })

  test('leaves a minute after the 150th before it has ended, where no answer describes the minute', () => {
    const pace = createPace()
    for (let index = 0; index < STEADY; index += 1) pace.count(silent(200 * index), 200 * index)
    expect(pace.openingFor(MAIN, 31_000)).toBe(60_000)
  })

  test('leaves at the end of the minute that answers tell of, which may be rounded down', () => {
    const pace = createPace()
    for (let index = 0; index < STEADY; index += 1) pace.count(answer(STEADY - 1 - index, 12, 18_000), 18_000)
    expect(pace.openingFor(MAIN, 20_000)).toBe(31_000)
  })

  test('leaves at once when answers tell of a new minute, however many were sent in the old one', () => {
    const pace = createPace()
    for (let index = 0; index < STEADY; index += 1) pace.count(silent(200 * index), 200 * index)
    pace.count(answer(STEADY - 1, 60, 31_000), 31_000)
    expect(pace.openingFor(MAIN, 31_001)).toBe(31_001)
  })

  test('waits for the end of a minute that other requests have used up', () => {
    const pace = createPace()
    pace.count(answer(1, 40, 0), 0)
    expect(pace.openingFor(MAIN, 500)).toBe(41_000)
  })

  test('waits so three times, and then believes the provider no more', () => {
    const pace = createPace()
    for (const atMs of [0, 60_000, 120_000]) {
      pace.count(answer(0, 40, atMs), atMs)
      expect(pace.openingFor(MAIN, atMs)).toBe(atMs + 41_000)
    }
    pace.count(answer(0, 40, 180_000), 180_000)
    expect(pace.openingFor(MAIN, 180_000)).toBe(180_000)
  })

  test('does not wait for the quota of requests without a valid token', () => {
    const pace = createPace()
    pace.count(answer(0, 40, 0, { kind: 'none' }), 0)
    expect(pace.openingFor(MAIN, 0)).toBe(0)
  })
})

interface Situation {
  /** Seconds of the minute that are over when the run begins. */
  readonly intoMinuteS: number
  readonly latencyMs: number
  /** Requests of others in this minute before. */
  readonly usedBefore: number
}

/** How long a run waits, in milliseconds of virtual time, and what it finds. */
async function runAgainstSandbox({ intoMinuteS, latencyMs, usedBefore }: Situation) {
  const clock = createManualClock({ now: 0, wall: Date.UTC(2026, 0, 1) + intoMinuteS * 1_000 })
  const sandbox = createSandbox({ items: 60, limits: 'on', clock: { now: () => clock.wallNow() } })
  onTestFinished(() => sandbox.close())
  const url = 'http://provider.example/v1/hood/exports'
  for (let count = 0; count < usedBefore; count += 1) {
    if (count > 0 && count % BURST === 0) await clock.advance(1_000)
    await sandbox.fetch(new Request(url, { headers: { authorization: `Bearer ${DEMO_TOKENS.main}` } }))
  }
  const waitsMs: number[] = []
  const run = verify({
    baseUrl: 'http://provider.example',
    tokens: { main: DEMO_TOKENS.main, other: DEMO_TOKENS.otherAccount },
    seed: 1,
    clock,
    fetch: async (target, init) => {
      await sleep(latencyMs, clock)
      return sandbox.fetch(new Request(target, init))
    },
    onWait: (ms) => waitsMs.push(ms),
  })
  const { ending, violations } = await clock.runUntilSettled(run)
  return { waitsMs, ending, violations }
}

describe('a run', () => {
  test.each(
    [0, 20, 45, 50, 55, 59].flatMap((intoMinuteS) =>
      [5, 40].map((latencyMs) => ({ intoMinuteS, latencyMs, usedBefore: 0 })),
    ),
  )('fits into the quota without a wait, from second $intoMinuteS of the minute, $latencyMs ms away', async (given) => {
    expect(await runAgainstSandbox(given)).toEqual({ waitsMs: [], ending: { kind: 'completed' }, violations: [] })
  })

  test('waits once for the end of a minute that was used up before, and reports how long', async () => {
    const given = { intoMinuteS: 20, latencyMs: 5, usedBefore: STEADY }
    // Sending so many takes 14 seconds: 26 are left of the minute.
    expect(await runAgainstSandbox(given)).toEqual({
      waitsMs: [26_020],
      ending: { kind: 'completed' },
      violations: [],
    })
  })
})
