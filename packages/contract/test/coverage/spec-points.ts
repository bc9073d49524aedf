import { document } from '@hood-exports/openapi/document'

/** Something that the spec says, which an interaction can meet. */
export interface SpecPoint {
  /** Its name in the report: `list 200`, `list ?sort`, `list 200 Retry-After`, `Export.size`. */
  readonly name: string
  readonly kind: 'status' | 'parameter' | 'header' | 'property'
  /** Path template of its operation; of a property: undefined. */
  readonly path?: string
  readonly status?: number
  /** Of the parameter, header or property. */
  readonly member?: string
}

interface Resolved {
  readonly $ref?: string
  readonly parameters?: readonly unknown[]
  readonly responses?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, unknown>>
  readonly operationId?: string
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
const SCHEMAS = ['Export', 'ExportList', 'Error'] as const

/** Everything that the spec says about operations, statuses, parameters, headers and properties. */
export function specPoints(): SpecPoint[] {
  const { paths, components } = document as unknown as {
    readonly paths: Readonly<Record<string, { readonly get: Resolved; readonly parameters?: readonly unknown[] }>>
    readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> }
  }
  const operations = Object.entries(paths).flatMap(([path, item]) => {
    const { get } = item
    const operation = get.operationId ?? path
    const parameters = [...(item.parameters ?? []), ...(get.parameters ?? [])].map(resolve)
    return [
      ...parameters.map(({ name = '', in: place }): SpecPoint => ({
        name: `${operation} ${place === 'query' ? '?' : ''}${name}`,
        kind: 'parameter',
        path,
        member: name,
      })),
      ...Object.entries(get.responses ?? {}).flatMap(([status, response]): SpecPoint[] => [
        { name: `${operation} ${status}`, kind: 'status', path, status: Number(status) },
        ...Object.keys(resolve(response).headers ?? {}).map((member): SpecPoint => ({
          name: `${operation} ${status} ${member}`,
          kind: 'header',
          path,
          status: Number(status),
          member,
        })),
      ]),
    ]
  })
  const properties = SCHEMAS.flatMap((schema) =>
    Object.keys(components.schemas[schema]?.properties ?? {}).map((member): SpecPoint => ({
      name: `${schema}.${member}`,
      kind: 'property',
      member,
    })),
  )
  return [...operations, ...properties]
}
