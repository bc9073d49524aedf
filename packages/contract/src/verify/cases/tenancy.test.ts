import { expect, test } from 'vitest'
import { askDownload } from '../ask.ts'
import type { Ask } from '../ask.ts'
import { corpusOf } from '../corpus.ts'
import type { Answer, Item } from '../exchange.ts'
import { randomFrom } from '../random.ts'
import { hiddenFromOthers, tenancyCases } from './tenancy.ts'

function answer(ask: Ask | undefined, status: number, body: object): Answer {
  if (ask === undefined) throw new Error('nothing is asked')
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  return { kind: 'answer', ask, status, headers: new Headers(), bytes, sentAtMs: 0, headAtMs: 0, headAtWallMs: 0 }
}

const OURS: readonly Item[] = [{ id: '1', name: 'Ana' }]

/** The cases of an account, and what they say of a list that another one is shown. */
function casesBeside(theirs: readonly Item[]): {
  readonly operations: readonly string[]
  readonly told: readonly string[]
} {
  const corpus = corpusOf({ total: OURS.length, items: OURS, pageSize: 10, defaultPageSize: undefined })
  const neighbours = [{ holder: 'other' as const, total: theirs.length, items: theirs }]
  const cases = tenancyCases({ corpus, holders: new Set(['main', 'other']), neighbours, random: randomFrom(1) })
  const [apart] = cases
  const shown = answer(apart?.asks[0], 200, { total: theirs.length, items: theirs })
  return {
    operations: cases.flatMap(({ asks }) => asks.map(({ operation }) => operation)),
    told: apart?.judge([shown], corpus).map(({ law }) => law) ?? [],
  }
}

test('an item with our id and our values is ours', () => {
  expect(casesBeside([{ id: '1', name: 'Ana' }]).told).toEqual(['own-items-only'])
})

test('accounts may number their exports themselves: then an id does not tell whose an item is', () => {
  expect(casesBeside([{ id: '1', name: 'Boris' }])).toEqual({ operations: ['list'], told: [] })
})

test('an account may be told more of its own missing file than others are', () => {
  const { asks, judge } = hiddenFromOthers(askDownload('1', { kind: 'token', of: 'other' }), '1', 'main')
  const [own, foreign] = asks
  const answers = [
    answer(own, 404, { code: 404, title: 'Not found.', message: 'It has expired.' }),
    answer(foreign, 404, { code: 404, title: 'Not found.', message: 'There is no such export.' }),
  ]
  expect(judge(answers, corpusOf({ total: 0, items: [], pageSize: 10, defaultPageSize: undefined }))).toEqual([])
})
