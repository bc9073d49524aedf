import { fileOf, timeText } from './account.ts'
import type { Row } from './account.ts'
import { ALL, BY_DEFAULT, HttpError, MEMBERS } from './parts.ts'
import type { Answer, Call, Key, Parts } from './parts.ts'

const UNSORTABLE = ['id', 'company_id', 'creator_id', 'description', 'download_url', 'failure_reason']
const SEARCHED: Readonly<Record<string, string>> = {
  id: 'id',
  resource: 'resource',
  name: 'name',
  description: 'description',
  failed_reason: 'failure_reason',
}
const OPERATORS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'nin', 'is', 'isn', 'r', 'rf', 'rl', 'rr']
const WINDOWS = [
  [1_000, 10],
  [60_000, 150],
] as const

/** Names of a parameter with commas, each of which must be known. */
function namesOf(text: string, known: readonly string[]): readonly string[] {
  const names = text.split(',')
  if (!names.every((name) => known.includes(name))) throw new HttpError(400)
  return names
}

export function compareValues(one: unknown, other: unknown, member: string): number {
  if (MEMBERS[member] === 'number') return Number(one) - Number(other)
  return String(one) < String(other) ? -1 : String(one) > String(other) ? 1 : 0
}

export function answer(status: number, value: unknown, { json }: Parts): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: json(value) }
}

export function operationOf({ account, nowMs }: Call, name: unknown): Record<string, unknown> {
  return {
    id: crypto.randomUUID(),
    company_id: account.company,
    member_id: '1000223',
    name,
    status: 'running',
    start_time: timeText(nowMs),
  }
}

function found(id: string, call: Call): Row {
  const row = call.parts.row(id, call)
  if (row === undefined) throw new HttpError(404, 'There is no such export.')
  return row
}

