import { PATHS } from '@hood-exports/openapi'

/** Lines of curl to begin with. */
export interface ExampleCalls {
  /** The line of a call to a path, with more of curl's options before its URL. */
  line(path: string, options?: string): string
  readonly list: string
  readonly filter: string
  /** Makes something: not for where requests are passed on. */
  readonly create: string
}

/** @param options Where the mock answers, and a token as a shell takes it. */
export function exampleCalls({ origin, token }: { readonly origin: string; readonly token: string }): ExampleCalls {
  const line = (path: string, options = ''): string =>
    `curl -H "Authorization: Bearer ${token}"${options} "${origin}${path}"`
  const create = PATHS.exportQuickReport.replace('{id}', '1000000')
  return {
    line,
    list: line(PATHS.list),
    filter: line(`${PATHS.list}?status=ready&create_time=gte:2026-01-01`),
    create: line(create, ` -H "Content-Type: application/json" -d '{"name": "July", "out": "csv"}'`),
  }
}
