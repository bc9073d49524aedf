import type { Row } from '../account.ts'
import { defectsOf, lists, parameter } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { answer, compareValues, CORRECT } from '../correct.ts'
import { ALL, HttpError, MEMBERS } from '../parts.ts'
import type { Key, Page, Parts } from '../parts.ts'

/** Compares by another rule, where neither value is null. */
const compare = (change: (one: unknown, other: unknown, key: Key) => number | undefined): Partial<Parts> => ({
  compare: (one, other, key) => {
    const [left, right] = [one[key.member] ?? null, other[key.member] ?? null]
    return (left === null || right === null ? undefined : change(left, right, key)) ?? CORRECT.compare(one, other, key)
  },
})

const keys = (change: (keys: readonly Key[]) => readonly Key[]): Partial<Parts> => ({
  keys: (text) => (text === null ? CORRECT.keys(text) : change(CORRECT.keys(text))),
})

const asKey = (from: string, to: string): Partial<Parts> =>
  keys((all) => all.map((key) => (key.member === from ? { ...key, member: to } : key)))

export const sortDefects: readonly PlainDefect[] = defectsOf('sort', [
  ['the last key is the first', keys((all) => all.toReversed())],
  [
    'a minus is read in front of the first key only',
    keys((all) => all.map((key, index) => ({ ...key, falling: index === 0 && key.falling }))),
  ],
  ['sorted the other way round', keys((all) => all.map((key) => ({ ...key, falling: !key.falling })))],
  [
    'size is compared as text',
    compare((one, other, { member }) => (member === 'size' ? compareValues(one, other, 'name') : undefined)),
  ],
  [
    'counts are compared as text',
    compare((one, other, { member }) => (member.endsWith('_count') ? compareValues(one, other, 'name') : undefined)),
  ],
  ['update_time sorts by create_time', asKey('update_time', 'create_time')],
  ['extension is not sorted', asKey('extension', 'id')],
  ['download_count sorts by attempt_count', asKey('download_count', 'attempt_count')],
  [
    'a sort beside a search is ignored',
    {
      sorted: CORRECT.sorted,
      list: (call) =>
        CORRECT.list(call.query.has('q') ? { ...call, parts: { ...call.parts, sorted: (rows) => rows } } : call),
    },
  ],
  [
    'names are compared by their first letter',
    compare((one, other, { member }) =>
      member === 'name' ? compareValues(String(one)[0], String(other)[0], 'name') : undefined,
    ),
  ],
  [
    'sort works only when fields are named',
    {
      list: (call) =>
        CORRECT.list(
          call.query.has('fields') ? call : { ...call, parts: { ...call.parts, keys: () => CORRECT.keys(null) } },
        ),
    },
  ],
])

const slice = (change: (page: Page, rows: readonly Row[]) => Page): Partial<Parts> => ({
  slice: (rows, page, call) => CORRECT.slice(rows, change(page, rows), call),
})

const between = (from: (page: Page) => number, to: (page: Page) => number): Partial<Parts> => ({
  slice: (rows, page) => rows.slice(from(page), to(page)),
})

export const pageDefects: readonly PlainDefect[] = defectsOf('page', [
  ['page is ignored', slice(() => ({ number: 1, size: 10 }))],
  ['the number and the size are swapped', slice(({ number, size }) => ({ number: size, size: number }))],
  [
    'each page has one item more',
    between(
      ({ number, size }) => (number - 1) * size,
      ({ number, size }) => number * size + 1,
    ),
  ],
  [
    'the last page is missing',
    {
      slice: (rows, page, call) =>
        page.number > 1 && page.number * page.size >= rows.length ? [] : CORRECT.slice(rows, page, call),
    },
  ],
  [
    'large pages are cut to 50, and the next begins where an uncut one would',
    { slice: (rows, page, call) => CORRECT.slice(rows, page, call).slice(0, 50) },
  ],
  ['page 0 is page 1', { page: (text) => CORRECT.page(text?.replace(/^0\b/, '1') ?? null) }],
  [
    'beside a filter, page is ignored',
    {
      slice: (rows, page, call) =>
        CORRECT.slice(rows, ALL.some((member) => call.query.has(member)) ? { number: 1, size: page.size } : page, call),
    },
  ],
  [
    'beside a search, page is ignored',
    {
      slice: (rows, page, call) =>
        CORRECT.slice(rows, call.query.has('q') ? { number: 1, size: page.size } : page, call),
    },
  ],
  [
    'without sort, the order changes with each request',
    () => {
      let turn = 0
      return {
        sorted: (rows, all, parts) => {
          turn += 1
          const sorted = CORRECT.sorted(rows, all, parts)
          return all[0]?.member === 'create_time' ? [...sorted.slice(turn % 7), ...sorted.slice(0, turn % 7)] : sorted
        },
      }
    },
  ],
  [
    'text-sorted pages skip every 20th item',
    {
      sorted: (rows, all, parts) => {
        const sorted = CORRECT.sorted(rows, all, parts)
        return all[0]?.member === 'name'
          ? sorted.map((row, index) => (index % 20 === 19 ? (sorted[index - 1] as Row) : row))
          : sorted
      },
    },
  ],
])

