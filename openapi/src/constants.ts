import type { OpenApiDocument, Schema } from './document.ts'

/** A JSON value on its way into generated source. */
type Json = unknown

interface Constant {
  readonly name: string
  readonly doc: string
  readonly value: Json
}

/**
 * The run-time facts of the wire, read out of the OpenAPI document, as the source of `generated/constants.ts`.
 * Everything a program needs to know about lists of fields and limits comes from here, and is typed once.
 */
export function constantsSource(document: OpenApiDocument): string {
  const { components } = document
  const rates = document['x-rate-limits']
  const exportSchema = components.schemas['Export']?.properties ?? {}
  const operations = Object.entries(OPERATION_IDS).map(([name, id]) => [name, operationOf(document, id)] as const)
  const statuses = Object.fromEntries(
    operations.map(([name, { responses }]) => [name, Object.keys(responses).map(Number)]),
  )
  const filters = filterKinds(document)
  const sort = parameterEnum(document, 'Sort')
  const searchMembers = components.parameters['QueryFields']?.['x-member-names'] ?? {}
  const searchable = parameterEnum(document, 'QueryFields')

  const constants: Constant[] = [
    { name: 'SPEC_VERSION', doc: 'Version of the OpenAPI document.', value: document.info.version },
    { name: 'ORIGIN', doc: "The vendor's production origin.", value: document.servers[0]?.url },
    {
      name: 'PATHS',
      doc: 'Path templates by operation.',
      value: Object.fromEntries(operations.map(([name, { path }]) => [name, path])),
    },
    {
      name: 'METHODS',
      doc: 'HTTP methods by operation.',
      value: Object.fromEntries(operations.map(([name, { method }]) => [name, method])),
    },
    { name: 'STATUSES', doc: 'Documented status codes by operation.', value: statuses },
    {
      name: 'ERROR_STATUSES',
      doc: 'Documented status codes of errors, of all operations together.',
      value: [...new Set(Object.values(statuses).flat())].filter((status) => status >= 400),
    },
    { name: 'SELECTABLE_FIELDS', doc: 'What `fields` takes.', value: parameterEnum(document, 'Fields') },
    {
      name: 'SORTABLE_FIELDS',
      doc: 'What `sort` takes, each also after `-`.',
      value: sort.filter((key) => !key.startsWith('-')),
    },
    { name: 'SEARCHABLE_FIELDS', doc: 'What `q_fields` takes: wire names.', value: searchable },
    {
      name: 'SEARCHABLE_MEMBERS',
      doc: "The item's member that each searchable field looks in.",
      value: Object.fromEntries(searchable.map((field) => [field, searchMembers[field] ?? field])),
    },
    {
      name: 'FILTER_KINDS',
      doc: 'The members that a list is filtered by, and the kind of each.',
      value: filters.kinds,
    },
    { name: 'FILTER_OPERATORS', doc: 'The operators that each kind of filter takes.', value: filters.operators },
    {
      name: 'OPERATOR_VALUES',
      doc: 'How many values an operator takes: `many` are joined by commas, `two` are the ends of a range.',
      value: Object.fromEntries(
        Object.entries(document['x-filter-operators']).map(([operator, { values }]) => [operator, values]),
      ),
    },
    { name: 'VIEWS', doc: 'What `view` takes.', value: components.parameters['View']?.schema.enum },
    {
      name: 'NULLABLE_MEMBERS',
      doc: 'Members of an item that may be null.',
      value: Object.keys(exportSchema).filter((member) => isNullable(exportSchema[member])),
    },
    {
      name: 'NUMERIC_MEMBERS',
      doc: 'Members of an item that are numbers; the API may send them as strings of digits.',
      value: Object.keys(exportSchema).filter((member) => isCount(exportSchema[member])),
    },
    {
      name: 'FAILED_STATUSES',
      doc: 'Values of `status` that are taken for a failure. None is documented: this is a choice.',
      value: exportSchema['status']?.['x-failed-values'],
    },
    {
      name: 'KNOWN_VALUES',
      doc: 'Values that are documented for the open vocabularies; others may arrive at any time.',
      value: Object.fromEntries(
        Object.entries(exportSchema).flatMap(([member, schema]) =>
          schema['x-known-values'] ? [[member, schema['x-known-values']]] : [],
        ),
      ),
    },
    { name: 'ID_PATTERN', doc: 'Source of a RegExp for ids.', value: components.schemas['Id']?.pattern },
    {
      name: 'TIMESTAMP_PATTERN',
      doc: 'Source of a RegExp for times: `YYYY-MM-DD HH:MM:SS`, GMT.',
      value: components.schemas['Timestamp']?.pattern,
    },
    {
      name: 'RATE_LIMIT_WINDOWS',
      doc: 'The fixed windows of an account, both counted at once. `windowMs` in milliseconds.',
      value: rates.windows.map(({ name, limit, seconds }) => ({ name, limit, windowMs: seconds * 1000 })),
    },
    {
      name: 'RATE_LIMIT_TIERS',
      doc: "The platform's tiers: the limits of both windows, in the order of `RATE_LIMIT_WINDOWS`.",
      value: rates.tiers,
    },
  ]
  return constants.map(({ name, doc, value }) => declaration({ name, doc, value })).join('\n')
}

function declaration({ name, doc, value }: Constant): string {
  if (value === undefined) throw new Error(`The spec no longer says what ${name} is made from (${doc})`)
  return `/** ${doc} */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const\n`
}

/** The names of the operations here, and in the spec. */
const OPERATION_IDS = {
  list: 'listExports',
  view: 'viewExport',
  download: 'downloadExport',
  retry: 'retryExport',
  exportQuickReport: 'exportQuickReport',
}

interface FoundOperation {
  readonly path: string
  readonly method: string
  readonly responses: Readonly<Record<string, unknown>>
}

function operationOf(document: OpenApiDocument, id: string): FoundOperation {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, { operationId, responses }] of Object.entries(methods)) {
      if (operationId === id) return { path, method: method.toUpperCase(), responses }
    }
  }
  throw new Error(`No operation ${id} in the spec`)
}

/** A filter is a parameter whose schema has `x-filter`; it is named like the member that it looks at. */
function filterKinds({ components: { parameters, schemas } }: OpenApiDocument): {
  readonly kinds: Readonly<Record<string, string>>
  readonly operators: Readonly<Record<string, readonly string[]>>
} {
  const operators: Record<string, readonly string[]> = {}
  const kinds: Record<string, string> = {}
  for (const { name, schema } of Object.values(parameters)) {
    const filter = schemas[schema.$ref?.split('/').at(-1) ?? '']?.['x-filter']
    if (!filter) continue
    kinds[name] = filter.kind
    operators[filter.kind] = filter.operators
  }
  return { kinds, operators }
}

function parameterEnum(document: OpenApiDocument, name: string): readonly string[] {
  const values = document.components.parameters[name]?.schema.items?.enum
  if (!values) throw new Error(`The parameter ${name} has no enum in the spec`)
  return values
}

function isNullable(schema: Schema | undefined): boolean {
  return schema?.type?.includes('null') === true || schema?.anyOf?.some(({ type }) => type === 'null') === true
}

function isCount(schema: Schema | undefined): boolean {
  return [schema, ...(schema?.anyOf ?? [])].some((part) => part?.$ref === '#/components/schemas/Count')
}
