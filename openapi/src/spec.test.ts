import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
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

const OPERATIONS = Object.keys(constants.PATHS) as (keyof typeof constants.PATHS)[]

/** Every JSON or text body of an answer that the document knows: its schema's pointer, and its examples. */
const bodies = OPERATIONS.flatMap((operation) => {
  const path = constants.PATHS[operation]
  const responses = `/paths/${path.replaceAll('/', '~1')}/${constants.METHODS[operation].toLowerCase()}/responses`
  return Object.keys(at<object>(responses)).flatMap((status) => {
    const { $ref } = at<Record<string, { $ref?: string }>>(responses)[status] ?? {}
    const response = $ref?.slice(1) ?? `${responses}/${status}`
    return Object.entries(at<{ content: Record<string, Media> }>(response).content).flatMap(
      ([type, { examples = {} }]) =>
        Object.keys(examples).map((name) => {
          const content = `${response}/content/${type.replaceAll('/', '~1')}`
          return {
            title: `${operation} ${status} ${name}`,
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
    ).toEqual(
      OPERATIONS.flatMap((operation) => constants.STATUSES[operation].map((status) => `${operation} ${status}`)),
    )
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
    ['numbers as strings of digits', { id: '1', size: '125', attempt_count: '1', download_count: '0' }],
    ['an id of twenty digits', { id: '17430755068336100383' }],
    ['null where a value may not exist yet', { id: '1', size: null, expire_time: null, failure_reason: null }],
  ])('%s is valid', (_name, value) => {
    expect(errorsOf('/components/schemas/Export', value)).toBeNull()
  })

  test.each([
    ['a number as id', { id: 1 }],
    ['letters in an id', { id: '1a' }],
    ['a time of RFC 3339', { id: '1', create_time: '2021-07-30T12:50:13Z' }],
    ['a month 13', { id: '1', create_time: '2021-13-30 12:50:13' }],
    ['a size that is no number', { id: '1', size: '125 B' }],
    ['no name, as null', { id: '1', name: null }],
  ])('%s is not', (_name, value) => {
    expect(errorsOf('/components/schemas/Export', value)).not.toBeNull()
  })

  test('an error needs its code and title, and nothing else', () => {
    expect(errorsOf('/components/schemas/ErrorBody', { code: 500, title: 'x' })).toBeNull()
    expect(errorsOf('/components/schemas/ErrorBody', { code: 500 })).not.toBeNull()
  })
})

describe('what is sent to make an export', () => {
  const body = `/paths/${constants.PATHS.exportQuickReport.replaceAll('/', '~1')}/post/requestBody/content/application~1json`

  test('is in the example as its schema says', () => {
    expect(
      errorsOf(`${body}/schema`, at(`${body}/examples/campaigns`) && at('/components/examples/CampaignReport/value')),
    ).toBeNull()
  })

  test('may have further parameters of the report, and leave any out', () => {
    expect(errorsOf(`${body}/schema`, {})).toBeNull()
    expect(errorsOf(`${body}/schema`, { out: 'json', colour: 'blue' })).toBeNull()
  })

  test.each([
    [{ out: 'xlsx' }],
    [{ name: 7 }],
    [{ fields: ['id'] }],
    [{ precision: -1 }],
    [{ filters: { sent: 5 } }],
    ['csv'],
  ])('%j is not valid', (request) => {
    expect(errorsOf(`${body}/schema`, request)).not.toBeNull()
  })
})

describe('filters', () => {
  const parameters = Object.values(
    at<Record<string, { name: string; in: string; schema: { $ref?: string }; example?: string }>>(
      '/components/parameters',
    ),
  )
  const filters = parameters.filter(({ name, in: place }) => place === 'query' && name in constants.FILTER_KINDS)
  const VALUES = {
    text: ['ready', 'queued'],
    id: ['1', '17430755068336100383'],
    number: ['1', '9'],
    time: ['2026-01-01', '2026-01-31 23:59:59'],
  }
  const schemaOf = (kind: keyof typeof VALUES) => `/components/schemas/${kind[0]?.toUpperCase()}${kind.slice(1)}Filter`
  const kinds = Object.keys(VALUES) as (keyof typeof VALUES)[]
  /** Operators with values as each takes them. */
  const written = (operator: keyof typeof constants.OPERATOR_VALUES, [one, two]: readonly string[]) =>
    `${operator}:${{ none: '', one, many: `${one},${two}`, two: `${one},${two}` }[constants.OPERATOR_VALUES[operator]]}`

  test('there is one for every member of an item, and the list takes them all', () => {
    expect(filters.map(({ name }) => name)).toEqual([...constants.SELECTABLE_FIELDS])
    const taken = at<{ $ref: string }[]>('/paths/~1v1~1hood~1exports/get/parameters').map(
      ({ $ref }) => at<{ name: string }>($ref.slice(1)).name,
    )
    expect(taken).toEqual(expect.arrayContaining([...constants.SELECTABLE_FIELDS]))
  })

  test.each(kinds)('the pattern of a %s takes each of its operators, and none of the others', (kind) => {
    const takes = (text: string) => errorsOf(schemaOf(kind), text) === null
    const operators = Object.keys(constants.OPERATOR_VALUES) as (keyof typeof constants.OPERATOR_VALUES)[]
    expect(operators.filter((operator) => takes(written(operator, VALUES[kind])))).toEqual(
      operators.filter((operator) => (constants.FILTER_OPERATORS[kind] as readonly string[]).includes(operator)),
    )
    for (const value of VALUES[kind]) expect({ value, isTaken: takes(value) }).toEqual({ value, isTaken: true })
  })

  test.each<[keyof typeof VALUES, string]>([
    ['text', 'like:a'],
    ['text', 'in:'],
    ['text', 'in:a,,b'],
    ['text', 'is:x'],
    ['id', 'abc'],
    ['id', 'in:1,x'],
    ['number', 'gt:'],
    ['number', 'rf:1'],
    ['number', 'rf:1,2,3'],
    ['number', '1.5'],
    ['time', 'yesterday'],
    ['time', '2026-01-01T00:00:00Z'],
    ['time', 'r:2026-01-01'],
  ])('a %s does not take %j', (kind, text) => {
    expect(errorsOf(schemaOf(kind), text)).not.toBeNull()
  })

  test.each([...filters])('the example of $name is valid', ({ schema, example }) => {
    expect(errorsOf(schema.$ref?.slice(1) ?? '', example)).toBeNull()
  })
})

describe('the description', () => {
  test('is YAML 1.1 as well, which many tools still read: the same document', () => {
    const yaml = readFileSync(join(import.meta.dirname, '../hood-exports.yaml'), 'utf8')
    expect(parse(yaml, { version: '1.1' })).toEqual(parse(yaml))
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
