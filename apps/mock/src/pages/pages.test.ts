import { describe, expect, test } from 'vitest'
import type { MockOptions } from '../mock.ts'
import { CONTROLS } from '../scenario/control.ts'
import { FAULTS } from '../scenario/fault.ts'
import { mockBench } from '../testing/mock-bench.ts'

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
    for (const [name] of [...FAULTS, ...CONTROLS]) expect(page).toContain(`<code>${name}</code>`)
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

  test('says where the proxy passes requests on to', async () => {
    expect(await open('/', { proxy: 'http://127.0.0.1:4020' })).toContain('<code>http://127.0.0.1:4020</code>')
  })

  test('says whose quota the headers tell while the mock counts none', async () => {
    const told = 'the <code>X-RateLimit-*</code> headers are'
    expect(await open('/')).toContain(`${told} the examples of the description`)
    expect(await open('/', { proxy: 'http://127.0.0.1:4020' })).toContain(`${told} those of the other side`)
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

  test('has curl lines that the mock answers', async () => {
    const { ask } = await mockBench()
    const page = await open('/reference')
    const calls = [...page.matchAll(/Bearer any&quot; &quot;http:\/\/mock\.test:4010(\/.*?)&quot;/g)]
    expect(calls.length).toBe(3)
    for (const [, path = ''] of calls) expect((await ask(path.replaceAll('&amp;', '&'))).status).toBe(200)
  })

  test('offers forms to try each call on this mock, with a token that it takes', async () => {
    const page = await open('/reference')
    expect(page.match(/<form/g)?.length).toBe(3)
    expect(page).toContain('value="any"')
    expect(page).toContain('placeholder="Prefer: code=404"')
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
