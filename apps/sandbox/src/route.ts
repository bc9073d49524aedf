import { PATHS } from '@hood-exports/openapi'
import { DOWNLOAD_URL_PREFIX, OTHER_URL_PREFIX } from './made-up.ts'
import { LIST_PARAMETERS, VIEW_PARAMETERS } from './query/list-query.ts'

export type OperationRoute =
  | { readonly kind: 'list' }
  | { readonly kind: 'view' | 'download' | 'retry' | 'exportQuickReport'; readonly id: string }

export type Route = OperationRoute | { readonly kind: 'unknown' }

const ROUTES = (
  [
    ['view', PATHS.view],
    ['download', PATHS.download],
    ['download', `${DOWNLOAD_URL_PREFIX}{id}/download`],
    ['download', `${OTHER_URL_PREFIX}{id}`],
    ['retry', PATHS.retry],
    ['exportQuickReport', PATHS.exportQuickReport],
  ] as const
).map(([kind, template]) => ({ kind, pattern: new RegExp(`^${template.replace('{id}', '([^/]+)')}$`) }))

/** `id` is still percent-encoded: whether it is an id at all is not the router's question. */
export function routeOf(path: string): Route {
  if (path === PATHS.list) return { kind: 'list' }
  for (const { kind, pattern } of ROUTES) {
    const id = pattern.exec(path)?.[1]
    if (id !== undefined) return { kind, id }
  }
  return { kind: 'unknown' }
}

/** The query parameters that a route takes; undefined for one that is none. */
export function parametersOf({ kind }: Route): readonly string[] | undefined {
  if (kind === 'unknown') return undefined
  if (kind === 'list') return LIST_PARAMETERS
  return kind === 'view' ? VIEW_PARAMETERS : []
}
