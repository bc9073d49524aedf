import { invalidQuery } from './failures.ts'

/**
 * Checks the request for an export of a quick report, whatever its type says.
 * @throws ExportsError `invalid-query` that names the member, its value and the rule.
 */
export function checkReport(report: Readonly<Record<string, unknown>>): void {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) {
    throw invalidQuery('request', report, 'is not an object, such as { name: "Clicks of July", out: "csv" }')
  }
  const { name, out, precision, filters, fields, sort } = report
  if (name !== undefined && typeof name !== 'string') throw invalidQuery('name', name, 'is not a string')
  if (out !== undefined && out !== 'csv' && out !== 'json') {
    throw invalidQuery('out', out, 'is no format', ['csv', 'json'])
  }
  if (precision !== undefined && (!Number.isSafeInteger(precision) || (precision as number) < 0)) {
    throw invalidQuery('precision', precision, 'is not a whole number from 0')
  }
  if (filters !== undefined) checkFilters(filters)
  if (fields !== undefined) checkColumns('fields', fields)
  if (sort !== undefined) checkColumns('sort', sort)
}

function checkColumns(name: string, value: unknown): void {
  for (const column of [value].flat()) {
    if (typeof column !== 'string' || column === '') throw invalidQuery(name, value, 'is not a list of columns')
  }
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
