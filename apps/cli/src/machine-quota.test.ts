import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RATE_LIMIT_TIERS } from '@hood-exports/client'
import type { Permit } from '@hood-exports/client/rate-limit'
import { expect, onTestFinished, test } from 'vitest'
import { machineQuota } from './machine-quota.ts'
import type { MachineQuota } from './machine-quota.ts'
import { createProgram } from './program.ts'

const OK = { status: 200, headers: new Headers() }

function arrange() {
  const state = mkdtempSync(join(tmpdir(), 'machine-quota-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  const quotaOf = (token: string, baseUrl = 'http://127.0.0.1:4020') =>
    machineQuota({ env: { XDG_STATE_HOME: state }, baseUrl, token, windows: undefined }) as MachineQuota
  return { folder: join(state, 'hood-exports'), quotaOf }
}

async function use(permits: number, acquire: () => Permit | Promise<Permit>): Promise<void> {
  for (let count = 0; count < permits; count += 1) {
    const permit = await acquire()
    permit.answered(OK)
    permit.release()
  }
}

test('a command counts what another one with the same origin and token has used', async () => {
  const { quotaOf } = arrange()
  const [one, two, other] = [quotaOf('a'), quotaOf('a'), quotaOf('b')]
  await use(4, () => one.limiter.acquire())
  await one.close()
  await use(1, () => two.limiter.acquire())
  await use(1, () => other.limiter.acquire())
  expect(two.limiter.snapshot().windows[1]).toMatchObject({ used: 5 })
  expect(other.limiter.snapshot().windows[1]).toMatchObject({ used: 1 })
  await Promise.all([two.close(), other.close()])
})

test('the file is its owner’s alone, and holds no token', async () => {
  const { folder, quotaOf } = arrange()
  const quota = quotaOf('the-token-of-this-test')
  await use(1, () => quota.limiter.acquire())
  await quota.close()
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0)
    expect(readFileSync(join(folder, name)).includes('the-token-of-this-test')).toBe(false)
  }
})

test('a folder that cannot be written leaves the command a part of the quota', async () => {
  const quota = machineQuota({
    env: { XDG_STATE_HOME: '/dev/null/nowhere' },
    baseUrl: 'http://127.0.0.1:4020',
    token: 'a',
    windows: undefined,
  }) as MachineQuota
  await use(1, () => quota.limiter.acquire())
  expect(quota.limiter.snapshot()).toMatchObject({ store: 'away' })
})

test('a user without a home keeps an own count, and no folder is made', () => {
  const home = join(tmpdir(), 'no-such-home')
  const options = { baseUrl: 'http://127.0.0.1:4020', token: 'a', windows: undefined }
  expect(machineQuota({ ...options, env: { HOME: home } })).toBeUndefined()
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
