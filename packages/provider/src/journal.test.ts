import { describe, expect, test } from 'vitest'
import { jsonAnswer, withoutEnd } from './answer.ts'
import type { Exchange } from './answer.ts'
import type { Call } from './call.ts'
import { createEdge } from './edge.ts'
import type { Edge } from './edge.ts'
import { requestLine } from './journal.ts'
import type { RecordedRequest } from './journal.ts'

const TOKEN = 'secret/token+that=none-may-see'

interface Bench extends Edge {
  readonly logged: RecordedRequest[]
  ask(target: string, call?: Partial<Call>): Promise<Exchange>
}

/** An API with one list, whose answers take 3 ms. */
function bench(
  exchange: () => Promise<Exchange> = async () => withoutEnd(jsonAnswer(200, { total: 0, items: [] })),
): Bench {
  let nowMs = 1_000
  const logged: RecordedRequest[] = []
  const edge = createEdge({
    answer: async () => {
      nowMs += 3
      return exchange()
    },
    parametersOf: ({ path }) => (path === '/list' ? ['sort', 'page'] : undefined),
    hints: 'on',
    now: () => nowMs,
    onRequest: (request) => logged.push(request),
    pages: {
      defaultOrigin: 'http://mock.example',
      home: async () => ({ headers: {}, text: '' }),
      reference: () => ({ document: {}, token: '', tryIt: { token: '' } }),
    },
    control: { provider: 'mock', state: 'on', controls: [], target: {} },
    closing: new AbortController().signal,
    onError: () => {},
  })
  return {
    ...edge,
    logged,
    ask: (target, call) => {
      const [path = '', search = ''] = target.split(/\?(.*)/s)
      return edge.exchange({ method: 'GET', path, search, headers: { authorization: `Bearer ${TOKEN}` }, ...call })
    },
  }
}

async function json(exchange: Promise<Exchange>): Promise<unknown> {
  const { body } = (await exchange).answer
  return body.kind === 'bytes' ? JSON.parse(Buffer.from(body.bytes).toString()) : undefined
}

describe('a request that was answered', () => {
  test('is remembered and logged with what was asked, and what became of it', async () => {
    const { ask, logged, requests } = bench()
    await ask('/list?sort=-size%2Cname&page=1,3')
    const request = {
      time: 1_000,
      method: 'GET',
      path: '/list',
      search: 'sort=-size%2Cname&page=1,3',
      query: { sort: ['-size,name'], page: ['1,3'] },
      status: 200,
      ms: 3,
      faults: [],
    }
    expect([requests(), logged]).toEqual([[request], [request]])
    expect(requestLine(request)).toBe('GET /list?sort=-size%2Cname&page=1,3 200 3 ms')
  })

  test.each([
    `/list?sort=${TOKEN}`,
    `/list?sort=${encodeURIComponent(TOKEN)}`,
    `/list?${TOKEN}`,
    `/list/${encodeURIComponent(TOKEN)}`,
  ])('shows no token: %s', async (target) => {
    const { ask, logged } = bench()
    await ask(target)
    expect(JSON.stringify(logged)).not.toMatch(/none-may-see/)
    expect(logged.map(requestLine)).toEqual([expect.stringContaining('***')])
  })

  test('shows no value of a parameter that the operation does not take, which may be a key', async () => {
    const { ask, logged } = bench()
    await ask('/list?api_key=abc&sort=name')
    expect(logged[0]).toMatchObject({ search: 'api_key=***&sort=name', query: { api_key: ['***'], sort: ['name'] } })
  })

  test('has no status when a fault dropped the connection', async () => {
    const { ask, logged } = bench(async () => ({
      ...withoutEnd({ ...jsonAnswer(200, {}), body: { kind: 'drop' } }),
      faults: ['delay=5ms', 'drop'],
    }))
    await ask('/list')
    expect(logged.map(requestLine)).toEqual(['GET /list no answer 3 ms; fault: delay=5ms, drop'])
  })

  test('has no status when its caller has gone, and a 500 when the answer failed', async () => {
    const failing = bench(() => Promise.reject(new Error('broken')))
    await failing.ask('/list')
    await expect(failing.ask('/list', { signal: AbortSignal.abort() })).rejects.toThrow('broken')
    expect(failing.logged.map(({ status }) => status)).toEqual([500, null])
  })

  test('is no page, no preflight, and no call of the control endpoint', async () => {
    const { ask, requests } = bench()
    await ask('/')
    await ask('/openapi.json')
    await ask('/list', { method: 'OPTIONS' })
    await ask('/_mock/requests')
    expect(requests()).toEqual([])
  })

  test('is forgotten when a thousand others have come', async () => {
    const { ask, requests } = bench()
    for (let page = 0; page < 2_345; page += 1) await ask(`/list?page=${page}`)
    expect([requests().length, requests()[0]?.search, requests().at(-1)?.search]).toEqual([
      1_000,
      'page=1345',
      'page=2344',
    ])
  })
})

