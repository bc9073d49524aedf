import { DOWNLOAD_URL_PREFIX } from '../choices.ts'
import type { Member } from '../choices.ts'

/** Writes what SQLite read as JSON; `textJson` knows the texts that are kept by id. */
type WriteJson = (value: unknown, textJson: (id: number) => string) => string

interface MemberSource {
  /** What is read for it, over `items`. */
  readonly column: string
  readonly json: WriteJson
  /** What it is sorted by, where that is not the column. */
  readonly sortedBy?: string
}

const text: WriteJson = (value) => JSON.stringify(value)
const number: WriteJson = (value) => String(value)
/** Nothing in it needs escaping: digits, or a time of the documented form. */
const plain: WriteJson = (value) => (value === null ? 'null' : `"${String(value)}"`)
const byId: WriteJson = (value, textJson) => (value === null ? 'null' : textJson(value as number))

const URL_COLUMN = "CASE items.status WHEN 'ready' THEN items.id END"

/** Where each member of the API's item comes from. */
export const MEMBER_SOURCES: Readonly<Record<Member, MemberSource>> = {
  id: { column: 'items.id', json: plain },
  company_id: { column: '$company', json: text },
  creator_id: { column: 'items.creator_id', json: text },
  resource: { column: 'items.resource', json: text },
  status: { column: 'items.status', json: text },
  name: { column: 'items.name', json: text },
  description: { column: 'items.description_id', json: byId, sortedBy: sortedByText('items.description_id') },
  size: { column: 'items.size', json: number },
  extension: { column: 'items.extension', json: text },
  mime_type: { column: 'items.mime_type', json: text },
  download_url: {
    column: URL_COLUMN,
    json: (id) => (id === null ? 'null' : `"${DOWNLOAD_URL_PREFIX}${String(id)}/download"`),
  },
  attempt_count: { column: 'items.attempt_count', json: number },
  download_count: { column: 'items.download_count', json: number },
  failure_reason: { column: 'items.failure_reason_id', json: byId, sortedBy: sortedByText('items.failure_reason_id') },
  expire_time: { column: 'items.expire_time', json: plain },
  create_time: { column: 'items.create_time', json: plain },
  update_time: { column: 'items.update_time', json: plain },
}

function sortedByText(column: string): string {
  return `(SELECT value FROM texts WHERE texts.id = ${column})`
}
