import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Account, Row } from './account.ts'

/** A request that is refused. */
export class HttpError extends Error {
  readonly status: number

  constructor(status: number, message = 'The request is not valid.') {
    super(message)
    this.status = status
  }
}

export interface Call {
  readonly parts: Parts
  readonly request: IncomingMessage
  readonly query: URLSearchParams
  readonly body: string
  readonly account: Account
  readonly accounts: readonly Account[]
  /** Milliseconds since the epoch. */
  readonly nowMs: number
  /** The number of the request, from 1. */
  readonly nth: number
}

export interface Answer {
  status: number
  headers: OutgoingHttpHeaders
  body: string | Buffer
}

export type Taken = { limit: number; remaining: number; resetS: number } | { retryAfter: string }
export interface Key {
  readonly member: string
  readonly falling: boolean
}
export interface Filter {
  readonly member: string
  readonly operator: string
  readonly text: string
}
interface Search {
  readonly term: string
  readonly members: readonly string[]
}
export interface Page {
  readonly number: number
  readonly size: number
}

/** What the server is put together from. Each part can be replaced by another one. */
export interface Parts {
  /** Middleware: sees each request first. */
  through(request: IncomingMessage, response: ServerResponse, next: () => void): void
  whose(authorization: string | undefined, accounts: readonly Account[]): Account | undefined
  /** A place in each window, or a refusal. */
  take(account: Account, nowMs: number, request: IncomingMessage, limits: 'on' | 'off'): Taken
  quotaHeaders(taken: Taken): OutgoingHttpHeaders
  query(search: string): URLSearchParams
  page(text: string | null): Page
  keys(text: string | null): readonly Key[]
  search(query: URLSearchParams): Search | undefined
  filters(query: URLSearchParams): readonly Filter[]
  /** The members that are shown. */
  members(query: URLSearchParams, of: 'list' | 'view'): readonly string[]
  finds(row: Row, search: Search): boolean
  holds(row: Row, filter: Filter): boolean
  compare(one: Row, other: Row, key: Key): number
  sorted(rows: readonly Row[], keys: readonly Key[], parts: Parts): readonly Row[]
  slice(rows: readonly Row[], page: Page, call: Call): readonly Row[]
  total(rows: readonly Row[], shown: readonly Row[], call: Call): number | string
  shape(row: Row, members: readonly string[], call: Call): Record<string, unknown>
  rows(call: Call): readonly Row[]
  row(id: string, call: Call): Row | undefined
  list(call: Call): Answer
  view(id: string, call: Call): Answer
  download(id: string, call: Call): Answer
  file(row: Row): Buffer
  retry(id: string, call: Call): Answer
  create(reportId: string, call: Call): Answer
  /** What has become of the exports that are made, at a moment. */
  settle(account: Account, nowMs: number): void
  failure(status: number, message: string, nth: number): Record<string, unknown>
  json(value: unknown): string | Buffer
}

export const MEMBERS: Readonly<Record<string, 'text' | 'number' | 'time'>> = {
  id: 'text',
  company_id: 'text',
  creator_id: 'text',
  resource: 'text',
  status: 'text',
  name: 'text',
  description: 'text',
  size: 'number',
  extension: 'text',
  mime_type: 'text',
  download_url: 'text',
  attempt_count: 'number',
  download_count: 'number',
  failure_reason: 'text',
  expire_time: 'time',
  create_time: 'time',
  update_time: 'time',
}
export const ALL: readonly string[] = Object.keys(MEMBERS)
export const BY_DEFAULT: readonly string[] = ALL.filter(
  (member) => !['description', 'failure_reason', 'update_time'].includes(member),
)
