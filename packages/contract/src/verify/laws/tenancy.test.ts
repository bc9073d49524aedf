import { expect, test } from 'vitest'
import { snapshotOf } from '../account-snapshot.ts'
import type { Answer, Item } from '../exchange.ts'
import { downloadRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { hiddenFromOthers } from './tenancy/hidden.ts'
import { tenancyCases } from './tenancy.ts'

function answer(request: TestRequest | undefined, status: number, body: object): Answer {
  if (request === undefined) throw new Error('no request is given')
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  return { kind: 'answer', request, status, headers: new Headers(), bytes, sentAtMs: 0, headAtMs: 0, headAtWallMs: 0 }
}

const OURS: readonly Item[] = [{ id: '1', name: 'Ana' }]
const judgeList = (): [] => []

/** The cases of an account, and what a list that another one is shown breaks. */
function casesBeside(theirs: readonly Item[]): {
  readonly operations: readonly string[]
  readonly broken: readonly string[]
} {
  const snapshot = snapshotOf({ total: OURS.length, items: OURS, pageSize: 10, defaultPageSize: undefined })
  const otherAccounts = [{ owner: 'other' as const, items: theirs }]
  const cases = tenancyCases({ snapshot, tokenOwners: new Set(['main', 'other']), otherAccounts })
  const [apart] = cases
  const shown = answer(apart?.requests[0], 200, { total: theirs.length, items: theirs })
  return {
    operations: cases.flatMap(({ requests }) => requests.map(({ operation }) => operation)),
    broken: apart?.check?.([shown], { snapshot, judgeList }).map(({ law }) => law) ?? [],
  }
}

test('an item with our id and our values is ours', () => {
  expect(casesBeside([{ id: '1', name: 'Ana' }]).broken).toEqual(['own-items-only'])
})

test('accounts may number their exports themselves: then an id does not tell whose an item is', () => {
  expect(casesBeside([{ id: '1', name: 'Boris' }])).toEqual({
    // Each account alone, then both at once: no single export is asked for.
    operations: ['list', 'list', 'list'],
    broken: [],
  })
})

test('an account may learn more of its own missing file than others do', () => {
  const { requests, check } = hiddenFromOthers(downloadRequest('1', { kind: 'token', of: 'other' }), '1', 'main')
  const [own, foreign] = requests
  const answers = [
    answer(own, 404, { code: 404, title: 'Not found.', message: 'It has expired.' }),
    answer(foreign, 404, { code: 404, title: 'Not found.', message: 'There is no such export.' }),
  ]
  const snapshot = snapshotOf({ total: 0, items: [], pageSize: 10, defaultPageSize: undefined })
  expect(check?.(answers, { snapshot, judgeList })).toEqual([])
})
