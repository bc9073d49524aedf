import { answers, defectsOf, items, query, parameter, value } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { ALL, answer, CORRECT, HttpError } from '../parts.ts'
import type { Parts } from '../parts.ts'

const view = (change: (item: Record<string, unknown>) => Record<string, unknown>): Partial<Parts> => ({
  view: (id, call) => {
    const { total, items: all } = JSON.parse(String(CORRECT.view(id, call).body)) as {
      total: number
      items: Record<string, unknown>[]
    }
    return answer(200, { total, items: all.map(change) }, CORRECT)
  },
})

export const itemDefects: readonly PlainDefect[] = defectsOf('items', [
  ['ids are numbers', value('id', Number)],
  ['ids are left out', items(({ id: _id, ...rest }) => rest)],
  ['ids have a prefix in lists', value('id', (id) => `exp_${String(id)}`)],
  ['company_id is a number', value('company_id', Number)],
  ['creator_id is an object', value('creator_id', (id) => ({ id }))],
  ['times are RFC 3339', value('create_time', (time) => `${String(time).replace(' ', 'T')}Z`)],
  ['expire_time has no seconds', value('expire_time', (time) => String(time).slice(0, 16))],
  ['update_time is in epoch seconds', value('update_time', (time) => Date.parse(`${String(time)}Z`) / 1_000)],
  [
    'a missing time is 0000-00-00',
    items((item) =>
      'expire_time' in item ? { ...item, expire_time: item['expire_time'] ?? '0000-00-00 00:00:00' } : item,
    ),
  ],
  ['times have fractions', value('update_time', (time) => `${String(time)}.000`)],
  ['times have a zone', value('create_time', (time) => `${String(time)} UTC`)],
  [
    'a missing time is an empty text',
    items((item) => ('expire_time' in item ? { ...item, expire_time: item['expire_time'] ?? '' } : item)),
  ],
  ['sizes have a unit', value('size', (size) => `${String(size)} B`)],
  ['sizes are negative', value('size', (size) => -Number(size))],
  ['sizes are fractions', value('size', (size) => Number(size) / 1_024)],
  ['counts are floats as text', value('download_count', (count) => `${String(count)}.0`)],
  ['attempt_count is a boolean', value('attempt_count', (count) => Number(count) > 0)],
  ['names are objects', value('name', (text) => ({ text }))],
  [
    'names are escaped for HTML',
    value('name', (text) => String(text).replaceAll('&', '&amp;').replaceAll('"', '&quot;')),
  ],
  [
    'names are cut to 12 characters in lists only',
    {
      list: (call) =>
        CORRECT.list({
          ...call,
          parts: {
            ...call.parts,
            shape: (row, members, one) => {
              const item = CORRECT.shape(row, members, one)
              return 'name' in item ? { ...item, name: String(item['name']).slice(0, 12) } : item
            },
          },
        }),
    },
  ],
  ['download_url is absolute', value('download_url', (url) => `http://files.example${String(url)}`)],
  ['download_url is an empty text', value('download_url', () => '')],
  ['download_url has a protocol-relative host', value('download_url', (url) => `//cdn.example${String(url)}`)],
  ['a view has another status', view((item) => ('status' in item ? { ...item, status: 'done' } : item))],
  ['a view has another size', view((item) => ('size' in item ? { ...item, size: Number(item['size']) + 1 } : item))],
  ['a view lacks the description', view(({ description: _one, ...rest }) => rest)],
  [
    'a view has the next item',
    {
      row: (id, { account }) =>
        account.rows[(account.rows.findIndex((row) => row['id'] === id) + 1) % account.rows.length],
    },
  ],
  ['description is null in views', view((item) => ('description' in item ? { ...item, description: null } : item))],
  [
    'values change with each request',
    () => {
      let count = 0
      return value('download_count', (one) => Number(one) + (count += 1))
    },
  ],
  [
    'members are in camel case',
    items((item) =>
      Object.fromEntries(
        Object.entries(item).map(([name, one]) => [
          name.replaceAll(/_(.)/g, (_all, letter: string) => letter.toUpperCase()),
          one,
        ]),
      ),
    ),
  ],
  ['status is a number', value('status', (status) => String(status).length)],
  ['two items share an id', value('id', (id) => (Number(id) % 2 === 0 ? id : String(Number(id) - 1)))],
  ['failure_reason is an array', value('failure_reason', (text) => [text])],
  ['mime_type has no slash', value('mime_type', (type) => String(type).split('/')[1])],
  [
    'mime_type and extension are swapped',
    items((item) =>
      'mime_type' in item && 'extension' in item
        ? { ...item, mime_type: item['extension'], extension: item['mime_type'] }
        : item,
    ),
  ],
  [
    'values under fields differ from those under view',
    items((item, call) => (call.query.has('fields') && 'size' in item ? { ...item, size: 0 } : item)),
  ],
])

