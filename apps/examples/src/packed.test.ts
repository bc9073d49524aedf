import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

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
  await run('pnpm', ['run', 'build'], { cwd: folder })
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
