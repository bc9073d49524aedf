import { PATHS } from '@hood-exports/openapi'

export interface ExampleCallsOptions {
  /** Where the mock answers. */
  readonly origin: string
  /** As a shell takes it. */
  readonly token: string
}

export interface ExampleCalls {
  /** The line of a call to a path, with more of curl's options before its URL. */
  line(path: string, options?: string): string
  readonly list: string
  readonly filter: string
  /** Makes something: not for where requests are passed on. */
  readonly create: string
}

/** Lines of curl to begin with. */
export function exampleCalls({ origin, token }: ExampleCallsOptions): ExampleCalls {
  const line = (path: string, options = ''): string =>
    `curl -H "Authorization: Bearer ${token}"${options} "${origin}${path}"`
  return {
    line,
    list: line(PATHS.list),
    filter: line(`${PATHS.list}?status=ready&create_time=gte:2026-01-01`),
    create: line(
      PATHS.exportQuickReport.replace('{id}', '1000000'),
      ` -H "Content-Type: application/json" -d '{"name": "July", "out": "csv"}'`,
    ),
  }
}
