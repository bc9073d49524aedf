import type { Admission } from '@hood-exports/provider'
import { describe, expect, test } from 'vitest'
import { LIST, mockBench } from '../testing/mock-bench.ts'
import { createQuota } from './quota.ts'

const WINDOWS = [
  { limit: 10, windowMs: 1_000 },
  { limit: 150, windowMs: 60_000 },
]

describe('the quota', () => {
  test('refuses the 11th request of a second, and admits again when the next one begins', async () => {
    const { ask, clock } = await mockBench({ limits: 'on', startMs: 300 })
    for (let count = 1; count <= 10; count += 1) {
      const { status, headers } = await ask(LIST)
      expect([status, headers['x-ratelimit-remaining'], headers['x-ratelimit-reset']]).toEqual([
        200,
        `${150 - count}`,
        '60',
      ])
    }
    const refused = await ask(LIST)
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1'])
    expect(refused.json).toMatchObject({ code: 429, title: 'Too many requests.' })
    expect(Object.keys(refused.headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([])
    clock.advance(699)
    expect((await ask(LIST)).status).toBe(429)
    clock.advance(1)
    expect((await ask(LIST)).status).toBe(200)
  })

  test('refuses the 151st request of a minute, and says how long the minute lasts', async () => {
    const { ask, clock } = await mockBench({ limits: 'on' })
    for (let second = 0; second < 15; second += 1) {
      for (let count = 0; count < 10; count += 1) expect((await ask(LIST)).status).toBe(200)
      clock.advance(1_000)
    }
    expect((await ask(LIST)).headers['retry-after']).toBe('45')
    clock.advance(45_000)
    expect((await ask(LIST)).headers['x-ratelimit-remaining']).toBe('149')
  })

  // For every phase, against a count that is independent of the implementation.
  test('is what the fixed windows say, for every phase and rhythm', () => {
    for (let phase = 0; phase < 1_000; phase += 37) {
      for (const step of [7, 90, 100, 333, 401]) {
        let nowMs = phase
        const quota = createQuota({ windows: WINDOWS }, () => nowMs)
        const admittedAt: number[] = []
        for (let count = 0; count < 400; count += 1, nowMs += step) {
          const isFree = WINDOWS.every(
            ({ limit, windowMs }) =>
              admittedAt.filter((at) => Math.floor(at / windowMs) === Math.floor(nowMs / windowMs)).length < limit,
          )
          const { kind } = quota.admit('any')
          expect(kind).toBe(isFree ? 'admitted' : 'used-up')
          if (kind === 'admitted') admittedAt.push(nowMs)
        }
      }
    }
  })

  test('is of each token, and a request without one uses nothing', async () => {
    const { ask } = await mockBench({ limits: { windows: [{ limit: 1, windowMs: 1_000 }] } })
    expect((await ask(LIST, { headers: { authorization: '' } })).headers['x-ratelimit-remaining']).toBe('1')
    expect((await ask(LIST)).status).toBe(200)
    expect((await ask(LIST)).status).toBe(429)
    expect((await ask(LIST, { headers: { authorization: 'Bearer other' } })).status).toBe(200)
  })

  test('is used by every answer but a 429, errors too', async () => {
    const { ask } = await mockBench({ limits: { windows: [{ limit: 3, windowMs: 1_000 }] } })
    expect((await ask(`${LIST}?page=0`)).headers['x-ratelimit-remaining']).toBe('2')
    expect((await ask('/nowhere')).headers['x-ratelimit-remaining']).toBe('1')
    expect((await ask(LIST, { headers: { prefer: 'nonsense' } })).headers['x-ratelimit-remaining']).toBe('0')
    expect((await ask(LIST)).status).toBe(429)
  })

  test('forgets the tokens used longest ago rather than to grow without end', () => {
    const quota = createQuota({ windows: WINDOWS }, () => 0)
    const use = (token: string): void => {
      const admission = quota.admit(token)
      if (admission.kind === 'admitted') admission.leave()
    }
    for (let token = 0; token < 30_000; token += 1) use(String(token))
    expect(remainingOf(quota.admit('0'))).toBe(149)
    expect(remainingOf(quota.admit('29999'))).toBe(148)
  })
})

describe('the limit on parallel requests', () => {
  test('says -1 until a request has ended', async () => {
    const { ask, send, clock } = await mockBench({ limits: { windows: WINDOWS, parallel: 2 } })
    const slow = send(LIST, { headers: { 'x-fault': 'delay=500' } })
    const download = await send(`${LIST}/1/download`)
    expect((await ask(LIST)).headers['retry-after']).toBe('-1')
    await download.text()
    expect((await ask(LIST)).status).toBe(200)
    const another = await send(`${LIST}/1/download`)
    expect((await ask(LIST)).headers['retry-after']).toBe('-1')
    clock.advance(500)
    expect((await slow).status).toBe(200)
    expect((await ask(LIST)).status).toBe(200)
    await another.body?.cancel()
  })

  test('is left when its caller has gone', async () => {
    const { ask, send, clock } = await mockBench({ limits: { windows: WINDOWS, parallel: 1 } })
    const caller = new AbortController()
    const slow = send(LIST, { headers: { 'x-fault': 'delay=500' }, signal: caller.signal })
    caller.abort()
    clock.advance(500)
    await expect(slow).rejects.toThrow('aborted')
    expect((await ask(LIST)).status).toBe(200)
  })

  test('is left after a request that could not be understood', async () => {
    const { ask } = await mockBench({ limits: { windows: WINDOWS, parallel: 1 } })
    expect((await ask(LIST, { headers: { 'x-fault': 'nonsense' } })).status).toBe(400)
    expect((await ask(LIST)).status).toBe(200)
  })
})

function remainingOf(admission: Admission): number | undefined {
  return admission.kind === 'admitted' ? admission.quotaAfter(200)?.remaining : undefined
}
