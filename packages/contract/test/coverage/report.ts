import { readFileSync } from 'node:fs'
import { PACT_FILE } from '../pact-file.ts'
import { coverageOf } from './coverage.ts'
import type { Interaction } from './coverage.ts'

const { interactions } = JSON.parse(readFileSync(PACT_FILE, 'utf8')) as { readonly interactions: Interaction[] }
const coverage = coverageOf(interactions)
const width = Math.max(...coverage.map(({ point }) => point.name.length))
const MANY = 2

for (const { point, metBy, reason } of coverage) {
  const more = metBy.length > MANY ? `, and ${metBy.length - MANY} more` : ''
  const by =
    metBy.length === 0 ? `not met: ${reason ?? 'and no reason why'}` : `${metBy.slice(0, MANY).join(', ')}${more}`
  console.log(`${point.name.padEnd(width)}  ${by}`)
}
const met = coverage.filter(({ metBy }) => metBy.length > 0).length
console.log(`\n${met} of ${coverage.length} points of the spec are met by ${interactions.length} interactions.`)
