import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const chromium: string | undefined = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find(existsSync)

/** For the title of a test that needs a browser. */
export const whySkipped: string =
  chromium === undefined ? ' (skipped: no Chromium here; install it or set CHROMIUM to its path)' : ''

/** What a browser makes of the page at `/` of a server, as HTML, when its scripts have run. */
export async function renderedBy(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const profile = await mkdtemp(join(tmpdir(), 'browser-'))
  try {
    const { port } = server.address() as AddressInfo
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']
    const { stdout } = await promisify(execFile)(
      chromium ?? '',
      [
        ...flags,
        `--user-data-dir=${profile}`,
        '--virtual-time-budget=20000',
        '--dump-dom',
        `http://127.0.0.1:${port}/`,
      ],
      { maxBuffer: 2 ** 26 },
    )
    return stdout
  } finally {
    server.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
