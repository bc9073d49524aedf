import { FILTER_KINDS, FILTER_OPERATORS } from '@hood-exports/openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIST, bench } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'

let at: Bench
beforeAll(() => {
  at = bench({ items: 3, limits: 'off' })
})
afterAll(() => at.sandbox.close())

describe('a filter that is not valid is a 400 that says why', () => {
  test.each([
    ['status=like:r', '"status" does not take the operator "like": it takes eq, neq, in, nin, is, isn; a value that'],
    ['status=gt:a', '"status" does not take the operator "gt": it takes eq, neq, in, nin, is, isn; a value that looks'],
    ['name=note:x', '"name" does not take the operator "note"'],
    ['name=:x', '"name" does not take the operator ""'],
    ['id=gt:5', '"id" does not take the operator "gt": it takes eq, neq, in, nin, is, isn'],
    [
      'size=like:5',
      '"size" does not take the operator "like": it takes eq, neq, gt, gte, lt, lte, in, nin, is, isn, r',
    ],
    ['status=is:ready', '"status" does not take "is:ready": nothing stands after "is:"'],
    ['size=isn:0', '"size" does not take "isn:0"'],
    ['status=in:', '"status" does not take "in:": a value is missing'],
    ['status=in:a,,b', '"status" does not take "in:a,,b": a value is missing; values are separated by single commas'],
    ['status=nin:a,', '"status" does not take "nin:a,": a value is missing'],
    ['size=r:1', '"size" does not take "r:1": a range has two values with a comma in between'],
    ['size=rf:1,2,3', '"size" does not take "rf:1,2,3": a range has two values'],
    ['size=rf:1,', '"size" does not take "rf:1,": a value is missing'],
    ['id=', '"id" does not take the value "": it takes an id, which is a string of digits'],
    ['id=12a', '"id" does not take the value "12a"'],
    ['id=in:1,x', '"id" does not take the value "x"'],
    ['company_id=-1', '"company_id" does not take the value "-1"'],
    ['size=', '"size" does not take the value "": it takes a whole number'],
    ['size=1.5', '"size" does not take the value "1.5"'],
    ['size=gt:', '"size" does not take the value ""'],
    ['size=1e3', '"size" does not take the value "1e3"'],
    ['size=--1', '"size" does not take the value "--1"'],
    ['size= 1', '"size" does not take the value " 1"'],
    ['size=gt:1,2', '"size" does not take the value "1,2"'],
    ['create_time=2026-02-31', '"create_time" does not take the value "2026-02-31": it takes a day such as'],
    ['create_time=gte:2025-02-29', '"create_time" does not take the value "2025-02-29"'],
    ['create_time=2026-01-01 24:00:00', '"create_time" does not take the value "2026-01-01 24:00:00"'],
    ['create_time=2026-01-01 10:00', '"create_time" does not take the value "2026-01-01 10:00"'],
    ['create_time=2026-01-01T10:00:00', '"create_time" does not take the value "2026-01-01T10:00:00"'],
    ['create_time=2026-01-01 10:00:00Z', '"create_time" does not take'],
    ['create_time=2026-1-1', '"create_time" does not take'],
    ['create_time=yesterday', '"create_time" does not take the value "yesterday"'],
    ['create_time=r:2026-01-01,2026-13-01', '"create_time" does not take the value "2026-13-01"'],
    ['expire_time=', '"expire_time" does not take the value ""'],
    ['status=ready&status=failed', '"status" is sent more than once'],
    ['status=%ff', '"%ff" is not percent-encoded UTF-8'],
  ])('%s', async (search, reason) => {
    const { status, headers } = await at.ask(`${LIST}?${search.replaceAll(' ', '%20')}`)
    expect([status, headers['x-sandbox-reason']]).toEqual([400, expect.stringContaining(reason)])
  })

  test.each(Object.entries(FILTER_KINDS))('every operator of "%s" is taken, and no other', async (member, kind) => {
    const values = { text: 'a,b', id: '1,2', number: '1,2', time: '2026-01-01,2026-01-02' }[kind]
    const statuses: [string, number][] = []
    for (const operator of FILTER_OPERATORS.number) {
      const count = ['is', 'isn'].includes(operator) ? 0 : /in$|^r/.test(operator) ? 2 : 1
      const text = values.split(',').slice(0, count).join()
      statuses.push([operator, (await at.ask(`${LIST}?${member}=${operator}:${text}`)).status])
    }
    const taken: readonly string[] = FILTER_OPERATORS[kind]
    expect(statuses).toEqual(statuses.map(([operator]) => [operator, taken.includes(operator) ? 200 : 400]))
  })
})
