import type { Row } from '../account.ts'
import { defectsOf, lists, parameter } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { ALL, answer, compareValues, CORRECT, HttpError, MEMBERS } from '../parts.ts'
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
  ['a second key is dropped', keys((all) => all.slice(0, 1))],
  ['the last key is the first', keys((all) => all.toReversed())],
  [
    'a minus in front of the first key holds for each key',
    keys((all) => all.map((key) => ({ ...key, falling: all[0]?.falling === true }))),
  ],
  [
    'a minus is read in front of the first key only',
    keys((all) => all.map((key, index) => ({ ...key, falling: index === 0 && key.falling }))),
  ],
  ['a third key is dropped', keys((all) => all.slice(0, 2))],
  ['a minus is ignored', keys((all) => all.map((key) => ({ ...key, falling: false })))],
  ['sorted the other way round', keys((all) => all.map((key) => ({ ...key, falling: !key.falling })))],
  ['sort is ignored', parameter('sort', () => undefined)],
  [
    'size is compared as text',
    compare((one, other, { member }) => (member === 'size' ? compareValues(one, other, 'name') : undefined)),
  ],
  [
    'counts are compared as text',
    compare((one, other, { member }) => (member.endsWith('_count') ? compareValues(one, other, 'name') : undefined)),
  ],
  [
    'times are compared by their day',
    compare((one, other, { member }) =>
      MEMBERS[member] === 'time'
        ? compareValues(String(one).slice(0, 10), String(other).slice(0, 10), 'name')
        : undefined,
    ),
  ],
  ['update_time sorts by create_time', asKey('update_time', 'create_time')],
  ['expire_time sorts by create_time', asKey('expire_time', 'create_time')],
  ['extension is not sorted', asKey('extension', 'id')],
  ['mime_type sorts by extension', asKey('mime_type', 'name')],
  ['status sorts by name', asKey('status', 'name')],
  ['download_count sorts by attempt_count', asKey('download_count', 'attempt_count')],
  [
    'only the page is sorted',
    {
      sorted: (rows, _keys, parts) => CORRECT.sorted(rows, CORRECT.keys(null), parts),
      shape: CORRECT.shape,
      list: (call) => {
        const all = CORRECT.keys(call.query.get('sort'))
        return CORRECT.list({
          ...call,
          parts: {
            ...call.parts,
            slice: (rows, page) => CORRECT.sorted(CORRECT.slice(rows, page, call), all, CORRECT),
          },
        })
      },
    },
  ],
  [
    'a sort beside a search is ignored',
    {
      sorted: CORRECT.sorted,
      list: (call) =>
        CORRECT.list(call.query.has('q') ? { ...call, parts: { ...call.parts, sorted: (rows) => rows } } : call),
    },
  ],
  [
    'a sort beside a filter is ignored',
    {
      list: (call) =>
        CORRECT.list(
          ALL.some((member) => call.query.has(member))
            ? { ...call, parts: { ...call.parts, sorted: (rows) => rows } }
            : call,
        ),
    },
  ],
  [
    'only the 50 newest are sorted, the others follow',
    {
      sorted: (rows, all, parts) => {
        const newest = CORRECT.sorted(rows, CORRECT.keys(null), parts)
        return [...CORRECT.sorted(newest.slice(0, 50), all, parts), ...newest.slice(50)]
      },
    },
  ],
  [
    'names are compared by their first letter',
    compare((one, other, { member }) =>
      member === 'name' ? compareValues(String(one)[0], String(other)[0], 'name') : undefined,
    ),
  ],
  [
    'names are compared by their length',
    compare((one, other, { member }) => (member === 'name' ? String(one).length - String(other).length : undefined)),
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
  [
    'equal values come in another order with each request',
    () => {
      let seed = 7
      return {
        sorted: (rows, all) => {
          seed += 1
          const rank = (row: Row): number => (Number(row['id']) * seed * 7919) % 1009
          return rows.toSorted((one, other) => {
            for (const key of all) {
              const order = CORRECT.compare(one, other, key)
              if (order !== 0) return key.falling ? -order : order
            }
            return rank(one) - rank(other)
          })
        },
      }
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
  ['pages begin at 0', slice(({ number, size }) => ({ number: number + 1, size }))],
  ['page is ignored', slice(() => ({ number: 1, size: 10 }))],
  ['the size is ignored', slice(({ number }) => ({ number, size: 10 }))],
  ['the number and the size are swapped', slice(({ number, size }) => ({ number: size, size: number }))],
  [
    'the number is an offset',
    between(
      ({ number }) => number - 1,
      ({ number, size }) => number - 1 + size,
    ),
  ],
  [
    'each page has one item more',
    between(
      ({ number, size }) => (number - 1) * size,
      ({ number, size }) => number * size + 1,
    ),
  ],
  [
    'each page has one item fewer',
    between(
      ({ number, size }) => (number - 1) * size,
      ({ number, size }) => number * size - 1,
    ),
  ],
  [
    'the first page lacks the first item',
    { slice: (rows, page, call) => CORRECT.slice(rows, page, call).slice(page.number === 1 ? 1 : 0) },
  ],
  [
    'the last page is missing',
    {
      slice: (rows, page, call) =>
        page.number > 1 && page.number * page.size >= rows.length ? [] : CORRECT.slice(rows, page, call),
    },
  ],
  [
    'large pages are cut, and the next begins where an uncut one would',
    { slice: (rows, page, call) => CORRECT.slice(rows, page, call).slice(0, 20) },
  ],
  [
    'large pages are cut to 50, and the next begins where an uncut one would',
    { slice: (rows, page, call) => CORRECT.slice(rows, page, call).slice(0, 50) },
  ],
  ['page 0 is page 1', { page: (text) => CORRECT.page(text?.replace(/^0\b/, '1') ?? null) }],
  [
    'an offset over 90 is 90',
    between(
      ({ number, size }) => Math.min(90, (number - 1) * size),
      ({ number, size }) => Math.min(90, (number - 1) * size) + size,
    ),
  ],
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
    'beside a sort, pages overlap by one',
    {
      slice: (rows, page, call) =>
        call.query.has('sort') && page.number > 1
          ? rows.slice((page.number - 1) * page.size - 1, page.number * page.size - 1)
          : CORRECT.slice(rows, page, call),
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
  ['a page of one item is a page of ten', slice(({ number, size }) => ({ number, size: size === 1 ? 10 : size }))],
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
  ['total counts the page', { total: (_rows, shown) => shown.length }],
  ['total ignores filters', { total: (_rows, _shown, { account }) => account.rows.length }],
  [
    'total ignores filters, but not the search',
    { total: (rows, _shown, { query, account }) => (query.has('q') ? rows.length : account.rows.length) },
  ],
  [
    'total ignores the search',
    { total: (rows, _shown, { query, account }) => (query.has('q') ? account.rows.length : rows.length) },
  ],
  ['total is the number of pages', { total: (rows, shown) => Math.ceil(rows.length / Math.max(1, shown.length)) }],
  ['total is at most 50', { total: (rows) => Math.min(50, rows.length) }],
  [
    'total is what is left from the page on',
    {
      total: (rows, _shown, { query }) => {
        const { number, size } = CORRECT.page(query.get('page'))
        return Math.max(0, rows.length - (number - 1) * size)
      },
    },
  ],
  ['total is a text with a thousands separator', { total: (rows) => `${rows.length},00` }],
  ['total is missing', lists(({ items }) => ({ items }))],
  ['total is null where nothing is found', lists(({ total, items }) => ({ total: total === 0 ? null : total, items }))],
  [
    'items is null where nothing is found',
    lists(({ total, items }) => ({ total, items: items.length === 0 ? null : items })),
  ],
  [
    'items is missing where nothing is found',
    lists(({ total, items }) => (items.length === 0 ? { total } : { total, items })),
  ],
  ['a single item is no list', lists(({ total, items }) => ({ total, items: items.length === 1 ? items[0] : items }))],
  ['items are called data', lists(({ total, items }) => ({ total, data: items }))],
  ['a list is a bare array', lists(({ items }) => items)],
  [
    'items are an object by id',
    lists(({ total, items }) => ({
      total,
      items: Object.fromEntries(items.map((item, index) => [item['id'] ?? index, item])),
    })),
  ],
  [
    'a view is a bare item',
    {
      view: (id, call) =>
        answer(200, (JSON.parse(String(CORRECT.view(id, call).body)) as { items: unknown[] }).items[0], CORRECT),
    },
  ],
  [
    'a view has the total of the list',
    {
      view: (id, call) =>
        answer(
          200,
          { ...(JSON.parse(String(CORRECT.view(id, call).body)) as object), total: call.account.rows.length },
          CORRECT,
        ),
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
    'an empty list is a 404',
    {
      list: (call) => {
        const done = CORRECT.list(call)
        if (String(done.body).includes('"total":0')) throw new HttpError(404)
        return done
      },
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
  ['an item too many at the end is null', lists(({ total, items }) => ({ total, items: [...items, null] }))],
])

export const validationDefects: readonly PlainDefect[] = defectsOf('validation', [
  [
    'an unknown field is ignored',
    parameter(
      'fields',
      (text) =>
        text
          .split(',')
          .filter((name) => ALL.includes(name))
          .join(',') || undefined,
    ),
  ],
  [
    'an unknown view is the default one',
    parameter('view', (text) => (['full', 'default'].includes(text) ? text : undefined)),
  ],
  [
    'an unknown key of sort is ignored',
    {
      keys: (text) => {
        try {
          return CORRECT.keys(text)
        } catch {
          return CORRECT.keys(null)
        }
      },
    },
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
    'page is read by parseInt',
    {
      page: (text) => {
        const [number = 1, size = 10] = (text ?? '1').split(',').map((part) => parseInt(part, 10))
        if (!(number >= 1 && size >= 1)) throw new HttpError(400)
        return { number, size }
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
  ['a negative page is its absolute value', { page: (text) => CORRECT.page(text?.replaceAll('-', '') ?? null) }],
  ['a size of 0 is the default size', { page: (text) => CORRECT.page(text?.replace(/,0+$/, ',10') ?? null) }],
  ['a third part of page is ignored', { page: (text) => CORRECT.page(text?.split(',').slice(0, 2).join(',') ?? null) }],
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
    'q_fields takes any member',
    { search: (query) => ({ term: query.get('q') ?? '', members: query.get('q_fields')?.split(',') ?? ['name'] }) },
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
  ['two minus signs are one', { keys: (text) => CORRECT.keys(text?.replaceAll('--', '-') ?? null) }],
  ['a plus in front of a key is taken', { keys: (text) => CORRECT.keys(text?.replaceAll(/(^|,)[+ ]/g, '$1') ?? null) }],
  [
    'mistakes are a 500',
    {
      page: (text) => {
        try {
          return CORRECT.page(text)
        } catch {
          throw new HttpError(500)
        }
      },
    },
  ],
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
    'an unknown field is a 500',
    {
      members: (query, of) => {
        try {
          return CORRECT.members(query, of)
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
    'mistakes of page are a 404',
    {
      page: (text) => {
        try {
          return CORRECT.page(text)
        } catch {
          throw new HttpError(404)
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
  [
    'an unknown field beside known ones is ignored',
    parameter('fields', (text) => {
      const known = text.split(',').filter((name) => ALL.includes(name))
      return known.length > 0 ? known.join(',') : text
    }),
  ],
])
