import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')

interface Manifest {
  readonly name: string
  readonly private?: true
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

const published = globSync(['openapi', 'packages/*', 'apps/*'], { cwd: root })
  .map((folder) => join(root, folder))
  .filter((folder) => globSync('package.json', { cwd: folder }).length === 1 && manifest(folder).private !== true)
  .toSorted()

/** A project that has installed every package as it is published. */
let project: string
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'packed-'))
  for (const folder of published) await install(folder)
}, 120_000)
afterAll(() => rm(project, { recursive: true, force: true }))

async function install(folder: string): Promise<void> {
  const packed = join(project, 'packed')
  await run('pnpm', ['pack', '--pack-destination', packed], { cwd: folder })
  const [tarball = ''] = await readdir(packed)
  const { name, dependencies = {} } = manifest(folder)
  const target = join(project, 'node_modules', name)
  await mkdir(target, { recursive: true })
  await run('tar', ['-xzf', join(packed, tarball), '-C', target, '--strip-components=1'])
  await rm(packed, { recursive: true })
  for (const dependency of Object.keys(dependencies)) {
    if (dependency.startsWith('@hood-exports/')) continue
    const link = join(target, 'node_modules', dependency)
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(folder, 'node_modules', dependency), link)
  }
}

describe.each(published.map((folder) => manifest(folder)))('$name, as it is published', ({ name, bin = {} }) => {
  test('passes publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(project, 'node_modules', name), strict: true })
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([])
  })

  test('depends on no version that is not published', () => {
    const { dependencies = {} } = manifest(join(project, 'node_modules', name))
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  test.each(Object.keys(bin))('its command %s starts', async (command) => {
    const installed = manifest(join(project, 'node_modules', name))
    const file = join(project, 'node_modules', name, installed.bin?.[command] ?? 'missing')
    const { stdout } = await run(process.execPath, [file, '--help'])
    expect(stdout).toContain(`Usage: ${command}`)
  })
})

test.each([
  ['mock', 'hood-exports-mock', 'any'],
  ['sandbox', 'hood-exports-sandbox', 'sandbox-ana'],
])('the %s that is published answers with an export, and with its pages', async (name, command, token) => {
  const folder = join(project, 'node_modules/@hood-exports', name)
  const file = join(folder, manifest(folder).bin?.[command] ?? 'missing')
  const child = spawn(process.execPath, [file, '--port', '0', '--json'], { cwd: project, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { url } = JSON.parse(line) as { url: string }
  const response = await fetch(`${url}/v1/hood/exports/1000000`, { headers: { authorization: `Bearer ${token}` } })
  expect(await response.json()).toMatchObject({ total: 1, items: [{ id: '1000000' }] })
  for (const page of ['/', '/reference']) expect(await (await fetch(url + page)).text()).toContain('</html>')
})

test('the sandbox that is published answers the client that is published', async () => {
  const program = `
    import { createExportsClient } from '@hood-exports/client'
    import { startSandbox } from '@hood-exports/sandbox'
    const sandbox = await startSandbox({ port: 0 })
    const client = createExportsClient({ token: sandbox.sandbox.tokens.main, baseUrl: sandbox.url })
    console.log((await client.list({ pageSize: 1 })).total)
    await sandbox.close()`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: project })
  expect(stdout).toBe('1000\n')
})
