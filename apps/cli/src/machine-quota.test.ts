import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { RATE_LIMIT_TIERS } from '@hood-exports/client'
import { expect, onTestFinished, test } from 'vitest'
import { machineQuota } from './machine-quota.ts'
import type { MachineQuota } from './machine-quota.ts'
import { createProgram } from './program.ts'

const OK = { status: 200, headers: new Headers() }
const BASE = { baseUrl: 'http://127.0.0.1:4020', token: 'a', windows: undefined, warn: async () => undefined }

function arrange() {
  const state = mkdtempSync(join(tmpdir(), 'machine-quota-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  const quotaOf = async (token: string) =>
    (await machineQuota({ ...BASE, env: { XDG_STATE_HOME: state }, token })) as MachineQuota
  return { folder: join(state, 'hood-exports'), quotaOf }
}

async function use(permits: number, { limiter }: MachineQuota): Promise<void> {
  for (let count = 0; count < permits; count += 1) {
    const permit = await limiter.acquire()
    permit.answered(OK)
    permit.release()
  }
}

test('a command counts what another one with the same origin and token has used', async () => {
  const { quotaOf } = arrange()
  const [one, two, other] = await Promise.all([quotaOf('a'), quotaOf('a'), quotaOf('b')])
  await use(4, one)
  await one.close()
  await use(1, two)
  await use(1, other)
  expect(two.limiter.snapshot().windows[1]).toMatchObject({ used: 5 })
  expect(other.limiter.snapshot().windows[1]).toMatchObject({ used: 1 })
  await Promise.all([two.close(), other.close()])
})

test('the file is its owner’s alone, and holds no token', async () => {
  const { folder, quotaOf } = arrange()
  const quota = await quotaOf('the-token-of-this-test')
  await use(1, quota)
  await quota.close()
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
    expect(readFileSync(join(folder, name)).includes('the-token-of-this-test')).toBe(false)
  }
})

test('a file that cannot be used is reported, and the command keeps an own count of the whole quota', async () => {
  const { folder, quotaOf } = arrange()
  await quotaOf('a').then((quota) => quota.close())
  const file = join(folder, 'quota.sqlite')
  writeFileSync(file, 'not a database '.repeat(100))
  const warnings: string[] = []
  const warn = async (text: string): Promise<void> => void warnings.push(text)
  expect(await machineQuota({ ...BASE, env: { XDG_STATE_HOME: dirname(folder) }, warn })).toBeUndefined()
  expect(await machineQuota({ ...BASE, env: { XDG_STATE_HOME: '/dev/null/nowhere' }, warn })).toBeUndefined()
  expect(warnings).toEqual([
    `The quota is not shared with other commands of this machine (${file} is broken, or no file of createFileStore: give another, or delete it); --quota own asks for that`,
    "The quota is not shared with other commands of this machine (ENOTDIR: not a directory, mkdir '/dev/null/nowhere/hood-exports'); --quota own asks for that",
  ])
})

test('a user without a home keeps an own count, and no folder is made', async () => {
  const home = join(tmpdir(), 'no-such-home')
  expect(await machineQuota({ ...BASE, env: { HOME: home } })).toBeUndefined()
  expect(existsSync(home)).toBe(false)
})

test('--tier takes the tiers of the spec', () => {
  const output = { write: async () => undefined, isTTY: false, columns: Infinity, colour: false }
  const { command } = createProgram({
    stdout: output,
    stderr: output,
    contextOf: () => Promise.reject(new Error('unused')),
  })
  const tier = command.options.find(({ long }) => long === '--tier')
  expect(tier?.argChoices).toEqual(Object.keys(RATE_LIMIT_TIERS))
})
