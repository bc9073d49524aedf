import type { OpenApiDocument } from './document.ts'

/** A JSON value on its way into generated source. */
type Json = unknown

interface Constant {
  readonly name: string
  readonly doc: string
  readonly value: Json
}

/**
 * The run-time facts of the wire, read out of the OpenAPI document, as the source of `generated/constants.ts`.
 * Everything a program needs to know about lists of fields and limits comes from here: nobody types it again.
 */
export function constantsSource(document: OpenApiDocument): string {
  const { paths, components } = document
  const rates = document['x-rate-limits']
  const exportSchema = components.schemas['Export']?.properties ?? {}
  const [list, view, download] = ['listExports', 'viewExport', 'downloadExport'].map((id) => pathOf(document, id))
  const sort = parameterEnum(document, 'Sort')
  const searchMembers = components.parameters['QueryFields']?.['x-member-names'] ?? {}
  const searchable = parameterEnum(document, 'QueryFields')

  const constants: Constant[] = [
    { name: 'SPEC_VERSION', doc: 'Version of the OpenAPI document.', value: document.info.version },
    { name: 'ORIGIN', doc: "The vendor's production origin.", value: document.servers[0]?.url },
    { name: 'PATHS', doc: 'Path templates by operation.', value: { list, view, download } },
    {
      name: 'STATUSES',
      doc: 'Documented status codes of every operation.',
      value: Object.keys(paths[list ?? '']?.get.responses ?? {}).map(Number),
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
    { name: 'VIEWS', doc: 'What `view` takes.', value: components.parameters['View']?.schema.enum },
    {
      name: 'NULLABLE_MEMBERS',
      doc: 'Members of an item that may be null.',
      value: Object.keys(exportSchema).filter((member) => isNullable(exportSchema[member])),
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
  ]
  return constants.map(({ name, doc, value }) => declaration({ name, doc, value })).join('\n')
}

function declaration({ name, doc, value }: Constant): string {
  if (value === undefined) throw new Error(`The spec no longer says what ${name} is made from (${doc})`)
  return `/** ${doc} */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const\n`
}

function pathOf(document: OpenApiDocument, operationId: string): string {
  const found = Object.entries(document.paths).find(([, item]) => item.get.operationId === operationId)
  if (!found) throw new Error(`No operation ${operationId} in the spec`)
  return found[0]
}

function parameterEnum(document: OpenApiDocument, name: string): readonly string[] {
  const values = document.components.parameters[name]?.schema.items?.enum
  if (!values) throw new Error(`The parameter ${name} has no enum in the spec`)
  return values
}

function isNullable(
  schema: { type?: string | readonly string[]; anyOf?: readonly { type?: string }[] } | undefined,
): boolean {
  return schema?.type?.includes('null') === true || schema?.anyOf?.some(({ type }) => type === 'null') === true
}
