import { expect, test } from 'vitest'
import { document } from '@hood-exports/openapi/document'
import { chromium, renderedBy, whySkipped } from '../testing/browser.ts'
import { referencePage } from './reference-page.ts'

/** Fills the first form of the page in a frame, sends it, and shows what the page shows when a text has come. */
const driver = (text: string): string => `<!doctype html><iframe src="/reference"></iframe><script>
onload = async () => {
  const page = document.querySelector('iframe').contentDocument
  const form = page.querySelector('form.try')
  form.elements.fields.value = 'id,name'
  form.elements.q.value = 'a&b c'
  form.querySelector('[data-in=more]').value = 'Prefer: code=404'
  form.requestSubmit()
  const shown = form.querySelector('pre')
  while (!shown.textContent.includes(${JSON.stringify(text)})) await new Promise((resolve) => setTimeout(resolve, 10))
  document.body.textContent = shown.textContent
}
</script>`

const page = referencePage({
  site: 'reference',
  current: '',
  document,
  token: 'any',
  tryIt: { token: 'any', header: 'Prefer: code=404' },
})

test.skipIf(chromium === undefined)(
  `in a browser, a form sends what it says, and shows the answer, under the page's own policy${whySkipped}`,
  async () => {
    const rendered = await renderedBy(({ url = '', headers: { authorization, prefer } }, response) => {
      if (url === '/') response.setHeader('content-type', 'text/html').end(driver('}'))
      else if (url === '/reference') response.writeHead(200, page.headers).end(page.text)
      else response.writeHead(404, { 'x-asked': 'yes' }).end(JSON.stringify({ url, authorization, prefer }))
    })
    const words = rendered.replaceAll('&amp;', '&')
    expect(words).toContain('GET /v1/hood/exports?fields=id,name&q=a%26b%20c')
    expect(words).toContain('404 Not Found')
    expect(words).toContain('x-asked: yes')
    expect(words).toContain('"authorization": "Bearer any",\n  "prefer": "code=404"')
  },
)

test.skipIf(chromium === undefined)(
  `in a browser, JSON is shown whole and indented however long it is, and of a file its beginning${whySkipped}`,
  async () => {
    const items = Array.from({ length: 1_000 }, (_, id) => ({ id: String(id), name: 'x'.repeat(50) }))
    for (const [type, text, shown] of [
      ['application/json', JSON.stringify({ items }), '\n      "id": "999",\n'],
      ['text/csv', 'x'.repeat(100_000), '… and more'],
    ] as const) {
      const rendered = await renderedBy(({ url = '' }, response) => {
        if (url === '/') response.setHeader('content-type', 'text/html; charset=utf-8').end(driver(shown))
        else if (url === '/reference') response.writeHead(200, page.headers).end(page.text)
        else response.writeHead(200, { 'content-type': type }).end(text)
      })
      expect(rendered).toContain(shown)
    }
  },
)
