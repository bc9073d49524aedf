import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { DEFAULT_CHOICES } from './choices.ts'
import type { SandboxOptions } from './sandbox.ts'
import { LIST, REPORT, bench } from './testing/bench.ts'
import type { Bench } from './testing/bench.ts'

const { 'page.default-size': defaultPageSize, 'page.largest-size': maxPageSize } = DEFAULT_CHOICES
const leftOutOfDefaultView = Object.keys(DEFAULT_CHOICES['view.default'])

let shared: Bench
beforeAll(() => {
  shared = bench({ items: 200, limits: 'off', newTraceId: () => '99a84211-f73d-4ff8-acdf-eb3e06bb9d62' })
})
afterAll(() => shared.sandbox.close())

describe('a token', () => {
  test.each([
    ['none', {}],
    ['an unknown one', { authorization: 'Bearer unknown' }],
    ['one without a scheme', { authorization: 'sandbox-ana' }],
    ['one of another scheme', { authorization: 'Basic sandbox-ana' }],
    ['two of them', { authorization: 'Bearer sandbox-ana sandbox-boris' }],
    ['an empty one', { authorization: 'Bearer ' }],
  ])('%s is a 401 in the vendor’s words, for every path', async (_title, headers) => {
    for (const path of [LIST, `${LIST}/1000000`, `${LIST}/1000000/download`, '/v1/nothing']) {
      const { status, json, headers: sent } = await shared.ask(path, { token: null, headers })
      expect({ status, json }).toEqual({
        status: 401,
        json: { code: 401, title: 'Unauthorized.', message: 'Unauthorized.', trace_id: '{}' },
      })
      expect(sent['x-sandbox-reason']).toContain('Authorization: Bearer')
    }
  })

  test('is taken whatever the case of its scheme', async () => {
    expect((await shared.ask(LIST, { token: null, headers: { authorization: 'bearer  sandbox-ana' } })).status).toBe(
      200,
    )
  })

  test('of the same account sees the same exports', async () => {
    const { main, sameAccount } = shared.sandbox.tokens
    expect(await shared.list('', { token: sameAccount })).toEqual(await shared.list('', { token: main }))
  })

  test('of another account sees none of them, in a list, by id or as a file', async () => {
    const { tokens } = shared.sandbox
    const token = tokens.otherAccount
    expect((await shared.list('?page=1,1000&fields=id', { token })).items.map(({ id }) => id)).toEqual(
      Array.from({ length: 120 }, (_, index) => String(2_000_000_119 - index)),
    )
    expect(await shared.list('?q=10000&q_fields=id', { token })).toEqual({ total: 0, items: [] })
    expect((await shared.ask(`${LIST}/1000000`, { token })).status).toBe(404)
    expect((await shared.ask(`${LIST}/1000000/download`, { token })).status).toBe(404)
    expect((await shared.ask(`${LIST}/2000000000`, { token: tokens.main })).status).toBe(404)
    expect((await shared.ask(`${LIST}/2000000000`, { token })).status).toBe(200)
  })

  test('of the empty account sees an empty list', async () => {
    expect(await shared.list('', { token: shared.sandbox.tokens.emptyAccount })).toEqual({ total: 0, items: [] })
  })

  test('of another account belongs to another company', async () => {
    const { tokens } = shared.sandbox
    const companies = await Promise.all(
      [tokens.main, tokens.otherAccount, tokens.thirdAccount].map(async (token) => {
        const { items } = await shared.list('?fields=company_id&page=1,1000', { token })
        return new Set(items.map((item) => item['company_id']))
      }),
    )
    expect(companies).toEqual([new Set(['1000001']), new Set(['2000001']), new Set(['3000001'])])
  })
})

