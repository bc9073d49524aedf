import { readFileSync } from 'node:fs'
import { FILTER_KINDS, FILTER_OPERATORS } from '@hood-exports/openapi'
import { FAULTS } from '@hood-exports/provider'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DEMO_TOKENS } from './data/account.ts'
import { STATE_NAMES } from './provider-states.ts'
import { bench } from './testing/bench.ts'
import { curlCalls, statusesOf } from './testing/curl-calls.ts'

const guide = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8')
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The first cells of a table, without the head. */
function namesUnder(heading: string): string[] {
  const section = guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `(.+?)` \|/gm)].map(([, name]) => name ?? '')
}

describe('the guide', () => {
  test('lists every provider state, in order', () => {
    expect(namesUnder('Provider states')).toEqual(STATE_NAMES)
  })

  test('lists every fault, in order', () => {
    expect(namesUnder('Faults').filter((name) => name !== 'X-Fault')).toEqual(FAULTS.map(([name]) => name))
  })

  test('lists every demo token', () => {
    for (const token of Object.values(DEMO_TOKENS)) expect(guide).toContain(`\`${token}\``)
  })

  test('lists every member by its kind, and every operator', () => {
    const section = guide.split('\n## Filters\n')[1]?.split('\n## ')[0] ?? ''
    const listed = [...section.matchAll(/^\| (text|id|number|time) +\| (.*?) +\|/gm)].flatMap(([, kind, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, member]) => [member, kind]),
    )
    expect(Object.fromEntries(listed)).toEqual(FILTER_KINDS)
    for (const operator of FILTER_OPERATORS.number) expect(section).toContain(`\`${operator}\``)
  })
})

describe.each([
  ['the guide', guide, 7],
  ['the README', readme, 2],
])('%s', (_name, text, count) => {
  test('has curl lines that work', async () => {
    const at = bench({ items: 1_000 })
    onTestFinished(() => at.sandbox.close())
    const statuses = await statusesOf(curlCalls(text), at)
    expect(statuses).toHaveLength(count)
    expect(statuses.filter((status) => status !== 200 && status !== 202)).toEqual([])
  })
})
