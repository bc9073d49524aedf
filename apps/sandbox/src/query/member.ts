import { DOWNLOAD_URL_PREFIX } from '../choices.ts'
import type { Member } from '../choices.ts'

interface MemberSource {
  /** Its JSON: arguments of SQLite's `concat`, over `items`; the company is `?3`. */
  readonly json: string
  /** What it is sorted by. */
  readonly sortedBy: string
}

/** Nothing in it needs escaping, and it is never null: digits, or a time of the documented form. */
function plain(column: string): MemberSource {
  return { json: `'"', ${column}, '"'`, sortedBy: column }
}

function text(column: string): MemberSource {
  return { json: `json_quote(${column})`, sortedBy: column }
}

function number(column: string): MemberSource {
  return { json: `coalesce(${column}, 'null')`, sortedBy: column }
}

/** Nothing in it needs escaping, and it may be null. */
function nullable(sql: string): MemberSource {
  return { json: `coalesce('"' || ${sql} || '"', 'null')`, sortedBy: sql }
}

function keptText(column: string): MemberSource {
  const find = (wanted: string): string => `(SELECT ${wanted} FROM texts WHERE texts.id = ${column})`
  return { json: `coalesce(${find('json')}, 'null')`, sortedBy: find('value') }
}

const URL = `CASE items.status WHEN 'ready' THEN '${DOWNLOAD_URL_PREFIX}' || items.id || '/download' END`

/** Where each member of the API's item comes from. */
export const MEMBER_SOURCES: Readonly<Record<Member, MemberSource>> = {
  id: plain('items.id'),
  company_id: { json: 'json_quote(?3)', sortedBy: 'items.account_id' },
  creator_id: nullable('items.creator_id'),
  resource: text('items.resource'),
  status: text('items.status'),
  name: text('items.name'),
  description: keptText('items.description_id'),
  size: number('items.size'),
  extension: text('items.extension'),
  mime_type: text('items.mime_type'),
  download_url: nullable(URL),
  attempt_count: number('items.attempt_count'),
  download_count: number('items.download_count'),
  failure_reason: keptText('items.failure_reason_id'),
  expire_time: nullable('items.expire_time'),
  create_time: plain('items.create_time'),
  update_time: plain('items.update_time'),
}
