import { gzipSync } from 'node:zlib'
import type { VerifyOptions } from '../../../src/index.ts'
import type { Row } from './account.ts'
import { answers, before, headersOf, items, lists } from './defect.ts'
import type { PlainChange } from './defect.ts'
import { CORRECT, answer, operationOf } from './correct.ts'
import { ALL, BY_DEFAULT, HttpError, MEMBERS } from './parts.ts'
import type { Parts } from './parts.ts'

interface PlainVariation {
  /** What differs, though the documents permit it: a sentence. */
  readonly permitted: string
  readonly change?: PlainChange
  readonly limits?: 'on' | 'off'
  readonly writes?: 'no' | 'allowed'
  readonly effort?: VerifyOptions['effort']
  readonly useUp?: VerifyOptions['useUp']
  /** Exports of the first account. */
  readonly count?: number
}

const page = (size: number): Partial<Parts> => ({
  page: (text) => CORRECT.page(text === null ? `1,${size}` : text.includes(',') ? text : `${text},${size}`),
})

const cutTo = (most: number): Partial<Parts> => ({
  page: (text) => {
    const { number, size } = CORRECT.page(text)
    return { number, size: Math.min(size, most) }
  },
})

const pastEnd = (then: (rows: readonly Row[], size: number) => readonly Row[]): Partial<Parts> => ({
  slice: (rows, asked, call) => {
    const found = CORRECT.slice(rows, asked, call)
    return found.length === 0 && asked.number > 1 ? then(rows, asked.size) : found
  },
})

const compare = (change: Parts['compare']): Partial<Parts> => ({ compare: change })

const RANKS = ['queued', 'running', 'ready', 'failed', 'expired']

const quota = (change: (headers: Record<string, string>, nth: number) => Record<string, string>): PlainChange => {
  return () => {
    let nth = 0
    return {
      quotaHeaders: (taken) => {
        nth += 1
        return change(headersOf(taken), nth)
      },
    }
  }
}

const LISTS: readonly PlainVariation[] = [
  { permitted: 'a page has 25 items by default', change: page(25) },
  { permitted: 'a page has 100 items by default', change: page(100) },
  { permitted: 'pages are cut to 20 items', change: cutTo(20) },
  { permitted: 'pages are cut to 50 items', change: cutTo(50) },
  {
    permitted: 'pages of more than 40 items are refused',
    change: {
      page: (text) => {
        const asked = CORRECT.page(text)
        if (asked.size > 40) throw new HttpError(400)
        return asked
      },
    },
  },
  {
    permitted: 'a page past the end is a 404',
    change: pastEnd(() => {
      throw new HttpError(404)
    }),
  },
  {
    permitted: 'a page past the end is the last one',
    change: pastEnd((rows, size) => rows.slice(-(rows.length % size || size))),
  },
  { permitted: 'a list is in full view by default', change: shown(ALL) },
  { permitted: 'a list has four members by default', change: shown(['id', 'name', 'status', 'create_time']) },
  {
    permitted: 'members that are null are left out',
    change: items((item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null))),
  },
  {
    permitted: 'members that are not documented come without fields',
    change: items((item, { query }) => (query.has('fields') ? item : { ...item, _links: {} })),
  },
  {
    permitted: 'numbers are texts of digits',
    change: items((item) =>
      Object.fromEntries(
        Object.entries(item).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
      ),
    ),
  },
  { permitted: 'total is a text of digits', change: { total: (rows) => String(rows.length) } },
  { permitted: 'the envelope has further members', change: lists((body) => ({ ...body, page: 1 })) },
  { permitted: 'the account has no exports', count: 0 },
  { permitted: 'the account has three exports', count: 3 },
  { permitted: 'the account has 700 exports', count: 700 },
]

const ORDERS: readonly PlainVariation[] = [
  {
    permitted: 'null is sorted last',
    change: compare((one, other, key) =>
      -Number(isNull(one, key.member)) + Number(isNull(other, key.member)) === 0
        ? CORRECT.compare(one, other, key)
        : Number(isNull(one, key.member)) - Number(isNull(other, key.member)),
    ),
  },
  {
    permitted: 'texts are sorted without regard to case',
    change: compare((one, other, key) => CORRECT.compare(lowered(one, key.member), lowered(other, key.member), key)),
  },
  {
    permitted: 'texts are sorted as a language does',
    change: compare((one, other, key) =>
      MEMBERS[key.member] === 'text' && !isNull(one, key.member) && !isNull(other, key.member)
        ? String(one[key.member]).localeCompare(String(other[key.member]))
        : CORRECT.compare(one, other, key),
    ),
  },
  {
    permitted: 'statuses are sorted by their rank',
    change: compare((one, other, key) =>
      key.member === 'status'
        ? RANKS.indexOf(String(one['status'])) - RANKS.indexOf(String(other['status']))
        : CORRECT.compare(one, other, key),
    ),
  },
  {
    permitted: 'a list has the oldest first',
    change: { keys: (text) => (text === null ? [{ member: 'create_time', falling: false }] : CORRECT.keys(text)) },
  },
  {
    permitted: 'a list is in the order of ids',
    change: { keys: (text) => (text === null ? [{ member: 'id', falling: false }] : CORRECT.keys(text)) },
  },
]

