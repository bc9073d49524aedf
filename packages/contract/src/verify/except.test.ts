import { createSandbox } from '@hood-exports/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { verify } from './verify.ts'
import type { Report } from './report.ts'
import type { VerifyOptions } from './verify.ts'

/** Looks at a provider that fails for a page past the last one, which the vendor does not document. */
async function verifyStrict(options: Partial<VerifyOptions>): Promise<Report> {
  const sandbox = createSandbox({ items: 60, limits: 'off' })
  onTestFinished(() => sandbox.close())
  return verify({
    baseUrl: 'http://provider.example',
    tokens: { main: sandbox.tokens.main },
    limits: 'off',
    seed: 1,
    only: ['page-size', 'page-past-end'],
    fetch: async (url, init) => {
      const response = await sandbox.fetch(new Request(url, init))
      const isPastEnd = /"total":[1-9]\d*,"items":\[\]/.test(await response.clone().text())
      return isPastEnd ? Response.json({ code: 500, title: 'Internal server error.' }, { status: 500 }) : response
    },
    ...options,
  })
}

const statesOf = ({ laws }: Report): unknown => laws.map(({ law, status, reason }) => [law, status, reason])

test('a law that the provider breaks is broken', async () => {
  const report = await verifyStrict({})
  expect(statesOf(report)).toEqual([
    ['page-size', 'passed', undefined],
    ['page-past-end', 'failed', undefined],
  ])
})

test('a law that is left out is not blamed, and the report says why it was not looked at', async () => {
  const report = await verifyStrict({ except: ['page-past-end'] })
  expect(statesOf(report)).toEqual([
    ['page-size', 'passed', undefined],
    ['page-past-end', 'skipped', '--except leaves it out'],
  ])
  expect(report.violations).toEqual([])
})
