import { FAULTS, controlTable } from '@hood-exports/provider'
import { auditPage, chromium, whySkipped } from '@hood-exports/provider/testing'
import { describe, expect, test } from 'vitest'
import type { MockOptions } from '../mock.ts'
import { CONTROLS } from '../scenario/control.ts'
import { curlCall, curlLinesOf } from '../testing/curl-line.ts'
import { CREATE, LIST, mockBench, post } from '../testing/mock-bench.ts'

async function open(path: string, options: MockOptions = {}, host = 'mock.test:4010'): Promise<string> {
  const { ask } = await mockBench(options)
  const { status, text } = await ask(path, { headers: { authorization: '', host } })
  expect(status).toBe(200)
  return text
}

describe.each(['/', '/reference'])('the page %s', (path) => {
  test('needs no token, is not counted, and forbids the browser to load anything from elsewhere', async () => {
    const { ask } = await mockBench({ limits: 'on' })
    const { headers } = await ask(path, { headers: { authorization: '' } })
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';/)
    expect(headers['content-security-policy']).not.toContain('http')
    expect(headers['x-ratelimit-limit']).toBeUndefined()
  })

  test('names nothing from elsewhere', async () => {
    expect((await open(path)).replaceAll('http://mock.test:4010', '')).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })
})

describe('the start page', () => {
  test('shows each fault, and each control when it is on', async () => {
    const page = await open('/', { control: 'on' })
    for (const [name] of [...FAULTS, ...controlTable(CONTROLS)]) expect(page).toContain(`<code>${name}</code>`)
    expect(await open('/')).not.toContain('/_mock/scenarios')
  })

  test('shows the limits and the faults that this mock has', async () => {
    const page = await open('/', {
      limits: { windows: [{ limit: 3, windowMs: 1_000 }], parallel: 2 },
      faults: 'drop@5%',
    })
    expect(page).toContain('3 in 1 s; 2 at the same time')
    expect(page).toContain('<code>drop@5%</code>')
  })

  test('has lines of curl that the mock answers: a list, a filter, one that makes an export, and what can be asked for', async () => {
    const { ask } = await mockBench()
    const calls = curlLinesOf(await open('/')).map(curlCall)
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET ${LIST}`,
      `GET ${LIST}?status=ready&create_time=gte:2026-01-01`,
      `POST ${CREATE}`,
      `GET ${LIST}`,
      `GET ${LIST}`,
      `GET ${LIST}`,
      `GET ${LIST}`,
    ])
    const statuses: number[] = []
    for (const { path, headers, ...call } of calls) {
      // The last one waits for the time that it asks for.
      const fault = headers['X-Fault']?.replace('delay=250ms,', '')
      const reply = ask(path, { ...call, headers: { ...headers, ...(fault !== undefined && { 'X-Fault': fault }) } })
      statuses.push((await reply).status)
    }
    expect(statuses).toEqual([200, 200, 202, 404, 200, 200, 500])
  })

  test('has no line that makes something where requests are passed on, or where the document has none', async () => {
    const lines = curlLinesOf(await open('/', { proxy: 'http://127.0.0.1:4020' }))
    expect(lines.map(curlCall).map(({ method }) => method)).not.toContain('POST')
    expect(lines[0]).toContain('Bearer $TOKEN')
    const paths = { '/pets': { get: { responses: { 200: { description: 'All.' } } } } }
    const document = { openapi: '3.1.0', info: { title: 'Pets', version: '1' }, paths }
    for (const line of curlLinesOf(await open('/', { document }))) expect(curlCall(line).path).toBe('/pets')
  })

  test('says where the proxy passes requests on to', async () => {
    expect(await open('/', { proxy: 'http://127.0.0.1:4020' })).toContain('<code>http://127.0.0.1:4020</code>')
  })

  test('says whose quota is in the headers while the mock counts none', async () => {
    const headers = 'the <code>X-RateLimit-*</code> headers are'
    expect(await open('/')).toContain(`${headers} the examples of the description`)
    expect(await open('/', { proxy: 'http://127.0.0.1:4020' })).toContain(`${headers} those of the other side`)
  })

  test('shows examples for the host at which it was reached, and repeats no host that is none', async () => {
    expect(await open('/')).toContain('http://mock.test:4010/v1/hood/exports')
    const page = await open('/', {}, '"><script>alert(1)</script>')
    expect(page).not.toContain('alert')
    expect(page).toContain('http://127.0.0.1:4010/v1/hood/exports')
  })
})

describe('the reference', () => {
  test('is of the document, with this mock as its server', async () => {
    expect(JSON.parse(await open('/openapi.json'))).toMatchObject({
      info: { title: 'Hood exports' },
      servers: [{ url: 'http://mock.test:4010' }],
    })
  })

  test('has a curl line for each call, that the mock answers', async () => {
    const { ask } = await mockBench()
    const page = await open('/reference')
    const calls = curlLinesOf(page).map(curlCall)
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST', 'POST'])
    for (const call of calls) expect((await ask(call.path, call)).status).toBeLessThan(300)
  })

  test('offers forms to try each call on this mock, with a token that it takes', async () => {
    const page = await open('/reference')
    expect(page.match(/<form/g)?.length).toBe(5)
    expect(page).toContain('value="any"')
    expect(page).toContain('placeholder="Prefer: code=404"')
  })

  test('has a form for making an export, with a body that the mock takes', async () => {
    const { ask } = await mockBench()
    const [, body = ''] = /<textarea[^>]*>(.*?)<\/textarea>/s.exec(await open('/reference')) ?? []
    expect((await ask(CREATE, post(body.replaceAll('&quot;', '"')))).status).toBe(202)
  })

  test('shows no made-up token where requests are passed on', async () => {
    expect(await open('/reference', { proxy: 'http://127.0.0.1:4020' })).not.toContain('value="any"')
  })

  test('is of a document of one’s own, whatever it lacks', async () => {
    const document = {
      openapi: '3.1.0',
      info: { title: 'Pets', version: '1' },
      paths: { '/pets': { get: { responses: { 200: { description: 'All.' } } } } },
    }
    expect(await open('/reference', { document })).toContain('GET /pets')
  })
})

test.skipIf(chromium === undefined)(
  `the start page is accessible, in light and in dark colours, and fits a telephone${whySkipped}`,
  async () => expect(await auditPage(await open('/', { control: 'on', limits: 'on' }))).toEqual([]),
)
