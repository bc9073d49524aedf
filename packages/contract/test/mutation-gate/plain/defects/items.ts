import { answers, defectsOf, items, parameter, value } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { CORRECT } from '../correct.ts'
import { ALL, HttpError } from '../parts.ts'
import type { Parts } from '../parts.ts'

export const itemDefects: readonly PlainDefect[] = defectsOf('items', [
  ['ids are left out', items(({ id: _id, ...rest }) => rest)],
  ['ids have a prefix in lists', value('id', (id) => `exp_${String(id)}`)],
  ['expire_time has no seconds', value('expire_time', (time) => String(time).slice(0, 16))],
  ['times have a zone', value('create_time', (time) => `${String(time)} UTC`)],
  ['sizes are fractions', value('size', (size) => Number(size) / 1_024)],
  [
    'names are escaped for HTML',
    value('name', (text) => String(text).replaceAll('&', '&amp;').replaceAll('"', '&quot;')),
  ],
  ['download_url has a protocol-relative host', value('download_url', (url) => `//cdn.example${String(url)}`)],
  [
    'a view has the next item',
    {
      row: (id, { account }) =>
        account.rows[(account.rows.findIndex((row) => row['id'] === id) + 1) % account.rows.length],
    },
  ],
  ['status is a number', value('status', (status) => String(status).length)],
  [
    'mime_type and extension are swapped',
    items((item) =>
      'mime_type' in item && 'extension' in item
        ? { ...item, mime_type: item['extension'], extension: item['mime_type'] }
        : item,
    ),
  ],
])

export const fieldDefects: readonly PlainDefect[] = defectsOf('fields', [
  ['id comes always', items((item, call) => ({ id: '1', ...item, ...(call.query.has('fields') ? {} : {}) }))],
  ['only the first field comes', parameter('fields', (text) => text.split(',')[0])],
  [
    'view beats fields',
    {
      members: (q, of) => {
        if (q.has('view')) q.delete('fields')
        return CORRECT.members(q, of)
      },
    },
  ],
  [
    'fields is ignored in views',
    {
      members: (q, of) => {
        if (of === 'view') q.delete('fields')
        return CORRECT.members(q, of)
      },
    },
  ],
  [
    'fields is ignored beside a sort',
    {
      members: (q, of) => {
        if (q.has('sort')) q.delete('fields')
        return CORRECT.members(q, of)
      },
    },
  ],
  [
    'view=full is the default view',
    {
      members: (q, of) => {
        if (q.get('view') === 'full') q.set('view', 'default')
        return CORRECT.members(q, of)
      },
    },
  ],
  [
    'fields excludes',
    {
      members: (q, of) =>
        q.has('fields') ? ALL.filter((name) => !CORRECT.members(q, of).includes(name)) : CORRECT.members(q, of),
    },
  ],
  [
    'size cannot be chosen',
    {
      shape: (row, members, { query: q }) =>
        Object.fromEntries(
          members.filter((name) => !q.has('fields') || name !== 'size').map((name) => [name, row[name]]),
        ),
    },
  ],
  [
    'the filtered member comes as well',
    {
      shape: (row, members, { query: q }) =>
        Object.fromEntries([...members, ...ALL.filter((name) => q.has(name))].map((name) => [name, row[name]])),
    },
  ],
  ['a score comes with each search', items((item, { query: q }) => (q.has('q') ? { ...item, score: 1 } : item))],
])

const failing = (when: RegExp): Partial<Parts> => ({
  query: (search) => {
    let text = search
    try {
      text = decodeURIComponent(search)
    } catch {
      /* Judged as it is. */
    }
    if (when.test(text)) throw new HttpError(500)
    return CORRECT.query(search)
  },
})

const search = (change: (term: string) => string): Partial<Parts> => ({
  search: (q) => {
    const one = CORRECT.search(q)
    return one && { ...one, term: change(one.term) }
  },
})

const like = (pattern: (term: string) => string): Partial<Parts> => ({
  finds: (row, { term, members }) =>
    members.some((name) =>
      new RegExp(pattern(term.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)), 'isu').test(String(row[name] ?? '')),
    ),
})

export const searchDefects: readonly PlainDefect[] = defectsOf('search', [
  ['only whole values are found', like((term) => `^${term}$`)],
  [
    'ids are found whole only',
    {
      finds: (row, { term, members }) =>
        members.some((name) => (name === 'id' ? row['id'] === term : CORRECT.finds(row, { term, members: [name] }))),
    },
  ],
  ['terms are cut to 20 characters', search((term) => term.slice(0, 20))],
  ['terms are cut to 64 characters', search((term) => term.slice(0, 64))],
  ['quotes are lost', search((term) => term.replaceAll('"', ''))],
  ['a double quote is a 500', failing(/[?&]q=[^&]*"/)],
  ['an emoji is a 500', failing(/[\u{1F000}-\u{1FFFF}]/u)],
  ['NUL is a 500', failing(/\0/)],
  ['CR LF is a 500', failing(/\r\n/)],
  [
    'a header comes out of the term',
    {
      ...answers(['list'], (done, { query: q }) => {
        const [, name, one] = /\r\n([\w-]+): ?(\S+)/.exec(q.get('q') ?? '') ?? []
        return name === undefined ? done : { ...done, headers: { ...done.headers, [name]: one } }
      }),
    },
  ],
])
