import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { readVendorProfile } from '@hood-exports/openapi/profile'
import { DEMO_TOKENS, startSandbox } from '@hood-exports/sandbox'
import { expect, onTestFinished, test } from 'vitest'

const BIN = join(import.meta.dirname, '../bin.ts')

async function learn(url: string, ...args: readonly string[]): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [BIN, 'learn', '--base-url', url, '--limits', 'off', ...args], {
    env: { PATH: process.env['PATH'], HOOD_TOKEN: DEMO_TOKENS.main },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const closed = once(child, 'close')
  const stdout = await text(child.stdout)
  const [code] = (await closed) as [number | null]
  return { code, stdout }
}

async function world(): Promise<{ url: string; file: string }> {
  const sandbox = await startSandbox({ port: 0, items: 60, limits: 'off' })
  const folder = await mkdtemp(join(tmpdir(), 'learn-'))
  onTestFinished(async () => {
    await sandbox.close()
    await rm(folder, { recursive: true })
  })
  return { url: sandbox.url, file: join(folder, 'profile.json') }
}

test('a profile is written and compared with: nothing has changed', async () => {
  const { url, file } = await world()
  const first = await learn(url, '--profile', file)
  expect(first.stdout).toMatch(/^How many items has a page without a size\? +10$/m)
  const profile = await readFile(file, 'utf8')
  expect(readVendorProfile(profile).items).toBe(60)
  expect(profile).not.toMatch(/sandbox-ana|\b10000\d\d\b|127\.0\.0\.1/)
  const second = await learn(url, '--compare', file)
  expect(second).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Nothing has changed since /) as string })
})

test('an answer that has changed is a sentence and the exit code 1', async () => {
  const { url, file } = await world()
  await learn(url, '--profile', file)
  const profile = await readFile(file, 'utf8')
  await writeFile(file, profile.replace('"value": 10,', '"value": 25,'))
  const { code, stdout } = await learn(url, '--compare', file)
  expect(stdout).toContain('- How many items has a page without a size? It was 25, and is 10. [page.default-size]')
  expect(code).toBe(1)
})

test('a file that is no profile is wrong usage', async () => {
  const { url, file } = await world()
  await writeFile(file, '{}')
  expect(await learn(url, '--compare', file)).toEqual({ code: 2, stdout: '' })
})