/** What keeps every promise of the documentation. */
export const CORRECT: Parts = {
  through: (_request, _response, next) => next(),
  whose: (authorization = '', accounts) => {
    const [, token = ''] = /^bearer +(\S+)$/i.exec(authorization) ?? []
    return accounts.find(({ tokens }) => tokens.includes(token))
  },
  take: (account, nowMs, _request, limits) => {
    const current = WINDOWS.map(([ms, limit]) => {
      const number = Math.floor(nowMs / ms)
      const last = account.windows.get(ms)
      const window = last?.number === number ? last : { number, used: 0 }
      account.windows.set(ms, window)
      return { window, limit, resetS: Math.ceil(((number + 1) * ms - nowMs) / 1_000) }
    })
    const full = current.findLast(({ window, limit }) => window.used >= limit)
    if (full !== undefined && limits === 'on') return { retryAfter: String(full.resetS) }
    for (const { window } of current) window.used += 1
    const { window, limit, resetS } = current[1] as (typeof current)[number]
    return { limit, remaining: Math.max(0, limit - window.used), resetS }
  },
  quotaHeaders: (taken) =>
    'retryAfter' in taken
      ? { 'retry-after': taken.retryAfter }
      : {
          'x-ratelimit-limit': String(taken.limit),
          'x-ratelimit-remaining': String(taken.remaining),
          'x-ratelimit-reset': String(taken.resetS),
        },
  query: (search) => new URLSearchParams(search),
  page: (text) => {
    const [, number, size] = /^(\d{1,9})(?:,(\d{1,9}))?$/.exec(text ?? '1') ?? []
    const page = { number: Number(number), size: Number(size ?? 10) }
    if (!(page.number >= 1 && page.size >= 1)) throw new HttpError(400)
    return page
  },
  keys: (text) => {
    if (text === null) return [{ member: 'create_time', falling: true }]
    const keys = text.split(',').map((key) => ({ member: key.replace(/^-/, ''), falling: key.startsWith('-') }))
    const isSortable = ({ member }: Key): boolean => member in MEMBERS && !UNSORTABLE.includes(member)
    if (!keys.every(isSortable)) throw new HttpError(400)
    return keys
  },
  search: (query) => {
    const names = query.get('q_fields')
    const members =
      names === null ? ['name'] : namesOf(names, Object.keys(SEARCHED)).map((name) => SEARCHED[name] ?? name)
    const term = query.get('q') ?? ''
    return term === '' ? undefined : { term, members }
  },
  filters: (query) =>
    ALL.flatMap((member) => {
      const given = query.get(member)
      if (given === null) return []
      const [, operator = '', rest = ''] = /^([a-z]+):(.*)$/su.exec(given) ?? []
      const filter = OPERATORS.includes(operator)
        ? { member, operator, text: rest }
        : { member, operator: 'eq', text: given }
      const isText = MEMBERS[member] === 'text'
      if (isText && /^(?:[gl]te?|r[flr]?)$/.test(filter.operator)) throw new HttpError(400)
      if (MEMBERS[member] === 'number' && /[^\d,]/.test(filter.text)) throw new HttpError(400)
      return [filter]
    }),
  members: (query) => {
    const view = query.get('view') ?? 'default'
    if (!['full', 'default'].includes(view)) throw new HttpError(400)
    const fields = query.get('fields')
    if (fields !== null) return namesOf(fields, ALL)
    return view === 'full' ? ALL : BY_DEFAULT
  },
  finds: (row, { term, members }) =>
    members.some((member) =>
      String(row[member] ?? '')
        .toLowerCase()
        .includes(term.toLowerCase()),
    ),
  holds: (row, { member, operator, text }) => {
    const value = row[member] ?? null
    if (operator === 'is') return value !== null
    if (operator === 'isn') return value === null
    if (value === null) return ['neq', 'nin'].includes(operator)
    const to = (other: string | undefined): number => compareValues(value, other, member)
    const values = text.split(',')
    const [first, last] = [values[0], values[1] ?? '']
    switch (operator) {
      case 'eq':
        return to(text) === 0
      case 'neq':
        return to(text) !== 0
      case 'in':
        return values.some((one) => to(one) === 0)
      case 'nin':
        return values.every((one) => to(one) !== 0)
      case 'gt':
        return to(text) > 0
      case 'gte':
        return to(text) >= 0
      case 'lt':
        return to(text) < 0
      case 'lte':
        return to(text) <= 0
      case 'r':
        return to(first) > 0 && to(last) < 0
      case 'rf':
        return to(first) >= 0 && to(last) <= 0
      case 'rl':
        return to(first) >= 0 && to(last) < 0
      default:
        return to(first) > 0 && to(last) <= 0
    }
  },
  compare: (one, other, { member }) => {
    const [left = null, right = null] = [one[member], other[member]]
    if (left === null || right === null) return Number(right === null) - Number(left === null)
    return compareValues(left, right, member)
  },
  sorted: (rows, keys, { compare }) => {
    // Ids decide last, so that the order is whole.
    const all = [...keys, { member: 'id', falling: true }]
    return rows.toSorted((one, other) => {
      for (const key of all) {
        const order = compare(one, other, key)
        if (order !== 0) return key.falling ? -order : order
      }
      return 0
    })
  },
  slice: (rows, { number, size }) => rows.slice((number - 1) * size, number * size),
  total: (rows) => rows.length,
  shape: (row, members) => Object.fromEntries(members.map((member) => [member, row[member]])),
  rows: ({ account }) => account.rows,
  row: (id, { account }) => account.rows.find((row) => row['id'] === id),
  list: (call) => {
    const { parts, query } = call
    const members = parts.members(query, 'list')
    const [page, keys] = [parts.page(query.get('page')), parts.keys(query.get('sort'))]
    const [search, filters] = [parts.search(query), parts.filters(query)]
    const matching = parts
      .rows(call)
      .filter((row) => search === undefined || parts.finds(row, search))
      .filter((row) => filters.every((filter) => parts.holds(row, filter)))
    const shown = parts.slice(parts.sorted(matching, keys, parts), page, call)
    const total = parts.total(matching, shown, call)
    return answer(200, { total, items: shown.map((row) => parts.shape(row, members, call)) }, parts)
  },
  view: (id, call) => {
    const { parts, query } = call
    const members = parts.members(query, 'view')
    return answer(200, { total: 1, items: [parts.shape(found(id, call), members, call)] }, parts)
  },
  download: (id, call) => {
    const row = found(id, call)
    if (row['status'] !== 'ready') throw new HttpError(404, 'There is no file.')
    const body = call.parts.file(row)
    row['download_count'] = Number(row['download_count']) + 1
    return { status: 200, headers: { 'content-type': String(row['mime_type']) }, body }
  },
  file: fileOf,
  retry: (id, call) => {
    const row = found(id, call)
    if (row['status'] !== 'failed') throw new HttpError(400)
    row['attempt_count'] = Number(row['attempt_count']) + 1
    row['status'] = 'running'
    row['update_time'] = timeText(call.nowMs)
    return answer(202, operationOf(call, row['name']), call.parts)
  },
  create: (reportId, call) => {
    const { account, nowMs, body } = call
    if (!account.reports.includes(reportId)) throw new HttpError(404, 'There is no such report.')
    const wanted = parsed(body)
    const { name, out } = wanted
    if (typeof name !== 'string' || name === '' || (out !== 'csv' && out !== 'json') || !isText(wanted))
      throw new HttpError(400)
    const id = String(99_000_000 + account.rows.length)
    const now = timeText(nowMs)
    const row: Row = {
      id,
      company_id: account.company,
      creator_id: '1000223',
      resource: 'quick-reports',
      status: 'running',
      name,
      description: null,
      size: 0,
      extension: out,
      mime_type: out === 'csv' ? 'text/csv' : 'application/json',
      download_url: `/v1/hood/customers/exports/${id}/download`,
      attempt_count: 1,
      download_count: 0,
      failure_reason: null,
      expire_time: null,
      create_time: now,
      update_time: now,
    }
    account.rows.push(row)
    return answer(202, operationOf(call, name), call.parts)
  },
  settle: ({ rows }, nowMs) => {
    for (const row of rows) {
      const isMade = Date.parse(`${String(row['update_time'])}Z`) > Date.UTC(2026, 0, 1)
      if (row['status'] !== 'running' || !isMade || row['update_time'] === null) continue
      if (Date.parse(`${String(row['update_time'])}Z`) + 4_000 > nowMs) continue
      Object.assign(row, { status: 'ready', size: 640, update_time: timeText(nowMs) })
    }
  },
  failure: (status, message) =>
    status === 500
      ? { code: 500, title: 'Internal server error.', trace_id: crypto.randomUUID() }
      : { code: status, title: TITLES[status] ?? 'Error.', message, trace_id: crypto.randomUUID() },
  json: (value) => JSON.stringify(value),
}

/** Whether what must be text is text. */
function isText(wanted: Record<string, unknown>): boolean {
  return ['source', 'fields', 'sort'].every((name) => ['string', 'undefined'].includes(typeof wanted[name]))
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request.',
  401: 'Unauthorized.',
  404: 'Not found.',
  405: 'Method not allowed.',
  429: 'Too many requests.',
}

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    throw new HttpError(400)
  }
}
