import { UNCOVERED } from './uncovered.ts'
import { specPoints } from './spec-points.ts'
import type { SpecPoint } from './spec-points.ts'

/** The parts of an interaction of a pact that are looked at. */
export interface Interaction {
  readonly description: string
  readonly request: { readonly path: string; readonly query?: Readonly<Record<string, readonly string[]>> }
  readonly response: {
    readonly status: number
    readonly headers?: Readonly<Record<string, unknown>>
    readonly body?: { readonly content?: unknown }
  }
}

export interface Coverage {
  readonly point: SpecPoint
  /** The interactions that meet it. */
  readonly metBy: readonly string[]
  /** Why none has to. */
  readonly reason: string | undefined
}

/** Which interaction meets each point of the spec. */
export function coverageOf(interactions: readonly Interaction[]): Coverage[] {
  return specPoints().map((point) => ({
    point,
    metBy: interactions.filter((interaction) => meets(interaction, point)).map(({ description }) => description),
    reason: UNCOVERED[point.name],
  }))
}

function meets({ request, response }: Interaction, { kind, path, status, member = '', name }: SpecPoint): boolean {
  if (kind === 'property') return hasMember(response.body?.content, name)
  if (templateOf(request.path) !== path) return false
  if (kind === 'parameter') return member === 'id' || request.query?.[member] !== undefined
  if (response.status !== status) return false
  const headers = Object.keys(response.headers ?? {}).map((header) => header.toLowerCase())
  return kind === 'status' || headers.includes(member.toLowerCase())
}

function templateOf(path: string): string {
  return path.replace(/(\/exports)\/[^/]+/, '$1/{id}')
}

/** Whether a body shows a property: of the envelope, of one of its items, or of an error. */
function hasMember(content: unknown, name: string): boolean {
  const [schema, member = ''] = name.split('.')
  if (typeof content !== 'object' || content === null) return false
  if (schema === 'Error') return 'code' in content && member in content
  if (!('items' in content)) return false
  if (schema === 'ExportList') return member in content
  return Array.isArray(content.items) && content.items.some((item: object) => member in item)
}
