import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DEMO_TOKENS } from './data/account.ts'
import { FAULTS } from './http/fault.ts'
import { STATE_NAMES } from './provider-states.ts'

const guide = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8')

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
    expect(namesUnder('Faults').filter((name) => name !== 'X-Sandbox-Fault')).toEqual(FAULTS.map(([name]) => name))
  })

  test('lists every demo token', () => {
    for (const token of Object.values(DEMO_TOKENS)) expect(guide).toContain(`\`${token}\``)
  })
})
