import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { PACT_FILE } from './pact-file.ts'

const require = createRequire(import.meta.url)
const SPEC = fileURLToPath(import.meta.resolve('@hood-exports/openapi/hood-exports.yaml'))
const OPC = join(require.resolve('@pactflow/openapi-pact-comparator'), '../cli.cjs')

const folder = mkdtempSync(join(tmpdir(), 'hood-exports-opc-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Finding {
  readonly type: 'error' | 'warning'
  readonly code: string
  readonly mockDetails: { readonly interactionDescription: string }
}

/** The errors that the comparison finds, as `code: interaction`. */
function compare({ spec = SPEC, pact = PACT_FILE }: { spec?: string; pact?: string } = {}): string[] {
  const { stdout } = spawnSync(process.execPath, [OPC, '--oas', spec, pact], { encoding: 'utf8' })
  return (JSON.parse(stdout) as Finding[])
    .filter(({ type }) => type === 'error')
    .map(({ code, mockDetails }) => `${code}: ${mockDetails.interactionDescription}`)
    .toSorted()
}

/** Paths that are wrong on purpose, to be answered 400. A wrong query is let pass where the answer is an error. */
const MISTAKES = [
  'request.path-or-method.unknown: a download of an id that is none',
  'request.path-or-method.unknown: a view of an id that is none',
]

test('nothing but the deliberate mistakes differs from the spec', () => {
  expect(compare()).toEqual(MISTAKES)
})

test('a pact that sorts by a field that left the spec is found, with no second edit', () => {
  const spec = join(folder, 'spec.yaml')
  writeFileSync(spec, readFileSync(SPEC, 'utf8').replaceAll(/^ +- -create_time\n/gm, ''))
  expect(compare({ spec })).toContain('request.query.incompatible: a request for a list in descending order')
})

test('a pact that reads a member of another type is found', () => {
  const pact = join(folder, 'pact.json')
  writeFileSync(pact, readFileSync(PACT_FILE, 'utf8').replaceAll('"size": 125', '"size": "125"'))
  expect(compare({ pact })).toContain('response.body.incompatible: a request for one item')
})
