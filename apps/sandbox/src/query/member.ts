import { DOWNLOAD_URL_PREFIX } from '../choices.ts'
import type { Member } from '../choices.ts'

interface MemberSource {
  /** Its JSON: arguments of SQLite's `concat`, over `items`; the company is `?3`. */
  readonly json: string
  /** What it is sorted and filtered by, over `items`. */
  readonly value: string
  /** The column whose index tells that value; every index tells the id as well. */
  readonly column: string
}

/** Nothing in it needs escaping, and it is never null: digits, or a time of the documented form. */
function plain(column: string): MemberSource {
  return { json: `'"', items.${column}, '"'`, ...stored(column) }
}

function text(column: string): MemberSource {
  return { json: `json_quote(items.${column})`, ...stored(column) }
}

function number(column: string): MemberSource {
  return { json: `coalesce(items.${column}, 'null')`, ...stored(column) }
}

/** Nothing in it needs escaping, and it may be null. */
function nullable(column: string): MemberSource {
  return { json: quotedOrNull(`items.${column}`), ...stored(column) }
}

function keptText(column: string): MemberSource {
  const json = `coalesce((SELECT json FROM texts WHERE texts.id = items.${column}), 'null')`
  return { json, ...stored(column) }
}

function stored(column: string): Omit<MemberSource, 'json'> {
  return { value: `items.${column}`, column }
}

function quotedOrNull(sql: string): string {
  return `coalesce('"' || ${sql} || '"', 'null')`
}

const URL = `CASE items.status WHEN 'ready' THEN '${DOWNLOAD_URL_PREFIX}' || items.id || '/download' END`

/** Where each member of the API's item comes from. */
export const MEMBER_SOURCES: Readonly<Record<Member, MemberSource>> = {
  id: plain('id'),
  company_id: { json: 'json_quote(?3)', ...stored('account_id') },
  creator_id: nullable('creator_id'),
  resource: text('resource'),
  status: text('status'),
  name: text('name'),
  description: keptText('description_id'),
  size: number('size'),
  extension: text('extension'),
  mime_type: text('mime_type'),
  download_url: { json: quotedOrNull(URL), value: URL, column: 'status' },
  attempt_count: number('attempt_count'),
  download_count: number('download_count'),
  failure_reason: keptText('failure_reason_id'),
  expire_time: nullable('expire_time'),
  create_time: plain('create_time'),
  update_time: plain('update_time'),
}

/** The same as a string of digits, where it is a number. */
export function textOfNumber(member: Member): string {
  return quotedOrNull(MEMBER_SOURCES[member].value)
}