describe('a view', () => {
  test('is the list’s envelope with the vendor’s sample', async () => {
    expect((await shared.ask(`${LIST}/1000000`)).json).toEqual({
      total: 1,
      items: [
        {
          id: '1000000',
          company_id: '1000001',
          creator_id: '1000001',
          resource: 'quick-reports',
          status: 'ready',
          name: 'Christmas list - 22.05.2025 11:44:32',
          description: 'help here',
          size: 125,
          extension: 'csv',
          mime_type: 'text/csv',
          download_url: '/v1/hood/customers/exports/1000000/download',
          attempt_count: 1,
          download_count: 1,
          failure_reason: 'Export failed due to an internal error. Please try again later.',
          expire_time: '2021-07-30 12:50:13',
          create_time: '2021-07-30 12:50:13',
          update_time: '2021-07-30 12:50:13',
        },
      ],
    })
  })

  test('takes fields before view', async () => {
    expect((await shared.ask(`${LIST}/1000000?view=default&fields=name,id,description`)).json).toEqual({
      total: 1,
      items: [{ id: '1000000', name: 'Christmas list - 22.05.2025 11:44:32', description: 'help here' }],
    })
  })

  test('"default" leaves out what was chosen, "full" nothing', async () => {
    const full = (await shared.list('?view=full&page=1,1')).items[0] ?? {}
    const byDefault = (await shared.list('?view=default&page=1,1')).items[0] ?? {}
    expect(Object.keys(full).filter((name) => !(name in byDefault))).toEqual(leftOutOfDefaultView)
  })

  test.each(['7', '01000000', '1000000000000000000000'])('of the id %s, which no export has, is a 404', async (id) => {
    const { status, json } = await shared.ask(`${LIST}/${id}`)
    expect({ status, json }).toEqual({
      status: 404,
      json: {
        code: 404,
        title: 'Not found.',
        message: 'The requested resource was not found.',
        trace_id: '99a84211-f73d-4ff8-acdf-eb3e06bb9d62',
      },
    })
  })
})

describe('a page', () => {
  test('without parameters has the newest ten, and the newer of one second by the larger id', async () => {
    const { sandbox, list } = bench({ items: 0 })
    for (let id = 1; id <= 12; id += 1) {
      const second = id === 4 ? '30' : '20'
      await sandbox.setState(`export ${id} exists`, { create_time: `2025-12-31 10:00:${second}` })
    }
    const { total, items } = await list()
    expect(total).toBe(12)
    expect(items.map(({ id }) => id)).toEqual(['4', '12', '11', '10', '9', '8', '7', '6', '5', '3'])
    sandbox.close()
  })

  test('has as many items as was chosen when it does not say', async () => {
    expect((await shared.list('?page=2')).items).toHaveLength(defaultPageSize)
  })

  test('after the last one is empty, and total still counts', async () => {
    expect(await shared.list('?page=9999999999999999999,1000')).toEqual({ total: 200, items: [] })
  })

  test('has at most as many items as was chosen', async () => {
    expect((await shared.ask(`${LIST}?page=1,${maxPageSize}`)).status).toBe(200)
    expect((await shared.ask(`${LIST}?page=1,${maxPageSize + 1}`)).status).toBe(400)
  })
})

describe('a request that is not valid says why in X-Sandbox-Reason, and the vendor’s words in the body', () => {
  test.each([
    ['?fields=nmae', '"fields" does not take "nmae": it takes id, company_id, creator_id'],
    ['?fields=', '"fields" does not take ""'],
    ['?view=wide', '"view" does not take "wide": it takes default or full'],
    ['?sort=id', '"sort" does not take "id": it takes resource, status'],
    ['?sort=--name', '"sort" does not take "-name"'],
    ['?sort=name,', '"sort" does not take ""'],
    ['?page=0', '"page" does not take "0": it takes N or N,M, both whole numbers from 1'],
    ['?page=1,2,3', '"page" does not take "1,2,3"'],
    ['?page=1,9000', '"page" does not take 9000 items in a page: it takes up to 1000'],
    ['?q=a&q_fields=failure_reason', '"q_fields" does not take "failure_reason": it takes id, resource, name'],
    ['?q=a&q=b', '"q" is sent more than once'],
    ['?q=%ff', '"%ff" is not percent-encoded UTF-8'],
    ['?q_fields=na%C3%A9e', '"q_fields" does not take "na\\u00e9e"'],
    ['/12a', '"12a" is not an id: ids are strings of digits'],
  ])('%s', async (search, reason) => {
    const { status, json, headers } = await shared.ask(`${LIST}${search}`)
    expect({ status, json }).toEqual({
      status: 400,
      json: {
        code: 400,
        title: 'Bad request.',
        message: 'The request is not valid.',
        trace_id: '99a84211-f73d-4ff8-acdf-eb3e06bb9d62',
      },
    })
    expect(headers['x-sandbox-reason']?.startsWith(reason)).toBe(true)
  })
})

