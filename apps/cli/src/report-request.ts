import type { QuickReportRequest } from '@hood-exports/client'
import { UsageError } from '@hood-exports/command-line'

/** What an export of a quick report is to hold. */
export interface ReportFlags {
  readonly name?: string
  readonly out?: 'csv' | 'json'
  readonly source?: string
  readonly fields?: readonly string[]
  readonly sort?: readonly string[]
  readonly resolution?: string
  readonly precision?: number
  /** `column=value`, as the wire writes filters. */
  readonly filter?: readonly string[]
  /** `name=value`: further parameters, as texts. */
  readonly param?: readonly string[]
}

/**
 * The request that the flags and a body make; flags are stronger.
 * @param body the text of `--body`: a JSON object.
 * @throws UsageError
 */
export function reportRequest(flags: ReportFlags, body?: string): QuickReportRequest {
  const { filter, param, ...members } = pick(flags)
  const given = body === undefined ? {} : parseBody(body)
  const filters = filter && { ...checkedFilters(given), ...pairs('--filter', filter) }
  return {
    ...given,
    ...pairs('--param', param ?? []),
    ...members,
    ...(filters && { filters }),
  }
}

/** Without what was not given, and without the flags of others. */
function pick({ name, out, source, fields, sort, resolution, precision, filter, param }: ReportFlags): ReportFlags {
  const all = { name, out, source, fields, sort, resolution, precision, filter, param }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function parseBody(text: string): Readonly<Record<string, unknown>> {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`--body is not JSON: ${(error as Error).message}`, { cause: error })
  }
  if (isObject(body)) return body
  throw new UsageError('--body is no JSON object: give one such as {"name":"Clicks of July","out":"csv"}')
}

function checkedFilters({ filters = {} }: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  // The client checks each value.
  if (isObject(filters)) return filters as Readonly<Record<string, string>>
  throw new UsageError('The filters of --body are no JSON object, so --filter cannot be added to them')
}

function pairs(flag: string, texts: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const text of texts) {
    const [, name = '', value = ''] = /^\s*([^=]*?)\s*=(.*)$/s.exec(text) ?? []
    if (name === '') {
      throw new UsageError(`${flag} ${JSON.stringify(text)} has no name or no =: write name=value`)
    }
    if (Object.hasOwn(found, name)) throw new UsageError(`${flag} ${JSON.stringify(text)} names ${name} twice`)
    found[name] = value
  }
  return found
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
