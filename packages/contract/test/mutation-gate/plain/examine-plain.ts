import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createManualClock } from '@hood-exports/client/testing'
import type { ManualClock } from '@hood-exports/client/testing'
import { verify } from '../../../src/index.ts'
import type { Report, VerifyOptions } from '../../../src/index.ts'
import { WRITE_COST } from '../../../src/verify/run.ts'
import { BUDGET, SEED } from '../examine.ts'
import { PLAIN_TOKENS } from './account.ts'
import type { PlainChange } from './defect.ts'
import { createPlainServer } from './server.ts'

interface PlainProvided {
  readonly change?: PlainChange | undefined
  readonly limits: 'on' | 'off'
  readonly writes?: 'no' | 'allowed' | undefined
  readonly count?: number | undefined
  /** `thorough` sends 400 requests, and `third` uses a minute up. */
  readonly effort?: VerifyOptions['effort']
  readonly useUp?: VerifyOptions['useUp']
}

/** Verifies the plain provider over a socket, in virtual time: it stands still while a request is in flight. */
export async function examinePlain({
  change = {},
  limits,
  writes = 'no',
  count = 96,
  effort = 'usual',
  useUp = 'none',
}: PlainProvided): Promise<Report> {
  const parts = typeof change === 'function' ? change() : change
  const clock = createManualClock({ now: 0, wall: Date.UTC(2026, 0, 1) + 7_777 })
  const server = createPlainServer({ parts, limits, count, now: () => clock.wallNow() })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const inFlight = new Set<Promise<unknown>>()
  try {
    const run = verify({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      tokens: PLAIN_TOKENS,
      seed: SEED,
      ...(effort === 'usual' && useUp === 'none' && { budget: BUDGET + (writes === 'allowed' ? WRITE_COST : 0) }),
      effort,
      useUp,
      limits,
      writes,
      clock,
      fetch: async (url, init) => {
        const whole = fetchWhole(url, init)
        inFlight.add(whole)
        try {
          return await whole
        } finally {
          inFlight.delete(whole)
        }
      },
    })
    return await settledOf(run, clock, inFlight)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** An answer whose body has come, or will break off where it did. */
async function fetchWhole(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  const chunks: Uint8Array[] = []
  let broken: unknown
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk)
  } catch (error) {
    broken = error
  }
  const { status, headers } = response
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      if (broken === undefined) controller.close()
      else controller.error(broken)
    },
  })
  return new Response([101, 204, 205, 304].includes(status) ? null : body, { status, headers })
}

async function settledOf<Value>(
  work: Promise<Value>,
  clock: ManualClock,
  inFlight: ReadonlySet<Promise<unknown>>,
): Promise<Value> {
  let isSettled = false
  const mark = (): void => void (isSettled = true)
  work.then(mark, mark)
  while (!isSettled) {
    await new Promise((resolve) => void setImmediate(resolve))
    if (inFlight.size > 0) await Promise.allSettled(inFlight)
    else await clock.next()
  }
  return work
}
