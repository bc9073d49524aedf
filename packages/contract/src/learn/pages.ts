import { isDeepStrictEqual } from 'node:util'
import type { Answer, VendorAnswers } from '@hood-exports/openapi/profile'
import { decide, notSeen, observed } from './decide.ts'
import type { Candidate } from './decide.ts'
import { evidenceOf, isRefusal } from './look.ts'
import type { Look } from './look.ts'
import { list } from './probe.ts'
import type { Answers, Conclude, Probe } from './probe.ts'
import { isWhole } from './account.ts'
import type { Account } from './account.ts'
import type { Item } from '../verify/exchange.ts'
import { keysOf } from './order.ts'

/** Sizes that people choose as limits. */
const USUAL = [
  1, 5, 7, 10, 11, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 200, 250, 300, 400, 500, 1_000, 2_000, 5_000,
]
const TOO_LARGE = 10_000
const MOST_STEPS = 14

export interface PageSizes {
  /** A size that is granted. */
  readonly granted: number
  readonly answers: Answers
}

/** How large pages are. It comes first, as everything else reads pages. Undefined: there is no list to be read. */
export async function learnPageSizes(probe: Pick<Probe, 'session'>): Promise<PageSizes | undefined> {
  const unsized = await list(probe, {})
  if (unsized?.total === undefined) return undefined
  const byDefault = unsized.items.length
  const answers: Answers = {
    'page.default-size':
      byDefault < unsized.total
        ? observed(byDefault, [evidenceOf(unsized)])
        : notSeen(`all ${unsized.total} exports came at once`, [evidenceOf(unsized)]),
  }
  const tried = new Map<number, Look>()
  const attempt = async (size: number): Promise<'granted' | 'not-granted' | 'unknown'> => {
    const look = await list(probe, { fields: ['id'], page: [1, size] })
    if (look === undefined) return 'unknown'
    tried.set(size, look)
    if (isRefusal(look)) return 'not-granted'
    return look.total !== undefined && look.items.length === Math.min(size, look.total) ? 'granted' : 'not-granted'
  }
  const evidence = (...sizes: readonly number[]): ReturnType<typeof evidenceOf>[] =>
    sizes.flatMap((size) => tried.get(size) ?? []).map(evidenceOf)
  const atMost = await attempt(TOO_LARGE)
  if (atMost !== 'not-granted') {
    const why = `a page of ${TOO_LARGE} items is granted: the account has too few exports to show a limit`
    return {
      granted: Math.max(1, unsized.total),
      answers: {
        ...answers,
        'page.largest-size': notSeen(why, evidence(TOO_LARGE)),
        'page.too-large': notSeen(why, evidence(TOO_LARGE)),
      },
    }
  }
  const bounds = await narrow(attempt, tried.get(TOO_LARGE))
  const [largest, above] = bounds
  const isExact = above === largest + 1 && tried.has(largest)
  const looks = [tried.get(above), tried.get(TOO_LARGE)].filter((look) => look !== undefined)
  return {
    granted: Math.max(1, largest),
    answers: {
      ...answers,
      'page.largest-size': isExact
        ? observed(largest, evidence(largest, above))
        : notSeen(`it is from ${largest} to ${above - 1}`, evidence(largest, above)),
      'page.too-large': decide(tooLarge(looks, largest, byDefault), looks.map(evidenceOf)),
    },
  }
}

type Attempt = (size: number) => Promise<'granted' | 'not-granted' | 'unknown'>

/** The largest size that is granted, and the smallest that is not. */
async function narrow(attempt: Attempt, tooLarge: Look | undefined): Promise<readonly [number, number]> {
  let [granted, not] = [0, TOO_LARGE]
  // Where a page is cut, what came says where.
  const cut = tooLarge?.total === undefined ? 0 : tooLarge.items.length
  const guesses = cut > 0 ? [cut + 1, cut] : []
  for (let step = 0; step < MOST_STEPS && not - granted > 1; step += 1) {
    const usual = USUAL.filter((size) => size > granted && size < not)
    const size =
      guesses.find((guess) => guess > granted && guess < not) ??
      usual[Math.floor(usual.length / 2)] ??
      (USUAL.includes(granted) ? granted + 1 : Math.floor((granted + not) / 2))
    const outcome = await attempt(size)
    if (outcome === 'unknown') break
    if (outcome === 'granted') granted = size
    else not = size
  }
  return [granted, not]
}

