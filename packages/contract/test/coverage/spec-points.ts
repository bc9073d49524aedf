import { document } from '@hood-exports/openapi/document'

/** Something that the spec says, which an interaction can meet. */
export interface SpecPoint {
  /**
   * Its name in the report: `listExports 200`, `listExports ?sort`, `listExports 429 Retry-After`, `Export.size`,
   * `exportQuickReport body.name`.
   */
  readonly name: string
  readonly kind: 'status' | 'parameter' | 'header' | 'body' | 'property'
  /** Path template of its operation; of a property: undefined. */
  readonly path?: string
  /** In capitals. */
  readonly method?: string
  readonly status?: number
  /** Name of the parameter, header, property, or member of the request's body. */
  readonly member?: string
}

interface Resolved {
  readonly $ref?: string
  readonly parameters?: readonly unknown[]
  readonly responses?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, unknown>>
  readonly operationId?: string
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }
  readonly properties?: object
  readonly name?: string
  readonly in?: string
}

function resolve(node: unknown): Resolved {
  const { $ref } = node as Resolved
  if ($ref === undefined) return node as Resolved
  const path = $ref.split('/').slice(1)
  return resolve(path.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document))
}

/** Schemas whose properties are looked for in bodies. */
const SCHEMAS = ['Export', 'ExportList', 'Operation', 'ErrorBody'] as const
const METHODS = ['get', 'post'] as const

/** Everything that the spec says about operations, statuses, parameters, headers and properties. */
export function specPoints(): SpecPoint[] {
  const { paths, components } = document as unknown as {
    readonly paths: Readonly<Record<string, Readonly<Partial<Record<(typeof METHODS)[number], Resolved>>>>>
    readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> }
  }
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => operationPoints(path, method, item[method])),
  )
  const properties = SCHEMAS.flatMap((schema) =>
    Object.keys(components.schemas[schema]?.properties ?? {}).map((member): SpecPoint => ({
      name: `${schema}.${member}`,
      kind: 'property',
      member,
    })),
  )
  return [...operations, ...properties]
}

function operationPoints(path: string, method: string, operation: Resolved | undefined): SpecPoint[] {
  if (operation === undefined) return []
  const { operationId: id = path, parameters = [], responses = {}, requestBody } = operation
  const at = { path, method: method.toUpperCase() }
  const schemas = Object.values(requestBody?.content ?? {}).map(({ schema }) => resolve(schema))
  return [
    ...parameters.map(resolve).map(({ name = '', in: place }): SpecPoint => ({
      ...at,
      name: `${id} ${place === 'query' ? '?' : ''}${name}`,
      kind: 'parameter',
      member: place === 'query' ? `?${name}` : name,
    })),
    ...schemas.flatMap(({ properties = {} }) =>
      Object.keys(properties).map((member): SpecPoint => ({
        ...at,
        name: `${id} body.${member}`,
        kind: 'body',
        member,
      })),
    ),
    ...Object.entries(responses).flatMap(([status, response]): SpecPoint[] => [
      { ...at, name: `${id} ${status}`, kind: 'status', status: Number(status) },
      ...Object.keys(resolve(response).headers ?? {}).map((member): SpecPoint => ({
        ...at,
        name: `${id} ${status} ${member}`,
        kind: 'header',
        status: Number(status),
        member,
      })),
    ]),
  ]
}
