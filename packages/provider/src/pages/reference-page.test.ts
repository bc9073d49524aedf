import { document } from '@hood-exports/openapi/document'
import { SELECTABLE_FIELDS, SORTABLE_FIELDS, STATUSES } from '@hood-exports/openapi'
import { describe, expect, test } from 'vitest'
import { html } from './html.ts'
import { referencePage } from './reference-page.ts'
import type { ReferenceOptions } from './reference-page.ts'
import { readSpec } from './spec-reader.ts'
import { TRY_SCRIPT } from './try-script.ts'

function render(options: Partial<ReferenceOptions> = {}) {
  return referencePage({
    site: 'reference',
    current: '',
    document,
    token: 'any',
    tryIt: { token: 'any', header: 'Prefer: code=404' },
    ...options,
  })
}

/** What people read: without tags, and with entities resolved. */
function wordsOf(page: string): string {
  return page
    .replace(/<style>[^]*<\/style>/, '')
    .replace(/<script>[^]*<\/script>/, '')
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
    .replace(/<script>[^]*<\/script>/, '')
    .matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (VOID.includes(tag)) continue
    if (slash === '') opened.push(tag)
    else if (opened.pop() !== tag) wrong.push(tag)
  }
  return [...wrong, ...opened]
}

test('is whole HTML, without an id that is there twice', () => {
  const { text } = render()
  expect(text.startsWith('<!doctype html>')).toBe(true)
  expect(unbalanced(text)).toEqual([])
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect([ids.length > 20, ids.length - new Set(ids).size]).toEqual([true, 0])
})

test('every link on it leads to a place on it', () => {
  const { text } = render()
  const links = [...text.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)
  expect([links.length > 10, links.filter((id) => !text.includes(` id="${id}"`))]).toEqual([true, []])
})

describe('the policy', () => {
  test('forbids to load anything, and to run a script', () => {
    const { headers, text } = referencePage({
      site: 'reference',
      current: '',
      document,
      token: 'any',
    })
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'",
    )
    expect(text).not.toMatch(/<script|<form|\son[a-z]+=/)
  })

  test('lets the forms run their own script, and reach their own server', async () => {
    const { headers, text } = render()
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(text) ?? []
    expect(script).toBe(TRY_SCRIPT)
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(script))).toString('base64')
    expect(headers['content-security-policy']?.split('; ').slice(-2)).toEqual([
      "connect-src 'self'",
      `script-src 'sha256-${digest}'`,
    ])
  })
})

describe('the reference', () => {
  test('has every operation, parameter, status, header and schema of the spec', () => {
    const { operations, schemas } = readSpec(document)
    const words = wordsOf(render().text)
    expect(operations.map(({ id }) => id)).toEqual([
      'listExports',
      'viewExport',
      'downloadExport',
      'retryExport',
      'exportQuickReport',
    ])
    for (const { path, summary, parameters } of operations) {
      for (const text of [path, summary, ...parameters.map(({ name }) => name)]) expect(words).toContain(text)
    }
    for (const text of [
      ...Object.values(STATUSES).flat().map(String),
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

  test('shows every example of the spec', () => {
    const words = wordsOf(render().text)
    const examples = readSpec(document)
      .operations.flatMap(({ responses }) => responses)
      .flatMap(({ contents }) => contents)
      .flatMap((content) => content.examples)
    expect(examples.length).toBeGreaterThan(10)
    for (const { value } of examples) {
      expect(words).toContain(typeof value === 'string' ? value : JSON.stringify(value, null, 2))
    }
  })

  test('escapes every text of the spec', () => {
    const hostile = (value: unknown): unknown => {
      if (typeof value === 'string') return value.startsWith('#/') ? value : `${value}"'><script>alert(1)</script>&`
      if (Array.isArray(value)) return value.map(hostile)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, hostile(member)]))
    }
    const page = render({ document: hostile(document) as Record<string, unknown> }).text
    expect(page.replace(`<script>${TRY_SCRIPT}</script>`, '')).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
    expect(unbalanced(page)).toEqual([])
  })

  test('has what another document has: names that stand for missing ones, parameters of a path, and bodies', () => {
    const words = wordsOf(
      render({
        document: {
          openapi: '3.0.3',
          info: { title: 'Pets', version: '1' },
          servers: [{ url: 'http://pets.test' }],
          paths: {
            '/pets/{id}': {
              parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
              post: {
                requestBody: { content: { 'application/json': { schema: {}, example: { name: 'Rex' } } } },
                responses: { 204: { description: 'Done.' } },
              },
            },
          },
        },
      }).text,
    )
    expect(words).toContain('POST /pets/{id}')
    expect(words).toContain(
      `curl -X POST -H "Authorization: Bearer any" -H "Content-Type: application/json" -d '{"name":"Rex"}' "http://pets.test/pets/id"`,
    )
    expect(words).toContain('"name": "Rex"')
  })

  test('is empty, not broken, for a document that lacks everything', () => {
    expect(unbalanced(render({ document: {} }).text)).toEqual([])
  })
})

test('a template escapes its values, but not HTML, and leaves undefined out', () => {
  const inner = html`<b>${'<&>'}</b>`
  expect(html`<i title="${`"'`}">${inner}${[1, 'ä', undefined]}</i>`.text).toBe(
    '<i title="&quot;&#39;"><b>&lt;&amp;&gt;</b>1ä</i>',
  )
})
