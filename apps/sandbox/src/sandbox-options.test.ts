import { describe, expect, test } from 'vitest'
import { createSandbox } from './sandbox.ts'
import type { SandboxOptions } from './sandbox.ts'
import { bench } from './testing/bench.ts'

describe('options out of their bounds are refused with the way out', () => {
  const account = { name: 'a', companyId: '9', creatorId: '9', tokens: ['t'], items: 5, firstId: 9_000_000_000 }
  test.each<[SandboxOptions, string]>([
    [{ items: -1 }, 'items: -1; give a whole number from 0 to 100000000'],
    [{ items: 0.5 }, 'items: 0.5; give'],
    [{ seed: Number.NaN }, 'seed: NaN; give a whole number'],
    [{ makingSeconds: -1 }, 'makingSeconds: -1; give a whole number from 0 to 3162240000'],
    [{ makingSeconds: 0.5 }, 'makingSeconds: 0.5; give'],
    [{ limits: { windows: [] } }, 'limits: no window is given'],
    [{ limits: { windows: [{ limit: 0, windowMs: 1 }] } }, 'limits: 0 requests in a window'],
    [{ windowPhaseMs: Number.NaN }, 'windowPhaseMs: NaN; give milliseconds'],
    [{ choices: { 'page.largest-size': 0 } }, 'choices["page.largest-size"]: 0, not a whole number from 1'],
    [
      { choices: { 'page.default-size': 5, 'page.largest-size': 4 } },
      'choices["page.default-size"]: 5; give at most page',
    ],
    [{ choices: { 'sort.ties': ['-colour'] } }, 'choices["sort.ties"]: "-colour" is no member of an export'],
    [{ choices: { pageSize: 5 } as never }, 'choices: "pageSize" is none; they are page.default-size, '],
    [{ accounts: [{ ...account, name: 'main' }] }, 'accounts: "main" is there already'],
    [{ accounts: [{ ...account, companyId: 'x' }] }, 'accounts: "a" has the companyId "x"; give a string of digits'],
    [{ accounts: [{ ...account, creatorId: '' }] }, 'accounts: "a" has the creatorId ""; give a string of digits'],
    [{ accounts: [{ ...account, items: -1 }] }, 'accounts: "a" has -1 items'],
    [{ accounts: [{ ...account, firstId: 0 }] }, 'accounts: "a" has the firstId 0'],
    [{ accounts: [{ ...account, firstId: 1_000_500 }] }, 'accounts: the ids of "a" overlap those of "main"'],
    [{ accounts: [{ ...account, tokens: ['a b'] }] }, 'accounts: "a" has a token with a space'],
    [{ accounts: [{ ...account, tokens: ['sandbox-ana'] }] }, 'accounts: "a" has a token that is given twice'],
    [
      { accounts: [{ ...account, exports: [{ id: '1000000' }] }] },
      'accounts: "a" has the export 1000000, which is there',
    ],
    [
      { accounts: [{ ...account, exports: [{ id: 42 }] }] },
      'exports: the id 42; give a string of digits, up to "90071',
    ],
    [
      { accounts: [{ ...account, exports: [{ id: '42', size: -1 }] }] },
      '"size" cannot be -1: it must be a whole number',
    ],
    [{ database: '/no/such/folder/file.db' }, 'The database file "/no/such/folder/file.db" cannot be opened'],
  ])('%j', (options, message) => {
    expect(() => createSandbox(options)).toThrow(message)
  })
})

test('an account of one’s own has its exports, its token and its ids', async () => {
  const { sandbox, list } = bench({
    accounts: [{ name: 'mine', companyId: '9', creatorId: '8', tokens: ['t9'], items: 5, firstId: 9_000_000_000 }],
  })
  const { total, items } = await list('?fields=id,company_id', { token: 't9' })
  expect(total).toBe(5)
  expect(items[0]).toEqual({ id: '9000000004', company_id: '9' })
  sandbox.close()
})

test('an account needs no more than a name and tokens, and has the exports that it is given', async () => {
  const { sandbox, list } = bench({
    accounts: [
      { name: 'one', tokens: ['t1'], exports: [{ id: '42', name: 'Mine', status: 'failed', size: null }] },
      { name: 'two', tokens: ['t2'], items: 2 },
    ],
  })
  const fields = '?fields=id,company_id,creator_id,name,status,size'
  expect((await list(fields, { token: 't1' })).items).toEqual([
    { id: '42', company_id: '5000001', creator_id: '5000001', name: 'Mine', status: 'failed', size: null },
  ])
  expect((await list('?fields=company_id,id&sort=name', { token: 't2' })).total).toBe(2)
  await sandbox.setState('export 43 exists', { account: 'one' })
  expect((await list('', { token: 't1' })).total).toBe(2)
  sandbox.close()
})