export const envelopeDefects: readonly PlainDefect[] = defectsOf('envelope', [
  ['total ignores filters', { total: (_rows, _shown, { account }) => account.rows.length }],
  [
    'total ignores the search',
    { total: (rows, _shown, { query, account }) => (query.has('q') ? account.rows.length : rows.length) },
  ],
  ['total is at most 50', { total: (rows) => Math.min(50, rows.length) }],
  ['total is a text with a thousands separator', { total: (rows) => `${rows.length},00` }],
  ['total is null where nothing is found', lists(({ total, items }) => ({ total: total === 0 ? null : total, items }))],
  ['a single item is no list', lists(({ total, items }) => ({ total, items: items.length === 1 ? items[0] : items }))],
  ['a list is a bare array', lists(({ items }) => items)],
  [
    'a view is a bare item',
    {
      view: (id, call) =>
        answer(200, (JSON.parse(String(CORRECT.view(id, call).body)) as { items: unknown[] }).items[0], CORRECT),
    },
  ],
  [
    'a view has total 0',
    {
      view: (id, call) =>
        answer(200, { ...(JSON.parse(String(CORRECT.view(id, call).body)) as object), total: 0 }, CORRECT),
    },
  ],
  [
    'an empty list is a 204',
    {
      list: (call) => {
        const done = CORRECT.list(call)
        return String(done.body).includes('"total":0') ? { ...done, status: 204, body: '' } : done
      },
    },
  ],
])

export const validationDefects: readonly PlainDefect[] = defectsOf('validation', [
  [
    'an unknown view is the default one',
    parameter('view', (text) => (['full', 'default'].includes(text) ? text : undefined)),
  ],
  [
    'a page that is no number is page 1',
    {
      page: (text) => {
        try {
          return CORRECT.page(text)
        } catch {
          return { number: 1, size: 10 }
        }
      },
    },
  ],
  [
    'page is read by Number',
    {
      page: (text) => {
        const [number = 1, size = 10] = (text ?? '1').split(',').map(Number)
        if (!(number >= 1 && size >= 1)) throw new HttpError(400)
        return { number: Math.floor(number), size: Math.floor(size) }
      },
    },
  ],
  ['a size of 0 is the default size', { page: (text) => CORRECT.page(text?.replace(/,0+$/, ',10') ?? null) }],
  [
    'an unknown name in q_fields is ignored',
    parameter(
      'q_fields',
      (text) =>
        text
          .split(',')
          .filter((name) => ['id', 'resource', 'name', 'description', 'failed_reason'].includes(name))
          .join(',') || undefined,
    ),
  ],
  [
    'sort takes any member',
    {
      keys: (text) =>
        text === null
          ? CORRECT.keys(text)
          : text
              .split(',')
              .map((key) => ({ member: key.replace(/^-/, ''), falling: key.startsWith('-') }))
              .filter(({ member }) => {
                if (!(member in MEMBERS)) throw new HttpError(400)
                return true
              }),
    },
  ],
  ['a plus in front of a key is taken', { keys: (text) => CORRECT.keys(text?.replaceAll(/(^|,)[+ ]/g, '$1') ?? null) }],
  [
    'an unknown key of sort is a 500',
    {
      keys: (text) => {
        try {
          return CORRECT.keys(text)
        } catch {
          throw new HttpError(500)
        }
      },
    },
  ],
  [
    'mistakes are a 422',
    {
      keys: (text) => {
        try {
          return CORRECT.keys(text)
        } catch {
          throw new HttpError(422)
        }
      },
    },
  ],
  [
    'a view checks no fields',
    {
      members: (query, of) => {
        try {
          return CORRECT.members(query, of)
        } catch (error) {
          if (of === 'view') return ALL
          throw error
        }
      },
    },
  ],
])
