import { UNCOVERED } from './uncovered.ts'
import { specPoints } from './spec-points.ts'
import type { SpecPoint } from './spec-points.ts'

/** The parts of an interaction of a pact that are looked at. */
export interface Interaction {
  readonly description: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly query?: Readonly<Record<string, readonly string[]>>
    readonly body?: { readonly content?: unknown }
  }
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

function meets({ request, response }: Interaction, point: SpecPoint): boolean {
  const { kind, path, method, status, member = '', name } = point
  if (kind === 'property') return hasProperty(response.body?.content, name)
  if (templateOf(request.path) !== path || request.method !== method) return false
  if (kind === 'parameter') return !member.startsWith('?') || request.query?.[member.slice(1)] !== undefined
  if (kind === 'body') return hasMember(request.body?.content, member)
  if (response.status !== status) return false
  const headers = Object.keys(response.headers ?? {}).map((header) => header.toLowerCase())
  return kind === 'status' || headers.includes(member.toLowerCase())
}

function templateOf(path: string): string {
  return path.replace(/\/(exports|quick-reports)\/[^/]+/, '/$1/{id}')
}

/** Whether a body shows a property: of the envelope, of one of its items, of an operation, or of an error. */
function hasProperty(content: unknown, name: string): boolean {
  const [schema, member = ''] = name.split('.')
  if (schema === 'ErrorBody') return hasMember(content, 'code') && hasMember(content, member)
  if (schema === 'Operation') return hasMember(content, 'id') && hasMember(content, member)
  if (schema === 'ExportList') return hasMember(content, 'items') && hasMember(content, member)
  const { items } = (content ?? {}) as { items?: unknown }
  return Array.isArray(items) && items.some((item) => hasMember(item, member))
}

function hasMember(content: unknown, member: string): boolean {
  return typeof content === 'object' && content !== null && member in content
}
