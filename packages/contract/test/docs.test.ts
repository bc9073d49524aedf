import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PACT_FILE } from './pact-file.ts'
import type { PactFile } from './pact-file.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/contract-tests.md'), 'utf8')

test('the docs tell teams of a provider exactly the states of the pact, in the program and in the table', () => {
  const { interactions } = JSON.parse(readFileSync(PACT_FILE, 'utf8')) as PactFile
  const states = [...new Set(interactions.flatMap(({ providerStates }) => providerStates.map(({ name }) => name)))]
  const inProgram = [...page.matchAll(/^ {2}'(.*)',$/gm)].map(([, state = '']) => state)
  const inTable = [...page.matchAll(/^\| `(.*?)` \| .* \|$/gm)].map(([, state = '']) => state)
  expect([inProgram.toSorted(), inTable.toSorted()]).toEqual([states.toSorted(), states.toSorted()])
})
