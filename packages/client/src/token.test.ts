import { describe, expect, test } from 'vitest'
import { CORES } from './fixtures/client-under-test.ts'

describe.each(CORES)('a token function of a client %s', (_name, arrange) => {
  test('is asked when the place in the quota is granted: no token ends while its call waits', async () => {
    const ages: number[] = []
    const { client, clock, standIn } = arrange({ limits: 'on' }, { token: async () => `t${clock.now()}` })
    await clock.runUntilSettled(Promise.all(Array.from({ length: 400 }, () => client.list())))
    for (const { headers, atMs } of standIn.requests) {
      ages.push(atMs - Number(headers.get('authorization')?.replace('Bearer t', '')))
    }
    expect(new Set(ages)).toEqual(new Set([0]))
  })

  test('is asked once more after a 401', async () => {
    const tokens = ['old', 'new']
    const { client, clock, standIn } = arrange({}, { token: () => tokens.shift() ?? 'none' })
    standIn.next({ kind: 'status', status: 401 })
    await clock.runUntilSettled(client.list())
    expect(standIn.requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new'])
  })

  test('that remembers its token gets a second to notice that it has ended', async () => {
    const { client, clock, standIn } = arrange({}, { token: () => (clock.now() < 900 ? 'old' : 'new') })
    standIn.next({ kind: 'status', status: 401 })
    await clock.runUntilSettled(client.list())
    expect(standIn.requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new'])
    expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 1_000])
  })

  test('is not asked a third time', async () => {
    const { client, standIn, fails } = arrange({}, { token: () => 'wrong' })
    standIn.next({ kind: 'status', status: 401 }, { kind: 'status', status: 401 })
    expect(await fails(client.list())).toMatchObject({ kind: 'unauthorized', attempts: 2 })
  })

  test('that never answers ends with the timeout, and gives its place back', async () => {
    const { client, fails } = arrange({}, { token: () => new Promise<string>(() => undefined), timeoutMs: 5_000 })
    expect(await fails(client.list())).toMatchObject({ kind: 'timeout', attempts: 0 })
    expect(client.limiter.snapshot()).toMatchObject({ inFlight: 0, queued: 0 })
  })

  test('a fixed token is not sent again after a 401', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 401 })
    expect(await fails(client.list())).toMatchObject({ kind: 'unauthorized', attempts: 1 })
  })
})

describe.each(CORES)('Retry-After of a failure, with a client %s', (_name, arrange) => {
  const failure = (retryAfter: string) =>
    ({ kind: 'answer', status: 503, headers: { 'retry-after': retryAfter } }) as const

  test('is waited for, with the jitter on top', async () => {
    const { client, clock, standIn } = arrange()
    standIn.next(failure('5'))
    await clock.runUntilSettled(client.list())
    expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 5_250])
  })

  test('that is longer than allowed ends the call', async () => {
    const { client, standIn, fails } = arrange({}, { maxRetryAfterMs: 4_000 })
    standIn.next(failure('5'))
    expect(await fails(client.list())).toMatchObject({ kind: 'server', status: 503, attempts: 1 })
  })

  test.each([520, 522, 524])('a %i of a gateway is tried again', async (status) => {
    const { client, clock, standIn } = arrange()
    standIn.next({ kind: 'answer', status })
    await clock.runUntilSettled(client.list())
    expect(standIn.requests).toHaveLength(2)
  })

  test('a 501 is final', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'answer', status: 501 })
    expect(await fails(client.list())).toMatchObject({ kind: 'server', attempts: 1 })
  })

  test('another tier is an event, once', async () => {
    const { client, clock, standIn, events } = arrange()
    const headers = { 'x-ratelimit-limit': '350', 'x-ratelimit-remaining': '349', 'x-ratelimit-reset': '1' }
    const answer = { kind: 'answer', body: '{"total":0,"items":[]}', headers } as const
    standIn.next(answer, answer)
    await clock.runUntilSettled(client.list())
    await clock.runUntilSettled(client.list())
    expect(events.filter(({ type }) => type === 'tier')).toMatchObject([
      { type: 'tier', tier: 'E', limits: [350, 3500] },
    ])
  })
})