const SEARCHES: readonly PlainVariation[] = [
  {
    permitted: 'a search heeds case',
    change: { finds: (row, { term, members }) => members.some((name) => String(row[name] ?? '').includes(term)) },
  },
  {
    permitted: 'a search overlooks accents',
    change: {
      finds: (row, { term, members }) => members.some((name) => bare(String(row[name] ?? '')).includes(bare(term))),
    },
  },
  {
    permitted: 'a search looks in every member by default',
    change: {
      search: (query) => {
        const found = CORRECT.search(query)
        return (
          found &&
          (query.has('q_fields')
            ? found
            : { ...found, members: ['id', 'resource', 'name', 'description', 'failure_reason'] })
        )
      },
    },
  },
  {
    permitted: 'a search looks in descriptions by default',
    change: {
      search: (query) => {
        const found = CORRECT.search(query)
        return found && (query.has('q_fields') ? found : { ...found, members: ['description'] })
      },
    },
  },
  {
    permitted: 'filters overlook case',
    change: {
      holds: (row, filter) =>
        CORRECT.holds(
          lowered(row, filter.member),
          MEMBERS[filter.member] === 'text' ? { ...filter, text: filter.text.toLowerCase() } : filter,
        ),
    },
  },
  {
    permitted: 'filters take equality alone',
    change: {
      filters: (query) =>
        CORRECT.filters(query).map((filter) => {
          if (filter.operator !== 'eq') throw new HttpError(400)
          return filter
        }),
    },
  },
  {
    permitted: 'rl and rr have both ends',
    change: {
      holds: (row, filter) =>
        CORRECT.holds(row, ['rl', 'rr'].includes(filter.operator) ? { ...filter, operator: 'rf' } : filter),
    },
  },
  {
    permitted: 'neq and nin leave null out',
    change: {
      holds: (row, filter) =>
        ['neq', 'nin'].includes(filter.operator) && isNull(row, filter.member) ? false : CORRECT.holds(row, filter),
    },
  },
  {
    permitted: 'null is lower than every value',
    change: {
      holds: (row, filter) =>
        ['lt', 'lte'].includes(filter.operator) && isNull(row, filter.member) ? true : CORRECT.holds(row, filter),
    },
  },
  {
    permitted: 'failure_reason is filtered by the name failed_reason',
    change: {
      filters: (query) => {
        const text = query.get('failed_reason')
        query.delete('failure_reason')
        if (text !== null) query.set('failure_reason', text)
        return CORRECT.filters(query)
      },
    },
  },
]

const ANSWERS: readonly PlainVariation[] = [
  { permitted: 'JSON is indented', change: { json: (value) => JSON.stringify(value, null, 2) } },
  {
    permitted: 'JSON has escapes for all beyond ASCII',
    change: {
      json: (value) =>
        JSON.stringify(value).replaceAll(
          /[^\0-\x7f]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        ),
    },
  },
  {
    permitted: 'JSON comes without a charset',
    change: answers(['list', 'view'], (done) => ({ ...done, headers: { 'content-type': 'application/json' } })),
  },
  {
    permitted: 'lists are compressed',
    change: answers(['list', 'view'], (done) => ({
      ...done,
      headers: { ...done.headers, 'content-encoding': 'gzip' },
      body: gzipSync(done.body),
    })),
  },
  {
    permitted: 'errors have no message',
    change: {
      failure: (status, message, nth) => {
        const { message: _none, ...rest } = CORRECT.failure(status, message, nth)
        return rest
      },
    },
  },
  {
    permitted: 'the trace_id of errors is {}',
    change: { failure: (status, message, nth) => ({ ...CORRECT.failure(status, message, nth), trace_id: '{}' }) },
  },
  {
    permitted: 'connections are closed after each answer',
    change: before((_request, response) => response.setHeader('connection', 'close')),
  },
  {
    permitted: 'files are text with a charset',
    change: answers(['download'], (done) => ({
      ...done,
      headers: { ...done.headers, 'content-type': `${String(done.headers['content-type'])}; charset=utf-8` },
    })),
  },
  {
    permitted: 'downloads are not counted',
    change: answers(['download'], (done, { account, request }) => {
      const row = account.rows.find(({ id }) => request.url?.includes(String(id)) === true)
      if (row) row['download_count'] = Number(row['download_count']) - 1
      return done
    }),
  },
  {
    permitted: 'one request in a run is a 500',
    change: {
      list: (call) => {
        if (call.nth === 31) throw new HttpError(500)
        return CORRECT.list(call)
      },
    },
  },
  {
    permitted: 'an export goes away on the way',
    change: {
      list: (call) => {
        if (call.nth === 40) call.account.rows = call.account.rows.slice(0, -1)
        return CORRECT.list(call)
      },
    },
  },
  {
    permitted: 'an export comes on the way',
    change: {
      list: (call) => {
        const [row] = call.account.rows
        if (call.nth === 40 && row !== undefined)
          call.account.rows.push({
            ...row,
            id: '31999999',
            name: 'new',
            download_url: '/v1/hood/customers/exports/31999999/download',
          })
        return CORRECT.list(call)
      },
    },
  },
  {
    permitted: 'a file goes away with its export on the way',
    change: {
      download: (id, call) => {
        const done = CORRECT.download(id, call)
        if (call.account.rows.length > 95) call.account.rows = call.account.rows.filter((row) => row['id'] !== id)
        return done
      },
    },
  },
]

