import { DOWNLOAD_URL_PREFIX } from './choices.ts'
import { PATHS } from '@hood-exports/openapi'

export type OperationRoute =
  | { readonly kind: 'list' }
  | { readonly kind: 'view' | 'download' | 'retry' | 'exportQuickReport'; readonly id: string }

export type Route = OperationRoute | { readonly kind: 'unknown' }

const VIEW = matcher(PATHS.view)
const DOWNLOAD = matcher(PATHS.download)
const RETRY = matcher(PATHS.retry)
const EXPORT_QUICK_REPORT = matcher(PATHS.exportQuickReport)
const DOWNLOAD_ALIAS = matcher(`${DOWNLOAD_URL_PREFIX}{id}/download`)

/** `id` is still percent-encoded: whether it is an id at all is not the router's question. */
export function routeOf(path: string): Route {
  if (path === PATHS.list) return { kind: 'list' }
  const viewed = VIEW(path)
  if (viewed !== undefined) return { kind: 'view', id: viewed }
  const downloaded = DOWNLOAD(path) ?? DOWNLOAD_ALIAS(path)
  if (downloaded !== undefined) return { kind: 'download', id: downloaded }
  const retried = RETRY(path)
  if (retried !== undefined) return { kind: 'retry', id: retried }
  const report = EXPORT_QUICK_REPORT(path)
  if (report !== undefined) return { kind: 'exportQuickReport', id: report }
  return { kind: 'unknown' }
}

function matcher(template: string): (path: string) => string | undefined {
  const [prefix = '', suffix = ''] = template.split('{id}')
  return (path) => {
    if (!path.startsWith(prefix) || !path.endsWith(suffix)) return undefined
    const id = path.slice(prefix.length, path.length - suffix.length)
    return id === '' || id.includes('/') ? undefined : id
  }
}
