import { PATHS } from '@hood-exports/openapi'
import type { components } from '@hood-exports/openapi/types'
import type { Connection } from './connection.ts'
import { invalidQuery } from './failures.ts'
import { checkId } from './list-query.ts'
import { operationOf } from './operation.ts'
import type { Operation } from './operation.ts'
import { checkOptions } from './check.ts'
import { CALL_RULES } from './options.ts'
import type { CallOptions } from './options.ts'

type WireRequest = components['schemas']['QuickReportExport']

/**
 * What to export of a quick report, and how. Which members are required is not documented.
 * Source: vendor, export of a quick report.
 */
export interface QuickReportRequest {
  /** The name for people. */
  readonly name?: string | undefined
  /** The format of the file. */
  readonly out?: WireRequest['out'] | undefined
  /** Where the numbers come from. Open to values never seen. */
  readonly source?: WireRequest['source'] | undefined
  /** The columns; an array is joined by commas. */
  readonly fields?: string | readonly string[] | undefined
  /** Columns to sort by, ascending, or descending after `-`; an array is joined by commas. */
  readonly sort?: string | readonly string[] | undefined
  /** The unit of time of a row. Open to values never seen. */
  readonly resolution?: WireRequest['resolution'] | undefined
  /** Digits after the decimal point, a whole number from 0. */
  readonly precision?: number | undefined
  /** Filters of the report's rows by column, as the wire writes them: `{ event_time: 'rf:2026-01-01,2026-01-31' }`. */
  readonly filters?: Readonly<Record<string, string>> | undefined
  /** Further parameters of the report. */
  readonly [parameter: string]: unknown
}

/**
 * Makes an export of a quick report. Never sent twice by guessing: after a failure that leaves open whether it arrived,
 * the error has `outcome: 'unknown'`; `makeExport` then looks for the export. Source: vendor, export of a quick report.
 * @throws ExportsError
 */
export async function exportQuickReport(
  { request }: Connection,
  reportId: string,
  report: QuickReportRequest,
  options: CallOptions = {},
): Promise<Operation> {
  checkOptions(options, CALL_RULES)
  const params = { path: { id: checkId(reportId) } }
  const payload = JSON.stringify(toWireRequest(report))
  const call = { operation: 'exportQuickReport', id: reportId, method: 'POST', payload, body: 'json' } as const
  return operationOf(await request(PATHS.exportQuickReport, params, { ...options, ...call }))
}

/**
 * The body that is sent.
 * @throws ExportsError `invalid-query` that names the member, its value and the rule.
 */
export function toWireRequest(report: QuickReportRequest): WireRequest {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) {
    throw invalidQuery('request', report, 'is not an object, such as { name: "Clicks of July", out: "csv" }')
  }
  const { name, out, precision, filters } = report
  if (name !== undefined && typeof name !== 'string') throw invalidQuery('name', name, 'is not a string')
  if (out !== undefined && out !== 'csv' && out !== 'json')
    throw invalidQuery('out', out, 'is no format', ['csv', 'json'])
  if (precision !== undefined && (!Number.isSafeInteger(precision) || precision < 0)) {
    throw invalidQuery('precision', precision, 'is not a whole number from 0')
  }
  if (filters !== undefined) checkFilters(filters)
  const { fields, sort, ...rest } = report
  return {
    ...rest,
    ...(fields !== undefined && { fields: joined('fields', fields) }),
    ...(sort !== undefined && { sort: joined('sort', sort) }),
  } as WireRequest
}

function joined(name: string, value: string | readonly string[]): string {
  const columns = [value].flat()
  for (const column of columns) {
    if (typeof column !== 'string' || column === '') throw invalidQuery(name, value, 'is not a list of columns')
  }
  return columns.join(',')
}

function checkFilters(filters: unknown): void {
  if (typeof filters !== 'object' || filters === null || Array.isArray(filters)) {
    throw invalidQuery('filters', filters, 'is not an object of columns')
  }
  for (const [column, value] of Object.entries(filters)) {
    if (typeof value !== 'string') {
      throw invalidQuery(`filters.${column}`, value, 'is not a string, such as "in:push,sms"')
    }
  }
}
