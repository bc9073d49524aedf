import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** Uses the runtime's own `fetch`, timers and streams. */
const PROGRAM = `
  import { createExportsClient } from './index.ts'

  export default {
    async test() {
      const client = createExportsClient({ token: 'any', baseUrl: 'http://api' })
      const controller = new AbortController()
      const kind = (call) => call.catch((error) => error.kind)
      const aborted = kind(client.list({ q: 'silent' }, { signal: controller.signal }))
      setTimeout(() => controller.abort())
      console.log(JSON.stringify({
        list: (await client.list()).total,
        listAll: (await client.listAll().toArray()).length,
        raw: (await client.raw.GET('/v1/hood/exports')).data.total,
        download: await (await client.download('1000000')).text(),
        refused: await kind(client.get('../1')),
        aborted: await aborted,
        late: await kind(client.list({ q: 'silent' }, { timeoutMs: 1, maxRetries: 0 })),
      }))
    },
  }
`

/** One limiter for all requests; `/leaving` is given up by its visitor while it waits. */
const SHARED = `
  import { createRateLimiter } from './rate-limit/index.ts'

  let limiter
  export default {
    async fetch() {
      limiter ??= createRateLimiter({ windows: [{ name: 'one', limit: 1, windowMs: 300 }] })
      const permit = await limiter.acquire()
      permit.answered(new Response())
      permit.release()
      return new Response('granted')
    },
    async test(_controller, { self }) {
      await self.fetch('http://self/first')
      const visitor = new AbortController()
      const left = self.fetch('http://self/leaving', { signal: visitor.signal }).catch(({ name }) => name)
      await scheduler.wait(50)
      const staying = self.fetch('http://self/staying').then((response) => response.text())
      await scheduler.wait(50)
      visitor.abort()
      const bound = scheduler.wait(20_000).then(() => 'hangs')
      console.log(JSON.stringify({ left: await left, staying: await Promise.race([staying, bound]) }))
    },
  }
`

/** What answers: another worker, so that nothing leaves the machine. */
const API = `
  export default {
    async fetch({ url, headers }) {
      const { pathname, searchParams } = new URL(url)
      if (headers.get('authorization') !== 'Bearer any') return new Response(null, { status: 401 })
      if (searchParams.get('q') === 'silent') await scheduler.wait(60_000)
      if (pathname.endsWith('/download')) return new Response('id,name')
      return Response.json({ total: 1, items: [{ id: '1000000', status: 'ready' }] })
    },
  }
`

const CONFIG = `
  using Workerd = import "/workerd/workerd.capnp";
  const config :Workerd.Config = (services = [
    (name = "program", worker = (
      modules = [(name = "program.js", esModule = embed "program.js")],
      compatibilityDate = "2026-11-01",
      globalOutbound = "api",
      bindings = [(name = "self", service = "program")],
    )),
    (name = "api", worker = (
      modules = [(name = "api.js", esModule = embed "api.js")],
      compatibilityDate = "2026-11-01",
    )),
  ]);
`

const workerd = binaryOfWorkerd()
const why = workerd === undefined ? ` (skipped: no workerd for ${process.platform}-${process.arch})` : ''

test.skipIf(workerd === undefined)(
  `workerd runs it, with the runtime's own fetch, timers and streams${why}`,
  async () => {
    expect(await inWorkerd(PROGRAM)).toEqual({
      list: 1,
      listAll: 1,
      raw: 1,
      download: 'id,name',
      refused: 'invalid-query',
      aborted: 'aborted',
      late: 'timeout',
    })
  },
)

test.skipIf(workerd === undefined)(
  `a request that waits on workerd is served although another one has gone whose timer it shared${why}`,
  async () => {
    expect(await inWorkerd(SHARED)).toEqual({ left: 'AbortError', staying: 'granted' })
  },
)

/** Runs the `test` handler of a worker. @returns what it logs, as JSON */
async function inWorkerd(contents: string): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'workerd-'))
  try {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: join(import.meta.dirname, '../src') },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
    })
    await writeFile(join(folder, 'program.js'), outputFiles[0]?.text ?? '')
    await writeFile(join(folder, 'api.js'), API)
    await writeFile(join(folder, 'config.capnp'), CONFIG)
    const { stdout } = await run(workerd ?? '', ['test', join(folder, 'config.capnp')])
    return JSON.parse(stdout)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function binaryOfWorkerd(): string | undefined {
  try {
    return (createRequire(import.meta.url)('workerd') as { default: string }).default
  } catch {
    return undefined
  }
}