const QUOTAS: readonly PlainVariation[] = [
  {
    permitted: 'headers describe the second',
    change: {
      take: (account, nowMs, request, limits) => {
        const taken = CORRECT.take(account, nowMs, request, limits)
        const used = account.windows.get(1_000)?.used ?? 0
        return 'retryAfter' in taken ? taken : { limit: 10, remaining: Math.max(0, 10 - used), resetS: 1 }
      },
    },
    limits: 'on',
  },
  {
    permitted: 'headers describe the window with fewer left',
    change: {
      take: (account, nowMs, request, limits) => {
        const taken = CORRECT.take(account, nowMs, request, limits)
        const used = account.windows.get(1_000)?.used ?? 0
        return 'retryAfter' in taken || taken.remaining < 10 - used
          ? taken
          : { limit: 10, remaining: Math.max(0, 10 - used), resetS: 1 }
      },
    },
    limits: 'on',
  },
  {
    permitted: 'a 429 does not say for how long',
    change: quota((headers) => ('retry-after' in headers ? {} : headers)),
    limits: 'on',
  },
  {
    permitted: 'Reset is rounded down',
    change: quota((headers) =>
      'x-ratelimit-reset' in headers
        ? { ...headers, 'x-ratelimit-reset': String(Math.max(0, Number(headers['x-ratelimit-reset']) - 1)) }
        : headers,
    ),
    limits: 'on',
  },
  {
    permitted: 'one request at a time is in flight',
    change: () => {
      const busy = new Set<string>()
      return {
        through: (request, response, next) => {
          const token = request.headers.authorization ?? ''
          if (busy.has(token)) {
            response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '-1' })
            response.end('{"code":429,"title":"Too many requests."}')
            return
          }
          busy.add(token)
          response.on('close', () => busy.delete(token))
          setTimeout(next, 2)
        },
      }
    },
    limits: 'on',
  },
]

const WRITES: readonly PlainVariation[] = (
  [
    ['exports are made and run again', {}],
    [
      'exports are ready at once',
      {
        create: (id, call) => {
          const done = CORRECT.create(id, call)
          Object.assign(call.account.rows.at(-1) ?? {}, { status: 'ready', size: 700 })
          return done
        },
      },
    ],
    [
      'a retry makes a new record',
      {
        retry: (id, call) => {
          const row = call.parts.row(id, call)
          if (row === undefined) throw new HttpError(404)
          if (row['status'] !== 'failed') throw new HttpError(400)
          call.account.rows.push({
            ...row,
            id: `9${id}`,
            status: 'running',
            create_time: '2026-01-01 00:01:00',
            update_time: '2026-01-01 00:01:00',
          })
          return answer(202, operationOf(call, row['name']), call.parts)
        },
      },
    ],
    [
      'an export needs all that the sample has',
      {
        create: (id, call) => {
          if (!call.body.includes('"sort"')) throw new HttpError(400)
          return CORRECT.create(id, call)
        },
      },
    ],
    [
      'a failed export fails again',
      {
        settle: (account, nowMs) => {
          CORRECT.settle(account, nowMs)
          for (const row of account.rows)
            if (row['status'] === 'running' && Number(row['attempt_count']) > 1 && String(row['update_time']) > '2026')
              row['status'] = 'failed'
        },
      },
    ],
  ] satisfies readonly (readonly [string, Partial<Parts>])[]
).map(([permitted, change]) => ({ permitted, change, writes: 'allowed' }))

/** Correct providers in this style, which differ where the documents leave a choice. */
export const PLAIN_VARIATIONS: readonly PlainVariation[] = [
  { permitted: 'it is as it is' },
  { permitted: 'it is looked at thoroughly', effort: 'thorough' },
  { permitted: 'its minute is used up', useUp: 'third' },
  ...LISTS,
  ...ORDERS,
  ...SEARCHES,
  ...ANSWERS,
  ...QUOTAS,
  ...WRITES,
]

function shown(members: readonly string[]): Partial<Parts> {
  return {
    members: (query, of) => {
      const named = CORRECT.members(query, of)
      return named === BY_DEFAULT ? members : named
    },
  }
}

function isNull(row: Row, member: string): boolean {
  return (row[member] ?? null) === null
}

function lowered(row: Row, member: string): Row {
  const value = row[member]
  return typeof value === 'string' && MEMBERS[member] === 'text' ? { ...row, [member]: value.toLowerCase() } : row
}

function bare(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
