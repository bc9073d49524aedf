import { createExportsClient } from '@hood-exports/client'
import { createManualClock } from '@hood-exports/client/testing'
import { createSandbox } from '@hood-exports/sandbox'
import { expect, test } from 'vitest'

const RUNS = 1_000
/** As many jobs as run beside each other. */
const AT_ONCE = 50
/** Between the acceptance of an export and its place in the list. */
const LISTED_AFTER_MS = 12_000

/** Small random numbers that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const reset = (): Error =>
  Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
const failure = (): Response => Response.json({ code: 500, title: 'Internal server error.' }, { status: 500 })

test('a thousand exports, made through drops, delays and failures at every step, are a thousand files, none made twice', async () => {
  const clock = createManualClock({ wall: Date.UTC(2026, 0, 1) })
  const random = seeded(7)
  const sandbox = createSandbox({ items: 0, clock: { now: () => clock.wallNow() }, makingSeconds: 3 })
  const statuses = new Map<number, number>()
  const kinds = { 'lost before': 0, 'lost after': 0, '500 before': 0, '500 after': 0, 'slow answer': 0 }

  /** Every fourth request goes wrong: before it arrives, after it was carried out, or its answer takes too long. */
  async function fetch(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const fate = Object.keys(kinds)[Math.floor(random() * 20)] as keyof typeof kinds | undefined
    if (fate) kinds[fate] += 1
    if (fate === 'lost before') throw reset()
    if (fate === '500 before') return failure()
    const response = await listedLate(await sandbox.fetch(new Request(url, { ...init, signal: null })), init)
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    if (fate === 'lost after') throw reset()
    if (fate === '500 after') return failure()
    if (fate === 'slow answer') {
      await new Promise<void>((resolve, reject) => {
        clock.setTimer(resolve, 40_000)
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
      })
    }
    return response
  }

  const acceptedAt = new Map<string, number>()
  /** An export is listed some seconds after its request was accepted. */
  async function listedLate(response: Response, { body }: RequestInit): Promise<Response> {
    if (response.status === 202 && typeof body === 'string') {
      acceptedAt.set((JSON.parse(body) as { name: string }).name, clock.now())
    }
    if (response.headers.get('content-type') !== 'application/json' || response.status !== 200) return response
    const { items } = (await response.json()) as { items: { name: string }[] }
    const isListed = ({ name }: { name: string }): boolean =>
      clock.now() - (acceptedAt.get(name.split(' - ')[0] ?? '') ?? -LISTED_AFTER_MS) >= LISTED_AFTER_MS
    const listed = items.filter(isListed)
    return Response.json({ total: listed.length, items: listed }, response)
  }

  const client = createExportsClient({ token: sandbox.tokens.main, fetch, clock, random })
  const files: string[] = []
  async function job(run: number): Promise<void> {
    const item = await client.makeExport(
      '17',
      { name: `Run ${run}`, out: 'csv' },
      { retries: 8, deadlineMs: 7_200_000 },
    )
    for (let attempts = 0; ; attempts += 1) {
      try {
        const download = await client.download(item)
        await download.text()
        expect(download.sizeCheck).toBe('matches')
        files.push(item.name)
        return
      } catch (error) {
        if (attempts === 8) throw error
      }
    }
  }

  for (let first = 0; first < RUNS; first += AT_ONCE) {
    // Three of ten makings fail: the API's own retry makes them good.
    await sandbox.setState('making an export takes', { seconds: 5, outcome: 'failed', times: 20 })
    await clock.runUntilSettled(Promise.all(Array.from({ length: AT_ONCE }, (_, index) => job(first + index))))
    // A state gives the account its whole quota again: not while the window still knows the requests before.
    await clock.advance(61_000)
  }

  const headers = { authorization: `Bearer ${sandbox.tokens.main}` }
  const list = await sandbox.fetch(new Request('http://sandbox/v1/hood/exports?page=1,1', { headers }))
  const { total } = (await list.json()) as { total: number }
  expect({ files: files.length, different: new Set(files).size, exports: total }).toEqual({
    files: RUNS,
    different: RUNS,
    exports: RUNS,
  })
  expect(statuses.get(429)).toBeUndefined()
  for (const [kind, times] of Object.entries(kinds))
    expect({ kind, happened: times > 100 }).toEqual({ kind, happened: true })
}, 120_000)
