import * as checks from '#checks'
import { PATHS } from '@hood-exports/openapi'
import type { components } from '@hood-exports/openapi/types'
import type { Connection } from './connection.ts'
import { checkId } from './list-query.ts'
import { operationOf } from './operation.ts'
import type { Operation } from './operation.ts'
import type { CallOptions } from './options.ts'
import { post } from './post.ts'

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
  checks.callOptions(options)
  checks.report(report)
  const params = { path: { id: checkId(reportId) } }
  const payload = JSON.stringify(toWireRequest(report))
  const call = {
    operation: 'exportQuickReport',
    id: reportId,
    post: post(payload),
    body: 'json',
  } as const
  return operationOf(await request(PATHS.exportQuickReport, params, { ...options, ...call }))
}

/** The body that is sent. */
export function toWireRequest({ fields, sort, ...rest }: QuickReportRequest): WireRequest {
  return {
    ...rest,
    ...(fields !== undefined && { fields: [fields].flat().join(',') }),
    ...(sort !== undefined && { sort: [sort].flat().join(',') }),
  } as WireRequest
}
