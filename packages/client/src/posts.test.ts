import { describe, expect, test } from 'vitest'
import { toResult } from './errors.ts'
import { CORES } from './fixtures/client-under-test.ts'
import type { Scenario } from './testing/scenario.ts'

const SAMPLE = { id: '0f0ad209-af98-4b29-b710-39d2353b66c6', status: 'running', name: 'quick-report-export' }

describe.each(CORES)('a POST of a client %s', (_name, arrange) => {
  test('of an export sends the request as JSON, lists joined by commas, and gives the operation', async () => {
    const { client, standIn, clock } = arrange()
    const operation = client.exportQuickReport('17', {
      name: 'Clicks of July',
      out: 'csv',
      fields: ['campaign_name', 'sent'],
      sort: ['-click_rate', 'sent'],
      filters: { event_time: 'rf:2025-07-01 00:00:00,2025-07-03 23:59:59' },
      colour: 'blue',
    })
    expect(await clock.runUntilSettled(operation)).toMatchObject(SAMPLE)
    expect(standIn.requests[0]).toMatchObject({
      method: 'POST',
      url: expect.objectContaining({ pathname: '/v1/hood/quick-reports/17/export', search: '' }),
      body: {
        name: 'Clicks of July',
        out: 'csv',
        fields: 'campaign_name,sent',
        sort: '-click_rate,sent',
        filters: { event_time: 'rf:2025-07-01 00:00:00,2025-07-03 23:59:59' },
        colour: 'blue',
      },
    })
    expect(standIn.requests[0]?.headers.get('content-type')).toBe('application/json')
  })

  test('of a retry has no body, and gives the operation', async () => {
    const { client, standIn, clock } = arrange()
    expect(await clock.runUntilSettled(client.retry('1000000'))).toMatchObject(SAMPLE)
    expect(standIn.requests[0]).toMatchObject({ method: 'POST', status: 202 })
    expect(standIn.requests[0]?.body).toBeUndefined()
    expect(standIn.requests[0]?.headers.has('content-type')).toBe(false)
  })

  test.each<[unknown, string]>([
    ['csv', 'request: "csv" is not an object'],
    [{ name: 7 }, 'name: 7 is not a string'],
    [{ out: 'xlsx' }, 'out: "xlsx" is no format. Allowed: csv, json'],
    [{ precision: -1 }, 'precision: -1 is not a whole number from 0'],
    [{ fields: ['a', ''] }, 'fields: ["a",""] is not a list of columns'],
    [{ filters: ['x'] }, 'filters: ["x"] is not an object of columns'],
    [{ filters: { sent: 5 } }, 'filters.sent: 5 is not a string, such as "in:push,sms"'],
  ])('of %j is refused before anything is sent', async (request, message) => {
    const { client, standIn, fails } = arrange()
    expect(await fails(client.exportQuickReport('17', request as never))).toMatchObject({
      kind: 'invalid-query',
      message: expect.stringContaining(message),
    })
    expect(standIn.requests).toEqual([])
  })

  const network = (code: string): Scenario => ({ kind: 'network', code })
  test.each<[string, Scenario]>([
    ['a refused connection', network('ECONNREFUSED')],
    ['an unknown host', network('ENOTFOUND')],
    ['a host that cannot be looked up now', network('EAI_AGAIN')],
    ['no connection in time', network('UND_ERR_CONNECT_TIMEOUT')],
    ['a 429', { kind: 'status', status: 429 }],
  ])('is sent again after %s: it never arrived', async (_title, scenario) => {
    const { client, standIn, clock } = arrange()
    standIn.next(scenario, scenario)
    expect(await clock.runUntilSettled(client.retry('1000000'))).toMatchObject(SAMPLE)
    expect(standIn.requests).toHaveLength(3)
  })

  test.each<[string, Scenario, string]>([
    ['a connection that was reset', network('ECONNRESET'), 'network'],
    ['a network failure that says nothing', network(''), 'network'],
    ['an answer that breaks off', { kind: 'cut-body', bytes: 3 }, 'network'],
    ['no answer in time', { kind: 'silent' }, 'timeout'],
    ['a 500', { kind: 'status', status: 500 }, 'server'],
    ['a 503 of a gateway', { kind: 'answer', status: 503 }, 'server'],
    ['a page of a proxy', { kind: 'answer', body: '<html>' }, 'invalid-response'],
    ['an operation without an id', { kind: 'answer', status: 202, body: '{}' }, 'invalid-response'],
    ['a redirection', { kind: 'answer', status: 302 }, 'unexpected-status'],
  ])('is not sent again after %s: its outcome is unknown', async (_title, scenario, kind) => {
    const { client, standIn, fails } = arrange()
    standIn.next(scenario)
    expect(await fails(client.exportQuickReport('17', {}))).toMatchObject({ kind, outcome: 'unknown' })
    expect(standIn.requests).toHaveLength(1)
  })

  test.each([400, 401, 404] as const)('that is answered %i was refused: its outcome is known', async (status) => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status })
    const error = await fails(client.retry('1000000'))
    expect(error).toMatchObject({ status })
    expect(error).not.toHaveProperty('outcome')
    expect(standIn.requests).toHaveLength(1)
  })

  test('that is aborted before it left has no unknown outcome, and one that is under way has', async () => {
    const { client, standIn, clock, fails } = arrange({ limits: 'on' })
    const first = Promise.all(Array.from({ length: 10 }, () => client.list()))
    const controller = new AbortController()
    const waiting = fails(client.retry('1000000', { signal: controller.signal }))
    controller.abort()
    expect(await waiting).toMatchObject({ kind: 'aborted', attempts: 0 })
    expect(await waiting).not.toHaveProperty('outcome')
    await clock.runUntilSettled(first)
    await clock.advance(2_000)
    standIn.next({ kind: 'silent' })
    const another = new AbortController()
    const sent = toResult(client.retry('1000000', { signal: another.signal }))
    await clock.advance(10)
    another.abort()
    expect((await sent).error).toMatchObject({ kind: 'aborted', attempts: 1, outcome: 'unknown' })
  })

  test('says so, and what to do', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 500 })
    expect((await fails(client.retry('1000000'))).message).toBe(
      'The API answered 500: Internal server error. (try again later) [retry 1000000]. Whether the API has carried it out is unknown: look before you send it again',
    )
  })

  test('takes its place in the quota like every request', async () => {
    const { client, standIn, clock } = arrange({ limits: 'on' })
    await clock.runUntilSettled(Promise.all(Array.from({ length: 15 }, () => client.retry('1000000'))))
    expect(standIn.requests.map(({ status }) => status)).toEqual(Array.from({ length: 15 }, () => 202))
    expect(standIn.requests.filter(({ atMs }) => atMs < 1_000)).toHaveLength(10)
  })
})
