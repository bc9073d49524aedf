import { SELECTABLE_FIELDS, SORTABLE_FIELDS, STATUSES } from '@hood-exports/openapi'
import { document } from '@hood-exports/openapi/document'
import { describe, expect, onTestFinished, test } from 'vitest'
import { STATE_NAMES } from '../provider-states.ts'
import type { SandboxOptions } from '../sandbox.ts'
import { bench } from '../testing/bench.ts'
import { html } from './html.ts'
import { referencePage } from './reference-page.ts'
import { readSpec } from './spec-reader.ts'

async function open(path: string, options: SandboxOptions = {}, host?: string): Promise<string> {
  const { sandbox, ask } = bench({ items: 20, ...options })
  onTestFinished(() => sandbox.close())
  const { status, text } = await ask(path, { token: null, ...(host === undefined ? {} : { headers: { host } }) })
  expect(status).toBe(200)
  return text
}

/** What people read: without tags, and with entities resolved. */
function wordsOf(page: string): string {
  return page
    .replace(/<style>[^]*<\/style>/, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

const VOID = ['meta', 'link', 'br', 'hr', 'img', 'input']

/** Tags that are opened and not closed, or the other way round. */
function unbalanced(page: string): string[] {
  const opened: string[] = []
  const wrong: string[] = []
  for (const [, slash, tag = ''] of page
    .replace(/<style>[^]*<\/style>/, '')
    .matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (VOID.includes(tag)) continue
    if (slash === '') opened.push(tag)
    else if (opened.pop() !== tag) wrong.push(tag)
  }
  return [...wrong, ...opened]
}

describe.each(['/', '/reference'])('the page %s', (path) => {
  test('is whole HTML', async () => {
    const page = await open(path, { faults: 'on', control: 'on' })
    expect(page.startsWith('<!doctype html>')).toBe(true)
    expect(unbalanced(page)).toEqual([])
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.length).toBe(new Set(ids).size)
  })

  test('needs no token, is not counted, and forbids the browser to load anything', async () => {
    const { sandbox, ask } = bench({ items: 20 })
    onTestFinished(() => sandbox.close())
    const { headers } = await ask(path, { token: null })
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['x-ratelimit-limit']).toBeUndefined()
  })

  test('has no scripts, nothing from elsewhere, and no link that leads nowhere', async () => {
    const page = await open(path, { faults: 'on', control: 'on' })
    const reference = await open('/reference')
    expect(page).not.toMatch(/<script|<img|<link|@import|url\(|\son[a-z]+=/i)
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)
    const leadsNowhere = links.filter((href) => {
      const [target = '', id] = href.split('#')
      const found = target === '/reference' ? reference : page
      return !['', '/', '/reference'].includes(target) || (id !== undefined && !found.includes(` id="${id}"`))
    })
    expect([links.length > 3, leadsNowhere]).toEqual([true, []])
  })

  test('shows examples for the host at which it was reached, and repeats no host that is none', async () => {
    expect(await open(path, {}, 'sandbox.test:4020')).toContain('http://sandbox.test:4020/v1/hood/exports')
    expect(await open(path, {}, '[::1]:4020')).toContain('http://[::1]:4020/v1/hood/exports')
    const page = await open(path, {}, '"><script>alert(1)</script>')
    expect(page).not.toContain('alert')
    expect(page).toContain('http://127.0.0.1:4020/v1/hood/exports')
  })
})

