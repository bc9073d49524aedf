import { describe, expect, test } from 'vitest'
import { LIST, mockBench } from './testing/mock-bench.ts'

const { mock, ask, send } = await mockBench({ control: 'on' })

describe('an answer', () => {
  test('to a list is the vendor’s sample, with the quota of the document', async () => {
    const { status, headers, json } = await ask(`${LIST}?fields=id,name&sort=-create_time&page=2,50`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-ratelimit-limit': '150',
      'x-ratelimit-remaining': '149',
      'x-ratelimit-reset': '42',
    })
    expect(json).toMatchObject({ total: 5, items: [{ id: '1000000' }] })
  })

  test('to a download is a file in chunks, without a length', async () => {
    const response = await send(`${LIST}/1000000/download`)
    expect(response.headers.get('content-type')).toBe('text/csv')
    expect(response.headers.has('content-length')).toBe(false)
    const chunks: string[] = []
    for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString())
    expect(chunks).toEqual(['id,name\r\n', '1,Ana\r\n', '2,Bogdan\r\n'])
  })

  test('that was given before is the same again', async () => {
    const paths = [LIST, `${LIST}?page=0`, `${LIST}/abc`, '/nowhere']
    const first = await Promise.all(paths.map((path) => ask(path)))
    expect(await Promise.all(paths.map((path) => ask(path)))).toEqual(first)
  })

  test('depends on the token, also when the same path was asked with one before', async () => {
    expect((await ask(LIST)).status).toBe(200)
    expect((await ask(LIST, { headers: { authorization: '' } })).status).toBe(401)
    expect((await ask(LIST, { headers: { authorization: 'Basic YTpi' } })).status).toBe(401)
    expect((await ask(LIST, { headers: { authorization: 'bearer lower-case' } })).status).toBe(200)
  })

  test.each([
    [
      'no token',
      LIST,
      { authorization: '' },
      401,
      'Request has no credential that the document asks for, such as "Authorization: Bearer any"',
    ],
    ['an unsortable key', `${LIST}?sort=id`, {}, 400, 'Request query parameter sort.0 must be equal to one of'],
    ['page 0', `${LIST}?page=0`, {}, 400, 'Request query parameter page.0 must be >= 1'],
    ['three numbers as page', `${LIST}?page=1,2,3`, {}, 400, 'page must NOT have more than 2 items'],
    ['an unknown field', `${LIST}?fields=nmae`, {}, 400, 'fields.0 must be equal to one of the allowed values: id,'],
    ['an id that is none', `${LIST}/abc`, {}, 400, 'Request path parameter id must match pattern'],
    ['an id in a broken encoding', `${LIST}/%ff`, {}, 400, 'Request path is not UTF-8 in percent-encoding'],
    ['an unknown path', '/v2/exports', {}, 404, '"/v2/exports" is not a path of this API'],
    ['a code that is not documented', LIST, { prefer: 'code=418' }, 400, 'Prefer asks for what the document does not'],
    [
      'an example that does not exist',
      LIST,
      { prefer: 'example=nope' },
      400,
      'this operation has 200 (onePage, empty, selectedFields), 400 (badRequest)',
    ],
    ['such an example of a code', LIST, { prefer: 'code=404, example=nope' }, 400, '404 (notFound)'],
    ['a code and an example of another', LIST, { prefer: 'code=404, example=empty' }, 400, '200 (onePage, empty, sele'],
    ['the same, as Prism takes it', LIST, { prefer: 'code=404; example=empty' }, 400, '200 (onePage, empty, sele'],
    ['a code that is none', LIST, { prefer: 'code=abc' }, 400, '"code=abc" is not a preference: Prefer takes code='],
    ['a seed without a value', LIST, { prefer: 'dynamic=true, seed=' }, 400, '"seed=" is not a preference'],
    ['a fault that is none', LIST, { 'x-fault': 'explode' }, 400, '"explode" is not a fault: give status=500'],
  ])('to %s is an error in the documented shape, that says why', async (_title, path, headers, status, reason) => {
    const reply = await ask(path, { headers })
    expect(reply.status).toBe(status)
    expect(reply.headers['content-type']).toBe('application/json')
    expect(reply.headers['x-ratelimit-limit']).toBe('150')
    expect(reply.headers['x-mock-reason']).toContain(reason)
    expect(reply.json).toMatchObject({ code: status, title: expect.any(String), trace_id: expect.any(String) })
  })

  test('to HEAD has the head of GET and no body', async () => {
    const [get, head] = [await ask(LIST), await ask(LIST, { method: 'HEAD' })]
    expect(head).toEqual({ ...get, text: '', json: undefined })
  })

  test('to another method is a 405 that names those that are answered', async () => {
    const { status, headers, json } = await ask(LIST, { method: 'DELETE' })
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
    expect(json).toMatchObject({ code: 405, title: 'Method not allowed.' })
  })
})

