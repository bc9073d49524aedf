import { createExportsClient } from '@hood-exports/client'
import type { ExportItem, ExportsClient } from '@hood-exports/client'
import { buildItem } from '@hood-exports/client/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { walk } from './walk.ts'
import type { WalkOptions } from './walk.ts'

const PAGE_SIZE = 5

/** An account whose list may change between two requests. The newest export is the first. */
interface Account {
  exports: ExportItem[]
  /** What it says about how many there are; the truth, without it. */
  total?: number
  readonly requests: string[]
  readonly client: ExportsClient
}

function createAccount(count: number, onRequest: (account: Account) => void = () => undefined): Account {
  const account: Account = {
    exports: Array.from({ length: count }, (_, index) => exportOf(count - 1 - index)),
    requests: [],
    client: createExportsClient({
      token: 'any',
      clock: hurriedClock(),
      fetch: async (input, init) => {
        const { pathname, searchParams } = new URL(new Request(input, init).url)
        account.requests.push(pathname.replace('/v1/hood/exports', ''))
        const [, id] = /\/(\d+)$/.exec(pathname) ?? []
        const matches = account.exports.filter((each) => id === undefined || each.id === id)
        if (id !== undefined && matches.length === 0) {
          return Response.json({ code: 404, title: 'Not found.' }, { status: 404 })
        }
        const found = matches.filter((each) => each.id.includes(searchParams.get('q') ?? ''))
        const page = Number(searchParams.get('page')?.split(',')[0] ?? 1)
        const items = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
        const answer = Response.json({ total: account.total ?? found.length, items })
        onRequest(account)
        return answer
      },
    }),
  }
  return account
}

/** Each is made a second after the one before. */
function exportOf(index: number): ExportItem {
  const createTime = new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString().slice(0, 19).replace('T', ' ')
  return buildItem({ id: String(1_000_000 + index), create_time: createTime })
}

function timeOf(index: number): string {
  return exportOf(index).create_time
}

async function walked(account: Account, options: Partial<WalkOptions> = {}) {
  const seen = new Set<string>()
  const found = new Map<string, string | undefined>()
  const result = await walk(account.client, {
    signal: new AbortController().signal,
    until: undefined,
    openIds: [],
    onPage: async ({ items }) => items.forEach(({ id }) => seen.add(id)),
    onFound: async (id, item) => void found.set(id, item?.id),
    ...options,
  })
  return { ...result, seen, found }
}

describe('a walk through the list', () => {
  test('reads every page when nothing is known', async () => {
    const account = createAccount(12)
    const { seen, newest, isComplete } = await walked(account)
    expect([seen.size, newest, isComplete, account.requests.length]).toEqual([12, timeOf(11), true, 3])
  })

  test('ends with the page on which an earlier one has been', async () => {
    const account = createAccount(100)
    const { seen } = await walked(account, { until: timeOf(97) })
    expect([seen.size, account.requests.length]).toEqual([5, 1])
  })

  test('goes on when the second of the earlier end may have had more exports', async () => {
    const account = createAccount(100)
    const { seen } = await walked(account, { until: timeOf(95) })
    expect([seen.size, account.requests.length]).toEqual([10, 2])
  })

  test('asks for a few open exports one by one', async () => {
    const account = createAccount(100)
    const { found } = await walked(account, { until: timeOf(97), openIds: ['1000001', '1000002', '1000099'] })
    expect([...found]).toEqual([
      ['1000001', '1000001'],
      ['1000002', '1000002'],
    ])
    expect(account.requests).toEqual(['', '/1000001', '/1000002'])
  })

  test('reads on when that costs less than asking', async () => {
    const account = createAccount(20)
    const openIds = ['1000010', '1000011', '1000012', '1000013']
    const { found } = await walked(account, { until: timeOf(18), openIds })
    expect([found.size, account.requests.length]).toEqual([0, 2])
  })

  test('takes an export for gone when neither a look nor the list has it', async () => {
    const account = createAccount(100)
    account.exports = account.exports.filter(({ id }) => id !== '1000001')
    const { found } = await walked(account, { until: timeOf(97), openIds: ['1000001'] })
    expect([...found]).toEqual([['1000001', undefined]])
    expect(account.requests).toEqual(['', '/1000001', ''])
  })

  test('that finds an empty page before the end is not complete', async () => {
    const account = createAccount(10)
    account.total = 11
    expect((await walked(account)).isComplete).toBe(false)
  })

  test('misses no export, however many come and vanish while it reads', async () => {
    const change = fc.record({
      added: fc.nat(7),
      removed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 7 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.array(change, { maxLength: 12 }), async (count, changes) => {
        let next = count
        let step = 0
        const account = createAccount(count, (changed) => {
          const { added = 0, removed = [] } = changes[step++] ?? {}
          for (const place of removed) changed.exports.splice(Math.floor(place * changed.exports.length), 1)
          for (let more = 0; more < added; more += 1) changed.exports.unshift(exportOf(next++))
        })
        const atTheStart = account.exports.map(({ id }) => id)
        const { seen, isComplete } = await walked(account)
        const still = new Set(account.exports.map(({ id }) => id))
        const missed = atTheStart.filter((id) => still.has(id) && !seen.has(id))
        expect([missed, isComplete]).toEqual([[], true])
      }),
      { numRuns: 300 },
    )
  })
})
