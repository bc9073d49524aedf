import type { ExportsClient } from '@hood-exports/client'
import { PATHS } from '@hood-exports/openapi'
import { MatchersV3 } from '@pact-foundation/pact'

const { eachLike, integer, like, regex, string } = MatchersV3

/** What the client asks for, and what it makes of the answer. */
export interface Interaction {
  readonly title: string
  readonly state: string
  /** Default: GET. */
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly query?: Record<string, string>
  /** JSON. */
  readonly requestBody?: object
  readonly status: number
  readonly headers?: Record<string, MatchersV3.Matcher<string>>
  readonly body: unknown
  readonly call: (client: ExportsClient) => Promise<unknown>
  readonly expected: unknown
}

export const ID = '1000000'
export const NAME = 'Christmas list - 22.05.2025 11:44:32'
export const EXISTS: string = `export ${ID} exists`
export const TIME: string = String.raw`^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$`

type Required =
  | 'id'
  | 'company_id'
  | 'resource'
  | 'status'
  | 'name'
  | 'attempt_count'
  | 'download_count'
  | 'create_time'
  | 'update_time'

/** A matcher of Pact. */
type Matched = MatchersV3.Matcher<string> | MatchersV3.Matcher<number>

/** What every item has, as the client needs it: types and formats, no values. */
export const ITEM: Readonly<Record<Required, Matched>> = {
  id: regex(String.raw`^\d+$`, ID),
  company_id: regex(String.raw`^\d+$`, '1000001'),
  resource: string('quick-reports'),
  status: string('ready'),
  name: string(NAME),
  attempt_count: integer(1),
  download_count: integer(1),
  create_time: regex(TIME, '2021-07-30 12:50:13'),
  update_time: regex(TIME, '2021-07-30 12:50:13'),
}

/** An item that is ready: also what may be null until then. */
export const READY_ITEM: object = {
  ...ITEM,
  creator_id: regex(String.raw`^\d+$`, '1000001'),
  description: string('help here'),
  size: integer(125),
  extension: string('csv'),
  mime_type: string('text/csv'),
  download_url: string(`/v1/hood/customers/exports/${ID}/download`),
  failure_reason: string('Export failed due to an internal error. Please try again later.'),
  expire_time: regex(TIME, '2021-07-30 12:50:13'),
}

export const QUOTA: Record<string, MatchersV3.Matcher<string>> = {
  'X-RateLimit-Limit': regex(String.raw`^\d+$`, '150'),
  'X-RateLimit-Remaining': regex(String.raw`^\d+$`, '149'),
  'X-RateLimit-Reset': regex(String.raw`^\d+$`, '42'),
}

export const REPORT_ID = '42'
export const view: string = PATHS.view.replace('{id}', ID)
export const download: string = PATHS.download.replace('{id}', ID)
export const retry: string = PATHS.retry.replace('{id}', ID)
export const exportQuickReport: string = PATHS.exportQuickReport.replace('{id}', REPORT_ID)

export const page = (item: object): object => ({ total: integer(1), items: eachLike(item) })
export const envelope = (item: object): object => ({ total: 1, items: [item] })

export const error = (code: number, title: string, message?: string): object => ({
  code,
  title: like(title),
  ...(message !== undefined && { message: like(message) }),
  trace_id: string('99a84211-f73d-4ff8-acdf-eb3e06bb9d62'),
})
