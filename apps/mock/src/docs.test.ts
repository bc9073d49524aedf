import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CONTROLS } from './scenario/control.ts'
import { FAULTS } from './scenario/fault.ts'

const guide = readFileSync(new URL('../../../docs/mock.md', import.meta.url), 'utf8')

/** The first cells of a table, without the head. */
function namesUnder(heading: string): string[] {
  const section = guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `(.+?)` \|/gm)].map(([, name]) => name ?? '')
}

describe('the guide', () => {
  test('lists every fault, in order', () => {
    expect(namesUnder('Failures').filter((name) => name !== 'X-Mock-Fault')).toEqual(FAULTS.map(([name]) => name))
  })

  test('lists every call of the control endpoint, in order', () => {
    expect(namesUnder('Scenarios for test suites')).toEqual(CONTROLS.map(([name]) => name))
  })
})
