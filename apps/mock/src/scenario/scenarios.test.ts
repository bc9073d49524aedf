import { describe, expect, test } from 'vitest'
import { LIST, mockBench, post } from '../testing/mock-bench.ts'

const fault = (text: string) => ({ headers: { 'x-fault': text } })

describe('X-Fault', () => {
  test.each([400, 401, 404, 429, 500])('status=%i is the documented answer', async (status) => {
    const { ask } = await mockBench()
    expect(await ask(LIST, fault(`status=${status}`))).toMatchObject({ status, json: { code: status } })
  })

  test.each(['-1', '0', '30'])('retry-after=%s is a 429 that says so', async (seconds) => {
    const { ask } = await mockBench()
    const { status, headers } = await ask(LIST, fault(`retry-after=${seconds}`))
    expect([status, headers['retry-after'], headers['x-ratelimit-limit']]).toEqual([429, seconds, undefined])
  })

  test('delay waits before the answer; a range by chance, the same for the same seed', async () => {
    const { ask, clock } = await mockBench()
    const reply = ask(LIST, fault('delay=250ms'))
    clock.advance(250)
    expect((await reply).status).toBe(200)
    const delays = async (seed: number): Promise<readonly number[]> => {
      const { ask, clock } = await mockBench({ seed, faults: 'delay=100-300ms' })
      for (let count = 0; count < 5; count += 1) {
        const reply = ask(LIST)
        clock.advance(300)
        await reply
      }
      return clock.slept
    }
    const first = await delays(1)
    expect(first.every((ms) => ms >= 100 && ms <= 300)).toBe(true)
    expect([await delays(1), new Set(first).size > 1]).toEqual([first, true])
    expect(await delays(2)).not.toEqual(first)
  })

  test('drop ends without an answer', async () => {
    const { ask } = await mockBench()
    await expect(ask(LIST, fault('drop'))).rejects.toThrow('fetch failed')
  })

  test.each([LIST, `${LIST}/1/download`])('truncate cuts the body of %s', async (path) => {
    const { send } = await mockBench()
    const response = await send(path, fault('truncate=10'))
    let text = ''
    const reading = async (): Promise<void> => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
    }
    await expect(reading()).rejects.toThrow('terminated')
    expect(text).toHaveLength(10)
  })

  test.each([
    ['html', 200, 'text/html; charset=utf-8', /^<!doctype html>/],
    ['empty-500', 500, undefined, /^$/],
    ['no-items', 200, 'application/json', /^\{"total":1\}$/],
    ['unknown-values', 200, 'application/json', /"status":"status-from-the-future"/],
  ])('%s is %i', async (name, status, mediaType, body) => {
    const { ask } = await mockBench()
    const reply = await ask(LIST, fault(name))
    expect([reply.status, reply.headers['content-type']]).toEqual([status, mediaType])
    expect(reply.text).toMatch(body)
  })

  test('takes several, and carries the true quota beside them', async () => {
    const { ask, clock } = await mockBench({ limits: 'on' })
    const reply = ask(LIST, fault('delay=5, status=500'))
    clock.advance(5)
    expect(await reply).toMatchObject({ status: 500, headers: { 'x-ratelimit-remaining': '149' } })
  })

  test('is a 400 that names the switch while faults are off: no test passes because nothing went wrong', async () => {
    const { ask } = await mockBench({ faults: 'off' })
    const { status, headers } = await ask(LIST, fault('status=500'))
    expect([status, headers['x-mock-reason']]).toEqual([400, 'faults are off: start the mock with --faults on'])
    expect((await ask(LIST)).status).toBe(200)
  })
})

describe('faults of every request', () => {
  test('happen to their share, and to the same requests for the same seed', async () => {
    const statuses = async (seed: number): Promise<number[]> => {
      const { ask } = await mockBench({ seed, faults: 'status=500@10%' })
      const seen: number[] = []
      for (let count = 0; count < 1_000; count += 1) seen.push((await ask(LIST)).status)
      return seen
    }
    const first = await statuses(1)
    expect(first.filter((status) => status === 500)).toHaveLength(113)
    expect(await statuses(1)).toEqual(first)
    expect(await statuses(2)).not.toEqual(first)
  })
})