export const fieldDefects: readonly PlainDefect[] = defectsOf('fields', [
  [
    'fields is ignored',
    {
      members: (q, of) => {
        q.delete('fields')
        return CORRECT.members(q, of)
      },
    },
  ],
  ['id comes always', items((item, call) => ({ id: '1', ...item, ...(call.query.has('fields') ? {} : {}) }))],
  ['a member that is not documented comes always', items((item) => ({ ...item, _links: {} }))],
  ['only the first field comes', parameter('fields', (text) => text.split(',')[0])],
  ['the last field is lost', parameter('fields', (text) => text.split(',').slice(0, -1).join(',') || text)],
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
    'fields that are named come beside those of the view',
    {
      members: (q, of) => {
        const named = CORRECT.members(q, of)
        q.delete('fields')
        return [...new Set([...CORRECT.members(q, of), ...named])]
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
    'fields is ignored beside a search',
    {
      members: (q, of) => {
        if (q.has('q')) q.delete('fields')
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
    'view=full lacks the failure_reason',
    {
      members: (q, of) =>
        q.get('view') === 'full' && !q.has('fields')
          ? ALL.filter((name) => name !== 'failure_reason')
          : CORRECT.members(q, of),
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
    'members that are not named are null',
    {
      shape: (row, members) => Object.fromEntries(ALL.map((name) => [name, members.includes(name) ? row[name] : null])),
    },
  ],
  [
    'fields excludes',
    {
      members: (q, of) =>
        q.has('fields') ? ALL.filter((name) => !CORRECT.members(q, of).includes(name)) : CORRECT.members(q, of),
    },
  ],
  ['at most five fields', parameter('fields', (text) => text.split(',').slice(0, 5).join(','))],
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
    'create_time comes with each sort by it',
    {
      shape: (row, members, { query: q }) =>
        Object.fromEntries(
          [...members, ...(q.get('sort')?.replaceAll('-', '').split(',') ?? [])].map((name) => [name, row[name]]),
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
  [
    'the searched member comes as well',
    {
      shape: (row, members, { query: q }) =>
        Object.fromEntries([...members, ...(q.has('q') ? ['name'] : [])].map((name) => [name, row[name]])),
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
  ['% and _ are wildcards', like((term) => term.replaceAll('%', '.*').replaceAll('_', '.'))],
  ['* is a wildcard', like((term) => term.replaceAll(String.raw`\*`, '.*'))],
  [
    'terms are regular expressions',
    { finds: (row, { term, members }) => members.some((name) => new RegExp(term, 'i').test(String(row[name] ?? ''))) },
  ],
  ['only beginnings are found', like((term) => `^${term}`)],
  ['only ends are found', like((term) => `${term}$`)],
  ['only whole values are found', like((term) => `^${term}$`)],
  ['only beginnings of words are found', like((term) => `(?<![\\p{L}\\p{N}])${term}`)],
  [
    'any of the words is enough',
    {
      finds: (row, { term, members }) =>
        term.split(' ').some((word) => word !== '' && CORRECT.finds(row, { term: word, members })),
    },
  ],
  [
    'the words may stand anywhere',
    { finds: (row, { term, members }) => term.split(' ').every((word) => CORRECT.finds(row, { term: word, members })) },
  ],
  ['q is ignored', parameter('q', () => undefined)],
  ['q finds nothing', { finds: () => false }],
  ['q_fields is ignored', parameter('q_fields', () => undefined)],
  ['only the first of q_fields is searched', parameter('q_fields', (text) => text.split(',')[0])],
  ['only the last of q_fields is searched', parameter('q_fields', (text) => text.split(',').at(-1))],
  [
    'each of q_fields must have the term',
    { finds: (row, { term, members }) => members.every((name) => CORRECT.finds(row, { term, members: [name] })) },
  ],
  [
    'description is not searched',
    {
      finds: (row, { term, members }) =>
        CORRECT.finds(row, { term, members: members.filter((name) => name !== 'description') }),
    },
  ],
  [
    'ids are found whole only',
    {
      finds: (row, { term, members }) =>
        members.some((name) => (name === 'id' ? row['id'] === term : CORRECT.finds(row, { term, members: [name] }))),
    },
  ],
  [
    'failed_reason searches the status',
    {
      finds: (row, { term, members }) =>
        CORRECT.finds(row, { term, members: members.map((name) => (name === 'failure_reason' ? 'status' : name)) }),
    },
  ],
  [
    'failed_reason is refused',
    {
      search: (q) => {
        if (q.get('q_fields')?.includes('failed_reason') === true) throw new HttpError(400)
        return CORRECT.search(q)
      },
    },
  ],
  [
    'failure_reason is taken as a search field',
    {
      search: (q) => {
        q.set('q_fields', q.get('q_fields')?.replace('failure_reason', 'failed_reason') ?? 'name')
        return CORRECT.search(q)
      },
    },
  ],
  ['terms are cut to 20 characters', search((term) => term.slice(0, 20))],
  ['terms are cut to 64 characters', search((term) => term.slice(0, 64))],
  [
    'terms under three letters are ignored',
    { search: (q) => ((q.get('q') ?? '').length < 3 ? undefined : CORRECT.search(q)) },
  ],
  [
    'a term is decoded twice',
    search((term) => {
      try {
        return decodeURIComponent(term)
      } catch {
        return term
      }
    }),
  ],
  ['an ampersand ends the term', query((text) => text.replaceAll('%26', '&'))],
  ['a backslash is lost', search((term) => term.replaceAll('\\', ''))],
  ['quotes are lost', search((term) => term.replaceAll('"', ''))],
  ['a backslash is a 500', failing(/\\/)],
  ['a quote is a 500', failing(/[?&]q=[^&]*'/)],
  ['a double quote is a 500', failing(/[?&]q=[^&]*"/)],
  ['an emoji is a 500', failing(/[\u{1F000}-\u{1FFFF}]/u)],
  ['NUL is a 500', failing(/\0/)],
  ['CR LF is a 500', failing(/\r\n/)],
  ['long terms are a 500', failing(/[?&]q=[^&]{200}/)],
  [
    'long terms are a 414',
    {
      query: (text) => {
        if (text.length > 700) throw new HttpError(414)
        return CORRECT.query(text)
      },
    },
  ],
  ['a percent sign is a 500', failing(/[?&]q=[^&]*%/)],
  [
    'letters beyond ASCII are never found',
    { finds: (row, one) => !/[^\0-\x7f]/.test(one.term) && CORRECT.finds(row, one) },
  ],
  [
    'only the page is searched',
    {
      list: (call) =>
        CORRECT.list({
          ...call,
          parts: {
            ...call.parts,
            finds: () => true,
            slice: (rows, page, one) => {
              const found = CORRECT.search(one.query)
              return CORRECT.slice(rows, page, one).filter((row) => found === undefined || CORRECT.finds(row, found))
            },
          },
        }),
    },
  ],
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