describe('the start page', () => {
  test('names every demo token, and how many exports its account has now', async () => {
    const words = wordsOf(await open('/', { items: 1_234 }))
    for (const token of ['sandbox-ana', 'sandbox-ana-laptop', 'sandbox-boris', 'sandbox-chiara', 'sandbox-dunja']) {
      expect(words).toContain(token)
    }
    expect(words).toContain('1,234')
  })

  test('tells nobody the tokens of other accounts', async () => {
    const account = { name: 'mine', companyId: '9', creatorId: '9', tokens: ['a-real-one'], items: 1, firstId: 5 }
    expect(await open('/', { accounts: [account] })).not.toContain('a-real-one')
  })

  test('has curl lines that work', async () => {
    const { sandbox, ask } = bench({ items: 20 })
    onTestFinished(() => sandbox.close())
    const words = wordsOf((await ask('/', { token: null })).text)
    const calls = [...words.matchAll(/Bearer ([\w-]+)".*? "http:\/\/[^/]+(\/[^"]*)"/g)]
    expect(calls.length).toBe(4)
    for (const [, token = '', path = ''] of calls) expect((await ask(path, { token })).status).toBe(200)
  })

  test.each([
    [{}, ['a second', '10', 'a minute', '150', 'any number']],
    [{ limits: { windows: [{ limit: 7, windowMs: 2_500 }], parallel: 3 } }, ['2500 ms', '7', '3']],
    [{ limits: { windows: [{ limit: 7, windowMs: 300_000 }] } }, ['5 minutes', '7']],
    [{ limits: 'off' as const }, ['nothing is refused']],
  ])('tells the limits of %j', async (options: SandboxOptions, expected) => {
    const words = wordsOf(await open('/', options))
    for (const text of expected) expect(words).toContain(text)
  })

  test('lists states and faults when they are on, and how to switch them on when they are not', async () => {
    const on = wordsOf(await open('/', { control: 'on', faults: 'on' }))
    for (const name of STATE_NAMES) expect(on).toContain(name)
    for (const name of [
      'status=500',
      'delay=250ms',
      'drop',
      'truncate=100',
      'html',
      'empty-500',
      'no-items',
      'unknown-values',
    ]) {
      expect(on).toContain(name)
    }
    const off = wordsOf(await open('/'))
    expect(off).toContain('--control on')
    expect(off).toContain('--faults on')
    expect(off).not.toContain('/_sandbox/states')
  })
})

describe('the reference', () => {
  test('has every operation, parameter, status, header and schema of the spec', async () => {
    const { operations, schemas } = readSpec(document)
    const words = wordsOf(await open('/reference'))
    expect(operations.map(({ id }) => id)).toEqual(['listExports', 'viewExport', 'downloadExport'])
    for (const { path, summary, parameters } of operations) {
      for (const text of [path, summary, ...parameters.map(({ name }) => name)]) expect(words).toContain(text)
    }
    for (const text of [
      ...STATUSES.map(String),
      ...SELECTABLE_FIELDS,
      ...SORTABLE_FIELDS.map((field) => `-${field}`),
    ]) {
      expect(words).toContain(text)
    }
    for (const name of ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset', 'Retry-After']) {
      expect(words).toContain(name)
    }
    for (const [name] of schemas) expect(words).toContain(name)
  })

  test('shows every example of the spec', async () => {
    const words = wordsOf(await open('/reference'))
    const examples = readSpec(document)
      .operations.flatMap(({ responses }) => responses)
      .flatMap(({ contents }) => contents)
      .flatMap((content) => content.examples)
    expect(examples.length).toBeGreaterThan(10)
    for (const { value } of examples) {
      expect(words).toContain(typeof value === 'string' ? value : JSON.stringify(value, null, 2))
    }
  })

  test('has curl lines that work', async () => {
    const { sandbox, ask } = bench({ items: 120 })
    onTestFinished(() => sandbox.close())
    const words = wordsOf((await ask('/reference', { token: null })).text)
    const calls = [...words.matchAll(/Bearer ([\w-]+)" "http:\/\/[^/]+(\/[^"]*)"/g)]
    expect(calls.length).toBe(3)
    for (const [, token = '', path = ''] of calls) expect((await ask(path, { token })).status).toBe(200)
  })

  test('escapes every text of the spec', () => {
    const hostile = (value: unknown): unknown => {
      if (typeof value === 'string') return value.startsWith('#/') ? value : `${value}"'><script>alert(1)</script>&`
      if (Array.isArray(value)) return value.map(hostile)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hostile(member)]))
    }
    const page = referencePage({ origin: 'http://x', spec: hostile(document) as Record<string, unknown> }).text
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
    expect(unbalanced(page)).toEqual([])
  })

  test('is empty, not broken, for a document that lacks everything', () => {
    expect(unbalanced(referencePage({ origin: 'http://x', spec: {} }).text)).toEqual([])
  })
})

test('a template escapes its values, but not HTML, and leaves undefined out', () => {
  const inner = html`<b>${'<&>'}</b>`
  expect(html`<i title="${`"'`}">${inner}${[1, 'ä', undefined]}</i>`.text).toBe(
    '<i title="&quot;&#39;"><b>&lt;&amp;&gt;</b>1ä</i>',
  )
})
