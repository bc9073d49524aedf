import { describe, expect, test } from 'vitest'
import { parseWhere } from './where.ts'
import type { Where } from './where.ts'

const NOW = Date.UTC(2026, 1, 7, 12, 30)

function where(...conditions: readonly string[]): Where {
  return parseWhere(conditions, { flag: '--where', nowMs: NOW })
}

const item = {
  id: '1000000',
  status: 'ready',
  name: 'VIP customers, 2026 = best',
  size: 10_000_000,
  description: null,
  download_count: 0,
  create_time: '2026-01-31 12:30:00',
} as const

test('a text is found however its accents are encoded', () => {
  const [mac, typed] = ['Frühjahr'.normalize('NFD'), 'Frühjahr'.normalize('NFC')]
  expect(where(`name~${typed}`).matches({ ...item, name: mac })).toBe(true)
  expect(where(`name~${mac}`).matches({ ...item, name: typed })).toBe(true)
  expect(where(`name!~${typed}`).matches({ ...item, name: mac })).toBe(false)
  expect(where(`name=${typed}`).matches({ ...item, name: mac })).toBe(true)
  expect(where(`name!=${typed}`).matches({ ...item, name: mac })).toBe(false)
})

describe('a condition', () => {
  test.each([
    ['status=ready', true],
    ['status = ready', true],
    ['status=Ready', false],
    ['status!=ready', false],
    ['name~vip', true],
    ['name~2026 = best', true],
    ['name!~vip', false],
    ['name!~gold', true],
    ['description!~gold', true],
    ['name=VIP customers, 2026 = best', true],
    ['size=10MB', true],
    ['size=10000000', true],
    ['size>9.9MB', true],
    ['size<10MiB', true],
    ['size>=10MB', true],
    ['size<=9999999', false],
    ['download_count=0', true],
    ['download_count!=0', false],
    ['id>999999', true],
    ['id<1000001', true],
    ['create_time=2026-01-31', true],
    ['create_time>2026-01-31', false],
    ['create_time>=2026-01-31', true],
    ['create_time<2026-02', true],
    ['create_time>2026-01-31 12:29', true],
    ['create_time=2026-01-31T12:30:00Z', true],
    ['create_time=2026-01-31T12:30:00.000Z', true],
    ['create_time=2026-01-31T12:30:00+00:00', true],
    ['create_time=2026', true],
    ['create_time=2026-01-31 12', true],
    ['create_time>=1w', true],
    ['create_time>=7d', true],
    ['create_time>=6d', false],
    ['create_time<6d', true],
    ['create_time>10080m', false],
    ['status=failed,ready', true],
    ['status=failed, ready', true],
    ['status=failed,error', false],
    ['status!=failed,error', true],
    ['status!=failed,ready', false],
    ['id=1000000,42', true],
    ['id!=1000000,42', false],
    ['id=01000000', false],
    ['mime_type!=text/csv,text/plain', true],
    ['size=0.01GB', true],
    ['description=', true],
    ['description!=', false],
    ['description!=x', true],
    ['description=x', false],
    ['description~x', false],
    ['failure_reason=', true],
    ['expire_time<2030-01-01', false],
    ['expire_time>2000-01-01', false],
  ])('%s is %s', (condition, holds) => {
    expect(where(condition).matches(item)).toBe(holds)
  })

  test('all of several must hold, and each field is asked for once', () => {
    const { fields, matches } = where('size>1MB', 'size<20MB', 'status=ready')
    expect(fields).toEqual(['size', 'status'])
    expect(matches(item)).toBe(true)
    expect(matches({ ...item, status: 'queued' })).toBe(false)
  })

  test('none holds for everything', () => {
    expect(where().fields).toEqual([])
    expect(where().matches({})).toBe(true)
  })

  test.each([
    ['name!~', 'leaves out everything: give a text after !~'],
    ['status', 'has no name or no operator: write a field, one of != !~ <= >= = < > ~, and a value'],
    ['=ready', 'has no name or no operator'],
    ['stauts=ready', 'looks at "stauts", which is no field: did you mean status?'],
    ['colour=red', 'which is no field: fields are id, company_id'],
    ['size>big', 'compares with "big", which is no number or size: 500, 10MB, 1.5GiB'],
    ['download_count=1MB', 'compares with "1MB", which is no number'],
    ['id=abc', 'which is no string of digits'],
    ['id=1,abc', 'compares with "abc", which is no string of digits'],
    ['id<1,2', 'compares with "1,2", which is no string of digits'],
    ['status=ready,', 'has a value that is empty: write the values between commas'],
    ['create_time=7d', 'is one single second: compare with >= or < instead'],
    ['create_time>=7y', 'which is no time'],
    ['create_time>=999999w', 'which is no time'],
    [
      'create_time>yesterday',
      'which is no time: write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, in GMT, or 7d for seven days ago',
    ],
    ['create_time>2026-02-30', 'which is no time'],
    ['size>', 'compares with nothing: give a value after >'],
  ])('%s is refused with the way out', (condition, message) => {
    expect(() => where(condition)).toThrow(`--where "${condition}" `)
    expect(() => where(condition)).toThrow(message)
  })
})
