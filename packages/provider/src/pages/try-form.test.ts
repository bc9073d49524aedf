import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { document } from '@hood-exports/openapi/document'
import { referencePage } from './reference-page.ts'

const run = promisify(execFile)
const chromium = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)
const why = chromium === undefined ? ' (skipped: no Chromium here; install it or set CHROMIUM to its path)' : ''

/** Fills the first form of the page in a frame, sends it, and shows what the page then shows. */
const DRIVER = `<!doctype html><iframe src="/reference"></iframe><script>
onload = async () => {
  const page = document.querySelector('iframe').contentDocument
  const form = page.querySelector('form.try')
  form.elements.fields.value = 'id,name'
  form.elements.q.value = 'a&b c'
  form.querySelector('[data-in=more]').value = 'Prefer: code=404'
  form.requestSubmit()
  const shown = form.querySelector('pre')
  while (!shown.textContent.includes('}')) await new Promise((resolve) => setTimeout(resolve, 10))
  document.body.textContent = shown.textContent
}
</script>`

test.skipIf(chromium === undefined)(
  `in a browser, a form sends what it says, and shows the answer, under the page's own policy${why}`,
  async () => {
    const page = referencePage({
      site: 'reference',
      current: '',
      document,
      token: 'any',
      tryIt: { token: 'any', header: 'Prefer: code=404' },
    })
    const server = createServer(({ url = '', headers: { authorization, prefer } }, response) => {
      if (url === '/') response.setHeader('content-type', 'text/html').end(DRIVER)
      else if (url === '/reference') response.writeHead(200, page.headers).end(page.text)
      else response.writeHead(404, { 'x-asked': 'yes' }).end(JSON.stringify({ url, authorization, prefer }))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const profile = await mkdtemp(join(tmpdir(), 'try-form-'))
    onTestFinished(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }))
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']
    const { stdout } = await run(chromium ?? '', [
      ...flags,
      `--user-data-dir=${profile}`,
      '--virtual-time-budget=5000',
      '--dump-dom',
      `http://127.0.0.1:${port}/`,
    ])
    const words = stdout.replaceAll('&amp;', '&')
    expect(words).toContain('GET /v1/hood/exports?fields=id,name&q=a%26b%20c')
    expect(words).toContain('404 Not Found')
    expect(words).toContain('x-asked: yes')
    expect(words).toContain('"authorization": "Bearer any",\n  "prefer": "code=404"')
  },
)