describe('the requests that were remembered', () => {
  const three = async (): Promise<Bench> => {
    const at = bench()
    await at.ask('/list?sort=-size&page=1')
    await at.ask('/list?sort=name', { headers: { authorization: 'bearer other' } })
    await at.ask('/list/42', { method: 'POST' })
    return at
  }

  test.each([
    ['', 3],
    ['method=get', 2],
    ['path=/list', 2],
    ['path=/list/*', 1],
    ['path=*', 3],
    ['status=200', 3],
    ['status=500', 0],
    ['query.sort=-size', 1],
    ['query.sort=*', 2],
    ['query.sort=-size&query.page=2', 0],
    ['query.toString=x', 0],
    ['token=other', 1],
    ['method=GET&path=/list&query.sort=name&token=other&status=200', 1],
  ])('are counted over the control endpoint: ?%s has %i', async (search, count) => {
    const { ask } = await three()
    const answer = await json(ask(`/_mock/requests?${search}`))
    expect(answer).toMatchObject({ count, requests: { length: count } })
  })

  test('are forgotten, all or those that match', async () => {
    const { ask, requests } = await three()
    await ask('/_mock/requests?token=other', { method: 'DELETE' })
    expect(requests().map(({ method }) => method)).toEqual(['GET', 'POST'])
    expect(await json(ask('/_mock/requests', { method: 'DELETE' }))).toEqual({})
    expect(requests()).toEqual([])
  })

  test.each([
    ['sort=-size', 'requests are not picked by "sort": give method, path, status, token, query.NAME'],
    ['status=ok', 'status: "ok" is none: give one such as 200'],
    ['path=list', 'path: "list" can never match: start it with / or *'],
  ])('are not counted by mistake: ?%s is a 400', async (search, message) => {
    const { ask } = await three()
    expect(await json(ask(`/_mock/requests?${search}`))).toMatchObject({
      code: 400,
      message: expect.stringContaining(message) as string,
    })
  })
})

describe('X-Hint', () => {
  test.each([
    [
      'sort[]=name&sort[]=size',
      'the query parameter "sort[]" is not documented and was ignored: send one, such as sort=a,b',
    ],
    ['sorts=name', 'the query parameter "sorts" is not documented and was ignored: did you mean "sort"?'],
    ['SORT=name', 'the query parameter "SORT" is not documented and was ignored: did you mean "sort"?'],
    ['x%20y=1', 'the query parameter "x y" is not documented and was ignored'],
    ['\u0161=1', String.raw`the query parameter "\u0161" is not documented and was ignored`],
  ])('says what was ignored of ?%s, in answer, journal and log', async (search, hint) => {
    const { ask, requests, logged } = bench()
    const { answer } = await ask(`/list?${search}`)
    expect(answer.headers['x-hint']).toBe(hint)
    expect(answer.headers['access-control-expose-headers']).toContain('X-Hint')
    expect(requests()[0]?.hint).toBe(hint)
    expect(logged.map(requestLine)).toEqual([expect.stringMatching(/; hint: the query parameter /)])
  })

  test.each(['/list', '/list?sort=name&page=1', '/other?sotr=name'])('has nothing to say of %s', async (target) => {
    expect((await bench().ask(target)).answer.headers['x-hint']).toBeUndefined()
  })
})