describe('the control endpoint', () => {
  test('scripts the next requests of a path, in order, and then no more', async () => {
    const { ask } = await mockBench({ control: 'on' })
    await ask('/_mock/scenarios', post({ faults: 'status=500', times: 2, path: '/v1/*' }))
    const { json } = await ask('/_mock/scenarios', post({ prefer: 'example=empty', method: 'get' }))
    expect(json).toEqual({
      scenarios: [
        { faults: 'status=500', times: 2, path: '/v1/*' },
        { prefer: 'example=empty', method: 'get' },
      ],
    })
    expect([(await ask(LIST)).status, (await ask(LIST)).status]).toEqual([500, 500])
    expect((await ask(LIST)).json).toEqual({ total: 0, items: [] })
    expect((await ask('/_mock/scenarios', { method: 'DELETE' })).json).toEqual({ scenarios: [] })
    expect((await ask(LIST)).json).toMatchObject({ total: 5 })
  })

  test('takes the answers of every operation', async () => {
    const { ask } = await mockBench({ control: 'on' })
    expect((await ask('/_mock/scenarios', post({ prefer: 'code=202, example=running' }))).status).toBe(200)
    expect((await ask('/_mock/scenarios', post({ prefer: 'code=200, example=csv' }))).status).toBe(200)
    expect((await ask('/_mock/scenarios', post({ prefer: 'dynamic=true, seed=a' }))).status).toBe(200)
  })

  test('gives way to what a request asks for itself', async () => {
    const { ask } = await mockBench({ control: 'on' })
    await ask('/_mock/scenarios', post({ prefer: 'example=empty' }))
    expect((await ask(LIST, { headers: { prefer: 'example=onePage' } })).json).toMatchObject({ total: 5 })
  })

  test('scripts the requests of one token, beside those of others', async () => {
    const { ask } = await mockBench({ control: 'on' })
    const statuses = async (): Promise<number[]> => {
      const sent = ['one', 'two'].map((token) => ask(LIST, { headers: { authorization: `Bearer ${token}` } }))
      return (await Promise.all(sent)).map(({ status }) => status)
    }
    await ask('/_mock/scenarios', post({ faults: 'status=500', token: 'one' }))
    const { json } = await ask('/_mock/scenarios', post({ faults: 'status=404', token: 'two' }))
    expect(json).toMatchObject({ scenarios: [{ token: '***' }, { token: '***' }] })
    expect(await statuses()).toEqual([500, 404])
    await ask('/_mock/scenarios?token=one', { method: 'DELETE' })
    expect(await statuses()).toEqual([200, 404])
  })

  test('remembers what was asked, and what a fault did to it', async () => {
    const { ask, mock } = await mockBench({ control: 'on' })
    await ask(`${LIST}?sort=-size`)
    await ask(`${LIST}?sort[]=-size`, { headers: { 'x-fault': 'status=500' } })
    expect((await ask('/_mock/requests?query.sort=-size')).json).toMatchObject({
      count: 1,
      requests: [{ status: 200 }],
    })
    const [, second] = mock.requests()
    expect(second).toMatchObject({ status: 500, faults: ['status=500'], query: { 'sort[]': ['***'] } })
    expect(second?.hint).toContain('send one, such as sort=a,b')
    await ask('/_mock/reset', { method: 'POST' })
    expect(mock.requests()).toEqual([])
  })

  test('sets everything back: scenarios, quotas and chance', async () => {
    const { ask } = await mockBench({ control: 'on', limits: { windows: [{ limit: 2, windowMs: 60_000 }] } })
    const chances = async (): Promise<number[]> => {
      await ask('/_mock/scenarios', post({ faults: 'status=500@50%' }))
      return [(await ask(LIST)).status, (await ask(LIST)).status, (await ask(LIST)).status]
    }
    const first = await chances()
    expect(first[2]).toBe(429)
    expect((await ask('/_mock/reset', { method: 'POST' })).json).toEqual({})
    expect(await chances()).toEqual(first)
  })

  test('begins, and begins anew, with the scenarios that the mock was given', async () => {
    const { ask } = await mockBench({ control: 'on', scenarios: [{ faults: 'status=500', times: 1 }] })
    const statuses = async (): Promise<number[]> => [(await ask(LIST)).status, (await ask(LIST)).status]
    expect(await statuses()).toEqual([500, 200])
    await ask('/_mock/reset', { method: 'POST' })
    expect(await statuses()).toEqual([500, 200])
  })

  test.each([
    [post('{'), 400, 'the body is not an object of JSON'],
    [post('[]'), 400, 'the body is not an object of JSON'],
    [
      post({ fault: 'drop' }),
      400,
      '"fault" is not a member of a scenario: it has faults, prefer, path, method, times, token',
    ],
    [post({ times: '2' }), 400, '"times" must be a number'],
    [post({ times: 0 }), 400, 'times: 0; give a whole number from 1, or leave it out'],
    [post({ faults: 'explode' }), 400, '"explode" is not a fault'],
    [post({ prefer: 'x=1' }), 400, '"x=1" is not a preference'],
    [post({ prefer: 'return=minimal' }), 400, '"return=minimal" is not a preference'],
    [post({ prefer: 'code=418' }), 400, 'prefer: no operation has the answer "code=418"; /reference shows those that'],
    [post({ prefer: 'code=404, example=empty' }), 400, 'prefer: no operation has the answer "code=404, example=empty"'],
    [post({}), 400, 'a scenario without faults and prefer does nothing: give one, such as {"faults": "status=500"}'],
    [post({ faults: ' ', prefer: '', times: 2 }), 400, '"" is not a fault'],
    [post({ prefer: '', times: 2 }), 400, 'a scenario without faults and prefer does nothing'],
    [post({ path: 'v1/*' }), 400, 'path: "v1/*" can never match: start it with / or *, such as /v1/*'],
    [{ method: 'PUT' }, 405, '"PUT" does nothing here: use GET, POST, DELETE'],
  ])('refuses %j, and says why in header and body', async (options, status, reason) => {
    const { ask } = await mockBench({ control: 'on' })
    const reply = await ask('/_mock/scenarios', options)
    expect([reply.status, reply.headers['x-mock-reason']]).toEqual([status, expect.stringContaining(reason)])
    expect(reply.json).toMatchObject({ code: status, message: expect.stringContaining(reason) })
  })

  test('has nothing else', async () => {
    const { ask } = await mockBench({ control: 'on' })
    expect((await ask('/_mock/toString')).status).toBe(404)
  })

  test('is a 404 that names the switch while it is off', async () => {
    const { ask } = await mockBench()
    const reason = 'the control endpoint is off: start the mock with --control on'
    expect(await ask('/_mock/scenarios')).toMatchObject({
      status: 404,
      headers: { 'x-mock-reason': reason },
      json: { message: reason },
    })
  })
})
