import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { document } from '@hood-exports/openapi/document'
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
  readonly mockDetails: { readonly interactionDescription: string; readonly value?: unknown }
  readonly specDetails: { readonly location?: string }
}

const { schemas: SCHEMAS } = document['components'] as {
  readonly schemas: Readonly<Record<string, { readonly pattern?: string }>>
}

/** The comparison splits every query value at its commas, also those of a text: such a value is looked at as a whole. */
function isRightWhole({ code, mockDetails: { value }, specDetails: { location = '' } }: Finding): boolean {
  const [, name = ''] = /schemas\.(\w+)\.type$/.exec(location) ?? []
  const { pattern } = SCHEMAS[name] ?? {}
  if (code !== 'request.query.incompatible' || !Array.isArray(value) || pattern === undefined) return false
  return new RegExp(pattern, 'u').test(value.join(','))
}

/** The errors that the comparison finds, as `code: interaction`. */
function compare({ spec = SPEC, pact = PACT_FILE }: { spec?: string; pact?: string } = {}): string[] {
  const { stdout } = spawnSync(process.execPath, [OPC, '--oas', spec, pact], { encoding: 'utf8' })
  return (JSON.parse(stdout) as Finding[])
    .filter((finding) => finding.type === 'error' && !isRightWhole(finding))
    .map(({ code, mockDetails }) => `${code}: ${mockDetails.interactionDescription}`)
    .toSorted()
}

/** Paths that are wrong on purpose, to be answered 400. A wrong query is let pass where the answer is an error. */
const MISTAKES = [
  'request.path-or-method.unknown: a download of an id that is none',
  'request.path-or-method.unknown: a retry of an id that is none',
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

test.each([
  [
    'reads a member of another type',
    '"size": 125',
    '"size": "many"',
    'response.body.incompatible: a request for one item',
  ],
  [
    'sends a member of another type',
    '"precision": 4',
    '"precision": "many"',
    'request.body.incompatible: a request for an export of a quick report',
  ],
  [
    'filters by a bound that is no number',
    '"r:124,126"',
    '"r:few,many"',
    'request.query.incompatible: a request for the exports between two sizes',
  ],
  [
    'filters by an operator that is none',
    '"gt:124"',
    '"above:124"',
    'request.query.incompatible: a request for the exports larger than a size',
  ],
])('a pact that %s is found', (_what, right, wrong, finding) => {
  const pact = join(folder, 'pact.json')
  writeFileSync(pact, readFileSync(PACT_FILE, 'utf8').replaceAll(right, wrong))
  expect(compare({ pact })).toContain(finding)
})
