import { auditPage, chromium, whySkipped } from '@hood-exports/provider/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { STATE_NAMES } from '../provider-states.ts'
import type { SandboxOptions } from '../sandbox.ts'
import { bench } from '../testing/bench.ts'
import { curlCalls, statusesOf } from '../testing/curl-calls.ts'

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

describe.each(['/', '/reference'])('the page %s', (path) => {
  test('needs no token, is not counted, and forbids the browser to load anything', async () => {
    const { sandbox, ask } = bench({ items: 20 })
    onTestFinished(() => sandbox.close())
    const { headers } = await ask(path, { token: null })
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['x-ratelimit-limit']).toBeUndefined()
  })

  test('has nothing from elsewhere, and no link that leads nowhere', async () => {
    const page = await open(path, { faults: 'on', control: 'on' })
    const reference = await open('/reference')
    expect(page).not.toMatch(/<img|<iframe|\ssrc=|@import|url\(|\son[a-z]+=/i)
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)
    const leadsNowhere = links.filter((href) => {
      const [target = '', id] = href.split('#')
      const found = target === '/reference' ? reference : page
      return !['', '/', '/reference', 'data:,'].includes(target) || (id !== undefined && !found.includes(` id="${id}"`))
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

  test('does not show the tokens of other accounts', async () => {
    const account = { name: 'mine', companyId: '9', creatorId: '9', tokens: ['a-real-one'], items: 1, firstId: 5 }
    expect(await open('/', { accounts: [account] })).not.toContain('a-real-one')
  })

  test('has curl lines that work', async () => {
    const at = bench({ items: 20, faults: 'off' })
    onTestFinished(() => at.sandbox.close())
    const calls = curlCalls(wordsOf((await at.ask('/', { token: null })).text))
    expect(await statusesOf(calls, at)).toEqual([200, 200, 200, 200, 200, 202, 202])
  })

  test.each([
    [{}, ['a second', '10', 'a minute', '150', 'any number']],
    [{ limits: { windows: [{ limit: 7, windowMs: 2_500 }], parallel: 3 } }, ['2500 ms', '7', '3']],
    [{ limits: { windows: [{ limit: 7, windowMs: 300_000 }] } }, ['5 minutes', '7']],
    [{ limits: 'off' as const }, ['nothing is refused']],
  ])('shows the limits of %j', async (options: SandboxOptions, expected) => {
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
    const off = wordsOf(await open('/', { faults: 'off' }))
    expect(off).toContain('--control on')
    expect(off).toContain('--faults on')
    expect(off).not.toContain('/_sandbox/states')
  })
})

describe('the reference', () => {
  test('has curl lines that work', async () => {
    const at = bench({ items: 120 })
    onTestFinished(() => at.sandbox.close())
    const calls = curlCalls(wordsOf((await at.ask('/reference', { token: null })).text))
    expect(await statusesOf(calls, at)).toEqual([200, 200, 200, 202, 202])
  })

  test('offers a fault to be tried where faults are on', async () => {
    expect(await open('/reference', { faults: 'on' })).toContain('placeholder="X-Fault: status=500"')
    expect(await open('/reference', { faults: 'off' })).not.toContain('X-Fault')
  })
})

test.skipIf(chromium === undefined)(
  `the start page is accessible, in light and in dark colours, and fits a telephone${whySkipped}`,
  async () => expect(await auditPage(await open('/', { control: 'on' }))).toEqual([]),
)
