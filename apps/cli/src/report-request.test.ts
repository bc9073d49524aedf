import { describe, expect, test } from 'vitest'
import { reportRequest } from './report-request.ts'

describe('the request of a report', () => {
  test('holds what the flags say, and nothing else', () => {
    const flags = { name: 'July', out: 'csv', fields: ['a', 'b'], precision: 0, ifExists: 'fail', wait: true } as const
    expect(reportRequest(flags)).toEqual({ name: 'July', out: 'csv', fields: ['a', 'b'], precision: 0 })
  })

  test('takes filters and further parameters as name=value, and a value may hold anything', () => {
    expect(
      reportRequest({ filter: ['event_time=rf:2025-07-01,2025-07-03', 'a = x=y'], param: ['zone=', 'limit=5'] }),
    ).toEqual({ filters: { event_time: 'rf:2025-07-01,2025-07-03', a: ' x=y' }, zone: '', limit: '5' })
  })

  test('begins with the body; flags are stronger, and filters are put together', () => {
    const body = '{"name":"June","precision":2,"filters":{"a":"1","b":"2"},"zone":{"id":7}}'
    expect(reportRequest({ name: 'July', filter: ['b=3'], param: ['precision=4'] }, body)).toEqual({
      name: 'July',
      precision: '4',
      filters: { a: '1', b: '3' },
      zone: { id: 7 },
    })
  })

  test.each([
    [{ filter: ['a'] }, undefined, '--filter "a" has no name or no =: write name=value'],
    [{ param: ['=1'] }, undefined, '--param "=1" has no name or no =: write name=value'],
    [{ param: ['a=1', 'a=2'] }, undefined, '--param "a=2" names a twice'],
    [{}, 'name: July', '--body is not JSON: '],
    [{}, '["July"]', '--body is no JSON object: give one such as {"name":"Clicks of July","out":"csv"}'],
    [{ filter: ['a=1'] }, '{"filters":"x"}', 'The filters of --body are no JSON object'],
  ])('%j with the body %j is refused', (flags, body, message) => {
    expect(() => reportRequest(flags, body)).toThrow(message)
  })
})
