import { MatchersV3 } from '@pact-foundation/pact'
import { expect } from 'vitest'
import { ID, REPORT_ID, TIME, exportQuickReport, retry } from './interaction.ts'
import type { Interaction } from './interaction.ts'

const { regex, string } = MatchersV3

const UUID = '0f0ad209-af98-4b29-b710-39d2353b66c6'

/** As the client needs it: an id, and what the vendor's sample has. */
const OPERATION = {
  id: string(UUID),
  company_id: regex(String.raw`^\d+$`, '6197120'),
  member_id: regex(String.raw`^\d+$`, '1000223'),
  name: string('quick-report-export'),
  status: string('running'),
  start_time: regex(TIME, '2025-07-28 08:00:35'),
}

/** The vendor's own sample. */
const REQUEST = {
  name: 'Campaigns of July',
  out: 'csv',
  source: 'hood.campaign-reports',
  fields: 'campaign_name,sent,delivered',
  sort: '-click_rate',
  resolution: 'day',
  precision: 4,
  filters: { event_time: 'rf:2025-07-01 00:00:00,2025-07-03 23:59:59', channel_type: 'in:push,sms' },
} as const

export const WRITES: readonly Interaction[] = [
  {
    title: 'a retry of an export that has failed',
    state: `export ${ID} has failed`,
    method: 'POST',
    path: retry,
    status: 202,
    body: OPERATION,
    call: (client) => client.retry(ID),
    expected: expect.objectContaining({ id: UUID, status: 'running' }),
  },
  {
    title: 'a request for an export of a quick report',
    state: 'making an export takes',
    method: 'POST',
    path: exportQuickReport,
    requestBody: REQUEST,
    status: 202,
    body: OPERATION,
    call: (client) => client.exportQuickReport(REPORT_ID, REQUEST),
    expected: expect.objectContaining({ id: UUID, status: 'running' }),
  },
  {
    title: 'a request for an export of a quick report as JSON, by its name alone',
    state: 'making an export takes',
    method: 'POST',
    path: exportQuickReport,
    requestBody: { name: 'Clicks', out: 'json' },
    status: 202,
    body: { id: OPERATION.id },
    call: (client) => client.exportQuickReport(REPORT_ID, { name: 'Clicks', out: 'json' }),
    expected: { id: UUID },
  },
]