describe('Prefer', () => {
  test.each([400, 401, 404, 429, 500])('code=%i chooses the documented example', async (code) => {
    const { status, headers, json } = await ask(`${LIST}/1000000`, { headers: { prefer: `code=${code}` } })
    expect([status, json]).toEqual([code, expect.objectContaining({ code })])
    expect('retry-after' in headers).toBe(code === 429)
    expect('x-ratelimit-limit' in headers).toBe(code !== 429)
  })

  test.each(['return=minimal', 'respond-async', 'wait=100', 'handling="strict"', 'exmaple=empty'])(
    '%s is ignored, as RFC 7240 asks it, and the answer says so',
    async (preference) => {
      const plain = await ask(LIST)
      const { status, text, headers } = await ask(LIST, { headers: { prefer: preference } })
      expect([status, text]).toEqual([200, plain.text])
      expect(headers['x-mock-reason']).toBe(
        `"${preference}" is ignored: Prefer takes code=<status>, example=<name>, dynamic=true|false and seed=<text>, ` +
          'separated by commas',
      )
    },
  )

  test('is read beside what is ignored, whatever the case of its letters', async () => {
    const reply = await ask(`${LIST}?page=0`, { headers: { prefer: 'respond-async, Code=400' } })
    expect(reply.status).toBe(400)
    expect(reply.headers['x-mock-reason']).toMatch(/^Request query parameter page.0 must be >= 1; "respond-async" is/)
    expect((await ask(LIST, { headers: { prefer: 'return=minimal; CODE = 404' } })).status).toBe(404)
  })

  test('example= chooses an example, also with its code', async () => {
    expect((await ask(LIST, { headers: { prefer: 'example=empty' } })).json).toEqual({ total: 0, items: [] })
    expect((await ask(LIST, { headers: { prefer: 'code=200, example=empty' } })).json).toEqual({ total: 0, items: [] })
  })

  test('dynamic=true makes an answer up, the same for the same request and seed', async () => {
    const headers = { prefer: 'dynamic=true' }
    const [once, another] = [await ask(LIST, { headers }), await ask(`${LIST}?page=2`, { headers })]
    expect(once.json).toEqual({ total: expect.any(Number), items: expect.any(Array) })
    expect(another.text).not.toBe(once.text)
    const [same, other] = await Promise.all([mockBench(), mockBench({ seed: 2 })])
    expect((await same.ask(LIST, { headers })).text).toBe(once.text)
    expect((await other.ask(LIST, { headers })).text).not.toBe(once.text)
    expect((await other.ask(LIST, { headers: { prefer: 'dynamic=true, seed=mine' } })).text).toBe(
      (await same.ask(LIST, { headers: { prefer: 'dynamic=true, seed=mine' } })).text,
    )
  })
})

test('what is made up keeps the schema, for every seed', async () => {
  for (let seed = 0; seed < 30; seed += 1) {
    const { json } = await ask(`${LIST}/1000000`, { headers: { prefer: `dynamic=true, seed=${seed}` } })
    expect(['1', 1]).toContain((json as { readonly total: unknown }).total)
  }
})

describe('browsers', () => {
  test('of any origin may call, also with credentials, and read the headers that a client needs', async () => {
    const { headers } = await ask(LIST, { headers: { origin: 'http://app.example' } })
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'http://app.example',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    })
    expect((await ask(LIST)).headers['access-control-allow-origin']).toBe('*')
    expect(headers['access-control-expose-headers']).toContain('X-RateLimit-Remaining')
    expect(headers['access-control-expose-headers']).toContain('Retry-After')
  })

  test('get their preflight answered without a token', async () => {
    const { status, headers } = await ask(LIST, { method: 'OPTIONS', headers: { authorization: '' } })
    expect([status, headers['access-control-allow-headers']]).toEqual([
      204,
      'Authorization, Content-Type, Prefer, X-Fault, *',
    ])
  })

  test('may send every header that their preflight names: a star means no header beside credentials', async () => {
    const asked = { origin: 'http://app.example', 'access-control-request-headers': 'authorization,traceparent' }
    const { headers } = await ask(LIST, { method: 'OPTIONS', headers: asked })
    expect(headers['access-control-allow-headers']).toBe('authorization,traceparent')
  })
})

describe('another document', () => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Mine', version: '1' },
    paths: {
      '/things': {
        get: { responses: { 200: { description: 'all', content: { 'application/json': { example: ['a'] } } } } },
        post: {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { type: 'object', required: ['name'] } } },
          },
          responses: { 201: { description: 'made', content: { 'application/json': { example: { id: 1 } } } } },
        },
      },
    },
  }

  test('is answered with its own methods and bodies; what it has no error for has the API’s shape', async () => {
    const { ask } = await mockBench({ document })
    const post = (body: string) =>
      ask('/things', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect((await ask('/things')).json).toEqual(['a'])
    expect(await post('{"name":"x"}')).toMatchObject({ status: 201, json: { id: 1 } })
    expect(await post('{"nme":"x"}')).toMatchObject({ status: 400, json: { code: 400, title: 'Bad request.' } })
    expect(await post('{"nme"')).toMatchObject({ status: 400, json: { code: 400 } })
    expect(await post('"'.repeat(1_000_001))).toMatchObject({ status: 413, json: { code: 413 } })
    expect(await ask('/things', { method: 'PUT' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, POST' },
    })
    expect(await ask('/')).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
  })

  test('that Prism cannot read is refused, and the old one stays', async () => {
    await expect(mock.useDocument({ openapi: '3.1.0', paths: {} })).rejects.toThrow('the document has no operations')
    expect((await ask(LIST)).status).toBe(200)
  })
})

describe('options', () => {
  test('out of their bounds are refused with the way out', async () => {
    await expect(mockBench({ seed: 1.5 })).rejects.toThrow('seed: 1.5; give a whole number')
    await expect(mockBench({ faults: 'explode' })).rejects.toThrow('"explode" is not a fault')
    await expect(mockBench({ limits: { windows: [] } })).rejects.toThrow('limits: no window is given')
    await expect(mockBench({ proxy: 'localhost' })).rejects.toThrow(
      'proxy: give an origin such as http://127.0.0.1:4020',
    )
  })
})
