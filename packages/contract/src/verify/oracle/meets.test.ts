import { describe, expect, test } from 'vitest'
import type { Filter } from '../laws/filter/filter.ts'
import { meets } from './meets.ts'

const ITEM = {
  id: '1000000',
  status: 'ready',
  name: 'Café – été',
  description: '',
  size: 10,
  failure_reason: null,
  create_time: '2026-01-31 12:00:00',
}

/** `member=operator:values`, as on the wire. */
function meeting(text: string): string {
  const [, member = '', operator = 'alone', values = ''] = /^(\w+)=(?:([a-z]+):)?(.*)$/s.exec(text) ?? []
  return meets(ITEM, {
    member,
    operator: operator as Filter['operator'],
    values: values === '' ? [] : values.split(','),
  })
}

describe('an item surely meets', () => {
  test.each([
    'status=ready',
    'status=eq:ready',
    'status=neq:failed',
    'status=in:failed,ready',
    'status=nin:failed,expired',
    'id=in:1000000,1000001',
    'size=gt:9',
    'size=gte:10',
    'size=lt:11',
    'size=lte:10',
    'size=r:9,11',
    'size=rf:10,10',
    'size=rl:9,11',
    'size=rr:9,11',
    'create_time=2026-01-31 12:00:00',
    'create_time=gt:2026-01-31 11:59:59',
    'create_time=gte:2026-01-01',
    'create_time=lt:2026-02-01',
    'status=is:',
    'failure_reason=isn:',
    'failed_reason=isn:',
  ])('%s', (filter) => {
    expect(meeting(filter)).toBe('surely')
  })
})

describe('an item does not meet', () => {
  test.each([
    'status=read',
    'status=neq:ready',
    'status=in:failed,expired',
    'status=nin:ready,failed',
    'size=gt:10',
    'size=gte:11',
    'size=lt:10',
    'size=lte:9',
    'size=r:10,11',
    'size=rf:11,20',
    'size=rl:11,20',
    'create_time=2026-01-31 12:00:01',
    'create_time=lt:2026-01-31 12:00:00',
    'create_time=gt:2026-02-01',
    'status=isn:',
    'failure_reason=is:',
    'failure_reason=ready',
    'failure_reason=in:a,b',
  ])('%s', (filter) => {
    expect(meeting(filter)).toBe('not')
  })
})

describe('the documentation leaves open whether an item meets', () => {
  test.each([
    ['letter case', 'status=READY'],
    ['accents', 'name=cafe – ete'],
    ['space at the ends', 'status=ready '],
    ['null in a negation', 'failure_reason=neq:ready'],
    ['null in a negated list', 'failure_reason=nin:a,b'],
    ['an empty text as null', 'description=is:'],
    ['an empty text as null', 'description=isn:'],
    ['the end of rl', 'size=rl:1,10'],
    ['the start of rl', 'size=rl:10,20'],
    ['the start of rr', 'size=rr:10,20'],
    ['a day alone', 'create_time=2026-01-31'],
    ['a day alone as an end', 'create_time=rf:2026-01-01,2026-01-31'],
    ['a day alone as a bound', 'create_time=gt:2026-01-31'],
  ])('%s: %s', (_what, filter) => {
    expect(meeting(filter)).toBe('perhaps')
  })
})
