import { FAILED_STATUSES } from '@hood-exports/openapi'
import { isRecord, jsonOf } from '../../exchange.ts'
import type { Answer, Item } from '../../exchange.ts'
import { count, statusAndBody } from '../../violation.ts'
import type { Attempt } from './attempts.ts'

/** Companies of the account, from its exports; none: not known. */
export type Companies = ReadonlySet<string>

export function companiesOf(items: Iterable<Item>): Companies {
  return new Set([...items].flatMap(({ company_id: company }) => (typeof company === 'string' ? [company] : [])))
}

/** What came in place of the expected status, or of an operation of the account. */
export function judgeAttempt(answer: Answer, { expected, isMinimal }: Attempt, companies: Companies): string[] {
  if (isMinimal && answer.status === 400) return []
  if (answer.status !== expected) return [statusAndBody(answer)]
  return expected === 202 ? judgeOperation(answer, companies) : []
}

/** Whether a request was accepted, with an operation of the account. */
export function judgeOperation(answer: Answer, companies: Companies): string[] {
  if (answer.status !== 202) return [statusAndBody(answer)]
  const json = jsonOf(answer)
  // Another shape breaks the spec already.
  if (json.kind === 'not-json' || !isRecord(json.value)) return []
  return judgeCompany('an operation', json.value, companies)
}

function judgeCompany(what: string, { company_id: company }: Item, companies: Companies): string[] {
  if (typeof company !== 'string' || companies.size === 0 || companies.has(company)) return []
  return [`${what} of the company ${JSON.stringify(company)}, while the account is ${[...companies].join(' or ')}`]
}

/** Whether an export that was made is what was asked for, as far as it is known by now. */
export function judgeMade(item: Item, { name, out }: Attempt, companies: Companies): string[] {
  const { name: given, extension, mime_type: mediaType } = item
  const says = (value: unknown): boolean => typeof value !== 'string' || value.toLowerCase().includes(out)
  return [
    ...(typeof given === 'string' && !given.includes(name)
      ? [`an export with the name ${JSON.stringify(given)}, where ${JSON.stringify(name)} was asked for`]
      : []),
    ...(says(extension) ? [] : [`the extension ${JSON.stringify(extension)}, where ${out} was asked for`]),
    ...(says(mediaType) ? [] : [`the media type ${JSON.stringify(mediaType)}, where ${out} was asked for`]),
    ...judgeCompany('an export', item, companies),
    ...(Number(item['download_count'] ?? 0) > 0
      ? [`a download_count of ${String(item['download_count'])} before any download`]
      : []),
  ]
}

/** Between the answer to a request and the export that it makes, on the clock of the provider. */
const LONGEST_DELAY_MS = 30 * 60_000

/** Whether an export was made when it was asked for. @param startTime of the operation */
export function judgeMoment({ create_time: createTime }: Item, startTime: unknown): string[] {
  const [created, started] = [createTime, startTime].map((time) => Date.parse(`${String(time)}Z`))
  if (created === undefined || started === undefined || !(Math.abs(created - started) > LONGEST_DELAY_MS)) return []
  return [
    `the create_time ${JSON.stringify(createTime)}, where its operation has the start_time ${JSON.stringify(startTime)}`,
  ]
}

/** Whether the bytes of a file that was made are of the format that was asked for. */
export function judgeFormat(bytes: Uint8Array, { size }: Item, { out }: Attempt): string[] {
  if (bytes.length === 0) return Number(size ?? 0) > 0 ? [`no bytes, where size is ${String(size)}`] : []
  const isText = (text: string): boolean => text.trim() === '' || isJson(text)
  const text = new TextDecoder().decode(bytes)
  // One text, or one in each line.
  if (out === 'csv' || isText(text) || text.split('\n').every(isText)) return []
  return [`a file that begins with ${JSON.stringify(text.slice(0, 40))}, where JSON was asked for`]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * Whether a request that was accepted has made one export, and one that was refused none.
 *
 * @param status of its answer; undefined: there was none, so nothing is known
 */
export function judgeNumber(made: readonly Item[], { key }: Attempt, status: number | undefined): string[] {
  if (status === undefined || status >= 500) return []
  const expected = status < 300 ? 1 : 0
  if (made.length === expected) return []
  return [`${count(made.length, 'export')} with ${JSON.stringify(key)} in the name after the status ${status}`]
}

export function hasFailed({ status }: Item): boolean {
  return (FAILED_STATUSES as readonly unknown[]).includes(status)
}

/** Whether nothing more is to be waited for. */
export function hasEnded(item: Item): boolean {
  return item['status'] === 'ready' || hasFailed(item)
}