function tooLarge(
  looks: readonly Look[],
  largest: number,
  byDefault: number,
): Candidate<VendorAnswers['page.too-large']>[] {
  const haveItems = (count: number): boolean =>
    looks.every(({ total, items }) => total !== undefined && items.length === count)
  return [
    { value: 'refused', fits: looks.every(isRefusal) },
    { value: 'cut', fits: haveItems(largest) },
    { value: 'default-size', fits: byDefault !== largest && haveItems(byDefault) },
  ]
}

/** Orders without `sort`, and what is behind the last page. */
export async function learnPages(probe: Probe): Promise<Conclude> {
  const { listing } = probe
  // Small pages, so that the last one is not the first one.
  const pageSize = Math.max(1, Math.min(probe.pageSize, Math.ceil(listing.total / 3)))
  const last = Math.max(1, Math.ceil(listing.total / pageSize))
  const past = [
    await list(probe, { view: 'full', page: [last + 1, pageSize] }),
    await list(probe, { view: 'full', page: [last + 40, pageSize] }),
  ]
  const filtered = await filteredLists(probe)
  return (account) => ({
    'page.past-end': pastEnd(
      past.filter((look) => look !== undefined),
      account,
      { last, pageSize },
    ),
    'page.default-order': orderOf([listing]),
    'page.filtered-order': orderOf(filtered),
  })
}

/** Lists with a filter whose exports would show the order of the whole list. One alone hides an order by what it filters by. */
async function filteredLists({ session, listing, pageSize }: Probe): Promise<readonly Listed[]> {
  const order = keysOf([listing.items], 'lists')
  const lists: Listed[] = []
  for (const member of ['resource', 'extension'] as const) {
    const telling = [...Map.groupBy(listing.items, (item) => item[member])]
      .toSorted(([, one], [, other]) => other.length - one.length)
      .find(([, items]) => isDeepStrictEqual(keysOf([items.slice(0, pageSize)], 'lists'), order))
    if (order === undefined || typeof telling?.[0] !== 'string') continue
    const filters = [{ member, operator: 'alone', values: [telling[0]] }] as const
    const look = await list({ session }, { view: 'full', page: [1, pageSize], filters })
    if (look !== undefined) lists.push({ items: look.items, looks: [look] })
  }
  return lists
}

interface Listed {
  readonly items: readonly Item[]
  readonly looks: readonly Look[]
}

function orderOf(lists: readonly Listed[]): Answer<readonly string[]> {
  const evidence = lists.flatMap(({ looks }) => looks.slice(0, 1)).map(evidenceOf)
  const [keys, ...others] = lists.map(({ items }) => keysOf([items], 'lists'))
  return keys === undefined || others.some((other) => other?.join() !== keys.join())
    ? notSeen('no sort keys, or several, give the order that came', evidence)
    : observed(keys, evidence)
}

function pastEnd(
  looks: readonly Look[],
  { before, after }: Account,
  { last, pageSize }: { readonly last: number; readonly pageSize: number },
): Answer<VendorAnswers['page.past-end']> {
  const evidence = looks.map(evidenceOf)
  if (looks.length === 0 || after === undefined || !isWhole(before) || before.total !== after.total) {
    return notSeen('where the last page ends is not known', evidence)
  }
  const page = (number: number): ReadonlySet<string> =>
    new Set(before.items.slice((number - 1) * pageSize, number * pageSize).map(({ id }) => String(id)))
  const have = (ids: ReadonlySet<string>): boolean =>
    looks.every((look) => look.ids.size > 0 && isDeepStrictEqual(look.ids, ids))
  return decide(
    [
      { value: 'empty', fits: looks.every(({ total, items }) => total !== undefined && items.length === 0) },
      { value: 'last-page', fits: have(page(last)) },
      { value: 'first-page', fits: have(page(1)) },
      { value: 'missing', fits: looks.every(({ status }) => status === 404) },
      { value: 'refused', fits: looks.every((look) => isRefusal(look) && look.status !== 404) },
    ],
    evidence,
  )
}
