import { readFileSync } from 'node:fs'
import { FAULTS, controlTable, journalControls } from '@hood-exports/provider'
import { describe, expect, test } from 'vitest'
import { CONTROLS } from './scenario/control.ts'
import { curlCall } from './testing/curl-line.ts'
import type { CurlCall } from './testing/curl-line.ts'
import { CREATE, LIST, mockBench, post } from './testing/mock-bench.ts'

const guide = readFileSync(new URL('../../../docs/mock.md', import.meta.url), 'utf8')

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The lines of curl that call the API, each on one line. */
function apiCalls(text: string): CurlCall[] {
  const lines = text.replaceAll(/ \\\n\s*/g, ' ').split('\n')
  return lines.filter((line) => /^curl .*:\d+\/v1\/hood\/[^']*$/.test(line)).map(curlCall)
}

/** The first cells of a table, without the head. */
function namesUnder(heading: string): string[] {
  const section = guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `(.+?)` \|/gm)].map(([, name]) => name ?? '')
}

describe('the guide', () => {
  test('lists every fault, in order', () => {
    expect(namesUnder('Failures').filter((name) => name !== 'X-Fault')).toEqual(FAULTS.map(([name]) => name))
  })

  test('lists every call of the control endpoint, in order', () => {
    expect(namesUnder('Scenarios for test suites')).toEqual(
      controlTable([...CONTROLS, ...journalControls('mock')]).map(([name]) => name),
    )
  })

  test('quotes the reasons that a request is given', async () => {
    const { ask } = await mockBench()
    const rows = [...guide.matchAll(/^\| (.*`.*`) \| `(Request .*)` \|$/gm)]
    expect(rows.length).toBe(4)
    for (const [, request = '', reason] of rows) {
      const [, inside = ''] = /`(.*)`/.exec(request) ?? []
      const { headers } = inside.startsWith('?') ? await ask(LIST + inside) : await ask(CREATE, post(inside))
      expect(headers['x-mock-reason']).toBe(reason)
    }
  })
})

test.each([
  ['the guide', guide, [200, 202, 202]],
  ['the README', readme, [404, 200, 202, 429]],
])('the mock answers the curl lines of %s', async (_title, text, expected) => {
  const { ask } = await mockBench()
  const statuses: number[] = []
  for (const { path, ...call } of apiCalls(text)) statuses.push((await ask(path, call)).status)
  expect(statuses).toEqual(expected)
})