describe('other requests', () => {
  test.each([
    [LIST, ['POST', 'PUT', 'PATCH', 'DELETE'], 'GET, HEAD'],
    [`${LIST}/1000000`, ['POST', 'PUT', 'PATCH', 'DELETE'], 'GET, HEAD'],
    [`${LIST}/1000000/download`, ['POST', 'PUT', 'PATCH', 'DELETE'], 'GET, HEAD'],
    [`${LIST}/1000000/retry`, ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'], 'POST'],
    [REPORT, ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'], 'POST'],
  ])('of %s by another method are a 405 that says what is allowed', async (path, methods, allow) => {
    for (const method of methods) {
      const { status, headers } = await shared.ask(path, { method })
      expect([method, status, headers['allow']]).toEqual([method, 405, allow])
    }
  })

  test('of an unknown path are a 404', async () => {
    expect((await shared.ask('/v1/hood/export')).status).toBe(404)
  })

  test('parameters that are not documented are ignored', async () => {
    expect(await shared.list('?state=ready&utm_source=%zz')).toEqual(await shared.list())
  })

  test('HEAD has the headers of GET and no body', async () => {
    const [head, get] = [await shared.ask(LIST, { method: 'HEAD' }), await shared.ask(LIST)]
    expect(head.text).toBe('')
    expect(head.headers).toEqual({
      ...get.headers,
      'x-ratelimit-remaining': head.headers['x-ratelimit-remaining'],
    })
  })

  test.each([LIST, `${LIST}/1/retry`, REPORT])('a browser may call %s from a page of any origin', async (path) => {
    const { status, headers, text } = await shared.ask(path, { method: 'OPTIONS', token: null })
    expect([status, text]).toEqual([204, ''])
    expect(headers['access-control-allow-methods']).toBe('GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS')
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['access-control-allow-headers']).toContain('Authorization')
  })
})

describe('the data', () => {
  const pages = async (options: SandboxOptions): Promise<unknown> => {
    const { sandbox, list } = bench({ limits: 'off', ...options })
    const all = await list('?page=1,1000')
    sandbox.close()
    return all
  }

  test('is the same for the same seed, on any day', async () => {
    expect(await pages({ items: 300, seed: 7 })).toEqual(
      await pages({ items: 300, seed: 7, clock: { now: () => Date.UTC(2031, 5, 5) } }),
    )
  })

  test('is another one for another seed', async () => {
    expect(await pages({ items: 300, seed: 7 })).not.toEqual(await pages({ items: 300, seed: 8 }))
  })
})

describe('a closed sandbox', () => {
  test('says so in place of an answer', async () => {
    const { sandbox, send } = bench({ items: 0 })
    sandbox.close()
    sandbox.close()
    await expect(send(LIST)).rejects.toThrow('The sandbox is closed: create another one')
  })
})

describe('an aborted request', () => {
  test('is not counted when it was aborted before it was sent', async () => {
    const { sandbox, ask, send } = bench({ items: 0 })
    await expect(send(LIST, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect((await ask(LIST)).headers['x-ratelimit-remaining']).toBe('149')
    sandbox.close()
  })
})

test('an error that nothing explains is a 500 in the vendor’s words, and goes to onError', async () => {
  const onError = vi.fn<(error: unknown) => void>()
  const { sandbox, ask } = bench({
    items: 0,
    onError,
    clock: { now: clockThatBreaksAfter(20) },
    newTraceId: () => '99a84211-f73d-4ff8-acdf-eb3e06bb9d62',
  })
  let reply = await ask(LIST)
  while (reply.status === 200) reply = await ask(LIST)
  expect(reply.json).toEqual({
    code: 500,
    title: 'Internal server error.',
    trace_id: '99a84211-f73d-4ff8-acdf-eb3e06bb9d62',
  })
  expect(onError).toHaveBeenCalledExactlyOnceWith(new Error('no time'))
  sandbox.close()
})

test('an error that nothing explains makes nothing, and gives the place in parallel back', async () => {
  const onError = vi.fn<(error: unknown) => void>()
  const newOperationId = (): string => {
    throw new Error('no id')
  }
  const limits = { windows: [{ limit: 90, windowMs: 60_000 }], parallel: 1 }
  const { sandbox, ask, list } = bench({ items: 3, limits, onError, newOperationId })
  const before = await list()
  expect((await ask(REPORT, { json: {} })).status).toBe(500)
  expect((await ask(`${LIST}/1000000/retry`, { method: 'POST' })).status).toBe(500)
  expect(await list()).toEqual(before)
  expect(onError).toHaveBeenCalledTimes(2)
  sandbox.close()
})

function clockThatBreaksAfter(calls: number): () => number {
  let left = calls
  return () => {
    left -= 1
    if (left < 0) throw new Error('no time')
    return 0
  }
}
