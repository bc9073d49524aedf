import { createSandbox } from '@hood-exports/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { verify } from './verify.ts'
import type { Report } from './report.ts'

const BODY = JSON.stringify({ code: 400, title: 'Bad request.' })

/** Looks at the filters of a provider that refuses those of a pattern. */
async function verifyRefusing(pattern: RegExp): Promise<Report> {
  const sandbox = createSandbox({ items: 60, limits: 'off' })
  onTestFinished(() => sandbox.close())
  return verify({
    baseUrl: 'http://provider.example',
    tokens: { main: sandbox.tokens.main },
    limits: 'off',
    seed: 1,
    only: ['filter-equal', 'filter-bounds', 'filter-ranges'],
    fetch: async (url, init) => {
      const response = await sandbox.fetch(new Request(url, init))
      const isRefused = response.status === 200 && pattern.test(url)
      return isRefused ? new Response(BODY, { status: 400, headers: response.headers }) : response
    },
  })
}

const statesOf = ({ laws }: Report): unknown => laws.map(({ law, status, reason }) => [law, status, reason])

test('operators that are refused break no law, and the report says that nothing could be seen', async () => {
  const reason = 'the operators are refused with 400, which a provider may do'
  const report = await verifyRefusing(/=(?:[gl]te?|r[flr]?):/)
  expect(statesOf(report)).toEqual([
    ['filter-equal', 'passed', undefined],
    ['filter-bounds', 'skipped', reason],
    ['filter-ranges', 'skipped', reason],
  ])
})

test('equality that is refused breaks a law: every member is filterable', async () => {
  const report = await verifyRefusing(/download_url=eq:/)
  expect(statesOf(report)).toEqual([
    ['filter-equal', 'failed', undefined],
    ['filter-bounds', 'passed', undefined],
    ['filter-ranges', 'passed', undefined],
  ])
})
