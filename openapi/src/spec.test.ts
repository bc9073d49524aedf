import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, test } from 'vitest'
import * as constants from '../generated/constants.ts'
import { document } from '../generated/document.ts'
import { SEED_PAGE, SEED_TIPS } from './fixtures/seed-page.ts'

interface Media {
  readonly schema: object
  readonly examples?: Readonly<Record<string, { readonly $ref?: string; readonly value?: unknown }>>
}

const SPEC_ID = 'https://spec.example/openapi.json'
const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addSchema({ $id: SPEC_ID, ...document })

const folder = mkdtempSync(join(tmpdir(), 'hood-exports-spec-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What stands at a JSON pointer of the document, references followed. */
function at<Value>(pointer: string): Value {
  const value = pointer
    .split('/')
    .slice(1)
    .reduce(
      (node, part) => (node as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')],
      document as unknown,
    )
  const { $ref } = value as { $ref?: string }
  return $ref ? at($ref.slice(1)) : (value as Value)
}

function errorsOf(pointer: string, value: unknown): unknown {
  ajv.validate(`${SPEC_ID}#${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}`, value)
  return ajv.errors
}

/** Every JSON or text body that the document knows: its schema's pointer, and its examples. */
const bodies = Object.keys(at<object>('/paths')).flatMap((path) => {
  const responses = `/paths/${path.replaceAll('/', '~1')}/get/responses`
  return Object.keys(at<object>(responses)).flatMap((status) => {
    const { $ref } = at<Record<string, { $ref?: string }>>(responses)[status] ?? {}
    const response = $ref?.slice(1) ?? `${responses}/${status}`
    return Object.entries(at<{ content: Record<string, Media> }>(response).content).flatMap(
      ([type, { examples = {} }]) =>
        Object.keys(examples).map((name) => {
          const content = `${response}/content/${type.replaceAll('/', '~1')}`
          return {
            title: `${path} ${status} ${name}`,
            schema: `${content}/schema`,
            example: `${content}/examples/${name}`,
          }
        }),
    )
  })
})

describe('examples', () => {
  test.each(bodies)('$title is what its schema says', ({ schema, example }) => {
    expect(errorsOf(schema, at<{ value: unknown }>(example).value)).toBeNull()
  })

  test('every operation has a named example for every status', () => {
    expect(
      bodies
        .map(({ title }) => title.split(' ').slice(0, 2).join(' '))
        .filter((title, index, all) => all.indexOf(title) === index),
    ).toEqual(Object.values(constants.PATHS).flatMap((path) => constants.STATUSES.map((status) => `${path} ${status}`)))
  })

  test.each([
    ['a page', '/components/schemas/ExportList', SEED_PAGE[200]],
    ['a bad request', '/components/responses/BadRequest/content/application~1json/schema', SEED_PAGE[400]],
    ['a failure', '/components/responses/InternalServerError/content/application~1json/schema', SEED_PAGE[500]],
  ])('the vendor’s sample of %s is valid', (_name, pointer, sample) => {
    expect(errorsOf(pointer, sample)).toBeNull()
  })

  test('the named examples are the vendor’s samples', () => {
    expect(at('/components/examples/OnePage/value')).toEqual(SEED_PAGE[200])
    expect(at('/components/responses/BadRequest/content/application~1json/examples/badRequest/value')).toEqual(
      SEED_PAGE[400],
    )
    expect(
      at('/components/responses/InternalServerError/content/application~1json/examples/internalServerError/value'),
    ).toEqual(SEED_PAGE[500])
  })
})

describe('schemas', () => {
  const item = { id: '1', status: 'ready' }

  test.each([
    ['a status never seen', { ...item, status: 'archived' }],
    ['an unknown member', { ...item, shiny: true }],
    ['absent members', { id: '1' }],
    ['null where a value may not exist yet', { id: '1', size: null, expire_time: null, failure_reason: null }],
  ])('%s is valid', (_name, value) => {
    expect(errorsOf('/components/schemas/Export', value)).toBeNull()
  })

  test.each([
    ['a number as id', { id: 1 }],
    ['letters in an id', { id: '1a' }],
    ['a time of RFC 3339', { id: '1', create_time: '2021-07-30T12:50:13Z' }],
    ['a month 13', { id: '1', create_time: '2021-13-30 12:50:13' }],
    ['a size as text', { id: '1', size: '125' }],
    ['no name, as null', { id: '1', name: null }],
  ])('%s is not', (_name, value) => {
    expect(errorsOf('/components/schemas/Export', value)).not.toBeNull()
  })

  test('an error needs its code and title, and nothing else', () => {
    expect(errorsOf('/components/schemas/Error', { code: 500, title: 'x' })).toBeNull()
    expect(errorsOf('/components/schemas/Error', { code: 500 })).not.toBeNull()
  })
})

describe('lists of fields', () => {
  test('are the vendor’s', () => {
    expect(constants.SORTABLE_FIELDS).toEqual(SEED_TIPS.sortable)
    expect(constants.SEARCHABLE_FIELDS).toEqual(SEED_TIPS.searchable)
  })

  test('fields takes exactly the members of an item', () => {
    expect(constants.SELECTABLE_FIELDS).toEqual(Object.keys(at<object>('/components/schemas/Export/properties')))
  })

  test('sort takes each of its fields in both directions, and each is a member of an item', () => {
    const keys = at<string[]>('/components/parameters/Sort/schema/items/enum')
    expect(keys).toEqual(constants.SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`]))
    expect(constants.SELECTABLE_FIELDS).toEqual(expect.arrayContaining([...constants.SORTABLE_FIELDS]))
  })

  test('each searchable field looks in a member of an item', () => {
    expect(Object.keys(constants.SEARCHABLE_MEMBERS)).toEqual([...constants.SEARCHABLE_FIELDS])
    expect(constants.SELECTABLE_FIELDS).toEqual(expect.arrayContaining(Object.values(constants.SEARCHABLE_MEMBERS)))
  })
})

describe('generating', () => {
  const generator = join(import.meta.dirname, 'generate.ts')

  test('the committed files are fresh', () => {
    expect(execFileSync(process.execPath, [generator, '--check'], { encoding: 'utf8' })).toContain('up to date')
  })

  test('a sortable field that is renamed in the spec is renamed in the constants and the types, with no second edit', () => {
    const spec = join(folder, 'spec.yaml')
    const yaml = readFileSync(join(import.meta.dirname, '../hood-exports.yaml'), 'utf8')
    writeFileSync(spec, yaml.replaceAll(/- (-?)attempt_count/g, '- $1tries'))
    execFileSync(process.execPath, [generator, '--spec', spec, '--out', folder])
    const [types, facts] = ['types.ts', 'constants.ts'].map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(facts).toMatch(/SORTABLE_FIELDS = \[[^\]]*"tries"/)
    expect(facts).not.toMatch(/SORTABLE_FIELDS = \[[^\]]*"attempt_count"/)
    expect(types).toContain('"-tries"')
    expect(types).not.toContain('"-attempt_count"')
  })

  test('a stale file is named, and fails the check', () => {
    writeFileSync(join(folder, 'types.ts'), '// old')
    expect(() =>
      execFileSync(process.execPath, [generator, '--check', '--out', folder], { encoding: 'utf8', stdio: 'pipe' }),
    ).toThrow(/Stale: .*types\.ts/)
  })
})
