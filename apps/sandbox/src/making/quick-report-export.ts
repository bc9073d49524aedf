import { BadRequest, parseObject } from '@hood-exports/provider'

/** What the sandbox looks at of a request for an export of a quick report. */
export interface QuickReportExport {
  readonly name: string | undefined
  readonly out: OutFormat | undefined
}

export type OutFormat = 'csv' | 'json'

/** All members can be left out, and others may be added. */
const RULES: Readonly<Record<string, { readonly holds: (value: unknown) => boolean; readonly rule: string }>> = {
  name: { holds: isText, rule: 'a string' },
  out: { holds: (value) => value === 'csv' || value === 'json', rule: '"csv" or "json"' },
  source: { holds: isText, rule: 'a string' },
  fields: { holds: isText, rule: 'a string: names of columns with commas in between' },
  sort: { holds: isText, rule: 'a string: the name of a column, after "-" to sort downwards' },
  resolution: { holds: isText, rule: 'a string' },
  precision: { holds: (value) => Number.isInteger(value) && Number(value) >= 0, rule: 'a whole number from 0' },
  filters: {
    holds: (value) => isObject(value) && Object.values(value).every(isText),
    rule: 'an object of strings, such as {"channel_type": "in:push,sms"}',
  },
}

/** @throws BadRequest for a body that is not the JSON of one, with the value, the rule and the way out. */
export function parseQuickReportExport(text: string): QuickReportExport {
  const body = parseObject(text, '{"name": "Campaigns of July", "out": "csv"}')
  for (const [member, { holds, rule }] of Object.entries(RULES)) {
    const value = body[member]
    if (value === undefined || holds(value)) continue
    throw new BadRequest(`"${member}" of the body cannot be ${JSON.stringify(value)}: it must be ${rule}`)
  }
  return { name: body['name'] as string | undefined, out: body['out'] as OutFormat | undefined }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
