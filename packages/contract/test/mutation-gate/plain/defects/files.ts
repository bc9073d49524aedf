import { defectsOf } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { fileOf } from '../account.ts'
import { CORRECT, HttpError } from '../parts.ts'
import type { Answer, Call, Parts } from '../parts.ts'
import type { Row } from '../account.ts'

const file = (change: (bytes: Buffer, row: Row) => Buffer): Partial<Parts> => ({
  file: (row) => change(fileOf(row), row),
})

const download = (change: (answer: Answer, call: Call, id: string) => Answer): Partial<Parts> => ({
  download: (id, call) => change(CORRECT.download(id, call), call, id),
})

export const downloadDefects: readonly PlainDefect[] = defectsOf('download', [
  ['files are half', file((bytes) => bytes.subarray(0, bytes.length / 2))],
  ['files lack their last byte', file((bytes) => bytes.subarray(0, -1))],
  ['files lack their first byte', file((bytes) => bytes.subarray(1))],
  ['files are empty', file(() => Buffer.alloc(0))],
  ['files end at 64 KiB', file((bytes) => bytes.subarray(0, 65_536))],
  ['files end at 1 MiB', file((bytes) => bytes.subarray(0, 1_048_576))],
  [
    'files over 1 MB are a 500',
    download((answer) => {
      if (answer.body.length > 1_000_000) throw new HttpError(500)
      return answer
    }),
  ],
  [
    'files over 1 MB are a 413',
    download((answer) => {
      if (answer.body.length > 1_000_000) throw new HttpError(413)
      return answer
    }),
  ],
  [
    'each download is the file of the next',
    {
      download: (id, call) => {
        const { rows } = call.account
        const ready = rows.filter((row) => row['status'] === 'ready')
        const at = ready.findIndex((row) => row['id'] === id)
        return at < 0
          ? CORRECT.download(id, call)
          : { ...CORRECT.download(id, call), body: fileOf(ready[(at + 1) % ready.length] as Row) }
      },
    },
  ],
  [
    'every file is that of the first',
    {
      download: (id, call) => ({
        ...CORRECT.download(id, call),
        body: fileOf(call.account.rows.find((row) => row['status'] === 'ready') as Row),
      }),
    },
  ],
  ['line ends are changed', file((bytes) => Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'))],
  ['files are encoded twice', file((bytes) => Buffer.from(bytes.toString('latin1')))],
  ['a byte order mark stands in front', file((bytes) => Buffer.concat([Buffer.from('\uFEFF'), bytes]))],
  [
    'a second download is empty',
    () => {
      const seen = new Set<string>()
      return download((answer, _call, id) => {
        const isSecond = seen.has(id)
        seen.add(id)
        return isSecond ? { ...answer, body: '' } : answer
      })
    },
  ],
  [
    'a second download is a 410',
    () => {
      const seen = new Set<string>()
      return download((answer, _call, id) => {
        if (seen.has(id)) throw new HttpError(410)
        seen.add(id)
        return answer
      })
    },
  ],
  [
    'a second download is a 404',
    () => {
      const seen = new Set<string>()
      return download((answer, _call, id) => {
        if (seen.has(id)) throw new HttpError(404)
        seen.add(id)
        return answer
      })
    },
  ],
  [
    'downloads are JSON with a link',
    download((answer) => ({
      ...answer,
      headers: { 'content-type': 'application/json' },
      body: '{"url":"https://files.example/1"}',
    })),
  ],
  ['downloads redirect', download(() => ({ status: 302, headers: { location: 'https://files.example/1' }, body: '' }))],
  ['files are text/html', download((answer) => ({ ...answer, headers: { 'content-type': 'text/html' } }))],
  ['files have no media type', download((answer) => ({ ...answer, headers: {} }))],
  ['all files are text/csv', download((answer) => ({ ...answer, headers: { 'content-type': 'text/csv' } }))],
  [
    'all files are application/json',
    download((answer) => ({ ...answer, headers: { 'content-type': 'application/json' } })),
  ],
  [
    'files have a length',
    download((answer) => ({ ...answer, headers: { ...answer.headers, 'content-length': String(answer.body.length) } })),
  ],
  [
    'files change with each download',
    () => {
      let count = 0
      return file((bytes) => {
        const other = Buffer.from(bytes)
        other[other.length - 1] = 48 + (count++ % 10)
        return other
      })
    },
  ],
  ['files are in base64', file((bytes) => Buffer.from(bytes.toString('base64')))],
  [
    'files are gzipped without a word',
    file((bytes, { extension }) => (extension === 'csv' ? Buffer.concat([Buffer.from([0x1f, 0x8b]), bytes]) : bytes)),
  ],
  [
    'an error in JSON is a 200',
    download((answer, { nth }) =>
      nth % 2 === 0
        ? {
            ...answer,
            headers: { 'content-type': 'application/json' },
            body: '{"code":500,"title":"Internal server error.","trace_id":"1"}',
          }
        : answer,
    ),
  ],
  [
    'ready files are a 404',
    download(() => {
      throw new HttpError(404)
    }),
  ],
  [
    'ready files are a 500',
    download(() => {
      throw new HttpError(500)
    }),
  ],
  [
    'JSON files cannot be downloaded',
    download((answer) => {
      if (answer.headers['content-type'] === 'application/json') throw new HttpError(400)
      return answer
    }),
  ],
  ['downloads are a 202', download((answer) => ({ ...answer, status: 202 }))],
  ['downloads are a 206', download((answer) => ({ ...answer, status: 206 }))],
  [
    'a download changes the size of its item',
    {
      download: (id, call) => {
        const answer = CORRECT.download(id, call)
        const row = CORRECT.row(id, call)
        if (row) row['size'] = Number(row['size']) + 1
        return answer
      },
    },
  ],
  [
    'a download removes its item',
    {
      download: (id, call) => {
        const answer = CORRECT.download(id, call)
        call.account.rows = call.account.rows.filter((row) => row['id'] !== id)
        return answer
      },
    },
  ],
  [
    'a download makes its item expire',
    {
      download: (id, call) => {
        const answer = CORRECT.download(id, call)
        const row = CORRECT.row(id, call)
        if (row) row['status'] = 'expired'
        return answer
      },
    },
  ],
  [
    'download_count falls',
    {
      download: (id, call) => {
        const row = CORRECT.row(id, call)
        const answer = CORRECT.download(id, call)
        if (row) row['download_count'] = Math.max(0, Number(row['download_count']) - 2)
        return answer
      },
    },
  ],
  [
    'downloads break off in the middle',
    {
      through: (request, response, next) => {
        if (request.url?.includes('/download') === true) response.end = () => response.destroy()
        next()
      },
    },
  ],
  [
    'two downloads at once get the file of the later one',
    () => {
      let last = ''
      return {
        through: (request, _response, next) => {
          if (request.url?.includes('/download') !== true) return next()
          last = request.url
          setTimeout(() => {
            request.url = last
            next()
          }, 4)
        },
      }
    },
  ],
])

/** Items of every account. */
const everyone = ({ accounts }: Call): readonly Row[] => accounts.flatMap(({ rows }) => rows)

export const tenancyDefects: readonly PlainDefect[] = defectsOf('tenancy', [
  [
    'two requests at once get the account of the later one',
    () => {
      let last: string | undefined
      return {
        through: (request, _response, next) => {
          last = request.headers.authorization
          setTimeout(() => {
            request.headers.authorization = last
            next()
          }, 2)
        },
      }
    },
  ],
  ['lists have all accounts', { rows: everyone }],
  ['a search has all accounts', { rows: (call) => (call.query.has('q') ? everyone(call) : call.account.rows) }],
  [
    'a search by id has all accounts',
    { rows: (call) => (call.query.get('q_fields')?.includes('id') === true ? everyone(call) : call.account.rows) },
  ],
  [
    'a search in descriptions has all accounts',
    {
      rows: (call) =>
        call.query.get('q_fields')?.includes('description') === true ? everyone(call) : call.account.rows,
    },
  ],
  [
    'a filter has all accounts',
    { rows: (call) => (CORRECT.filters(call.query).length > 0 ? everyone(call) : call.account.rows) },
  ],
  ['a filter by id has all accounts', { rows: (call) => (call.query.has('id') ? everyone(call) : call.account.rows) }],
  [
    'a filter by company has that company',
    { rows: (call) => (call.query.has('company_id') ? everyone(call) : call.account.rows) },
  ],
  [
    'neq of the company has all others',
    {
      rows: (call) => (call.query.get('company_id')?.startsWith('neq:') === true ? everyone(call) : call.account.rows),
    },
  ],
  [
    'in has all accounts',
    { rows: (call) => (/=in%3A|=in:/.test(call.request.url ?? '') ? everyone(call) : call.account.rows) },
  ],
  [
    'a sort by size has all accounts',
    { rows: (call) => (call.query.get('sort')?.includes('size') === true ? everyone(call) : call.account.rows) },
  ],
  ['a sorted list has all accounts', { rows: (call) => (call.query.has('sort') ? everyone(call) : call.account.rows) }],
  ['fields has all accounts', { rows: (call) => (call.query.has('fields') ? everyone(call) : call.account.rows) }],
  [
    'view=full has all accounts',
    { rows: (call) => (call.query.get('view') === 'full' ? everyone(call) : call.account.rows) },
  ],
  [
    'views have all accounts',
    {
      view: (id, call) =>
        CORRECT.view(id, {
          ...call,
          parts: { ...call.parts, row: () => everyone(call).find((row) => row['id'] === id) },
        }),
    },
  ],
  [
    'downloads have all accounts',
    {
      download: (id, call) =>
        CORRECT.download(id, {
          ...call,
          parts: { ...call.parts, row: () => everyone(call).find((row) => row['id'] === id) },
        }),
    },
  ],
  [
    'a foreign view is a 403 with its name',
    {
      view: (id, call) => {
        const row = everyone(call).find((one) => one['id'] === id)
        if (row !== undefined && row['company_id'] !== call.account.company)
          throw new HttpError(403, `"${String(row['name'])}" is not yours.`)
        return CORRECT.view(id, call)
      },
    },
  ],
  [
    'a foreign view is a 403, an unknown one a 404',
    {
      view: (id, call) => {
        const row = everyone(call).find((one) => one['id'] === id)
        if (row !== undefined && row['company_id'] !== call.account.company) throw new HttpError(403)
        return CORRECT.view(id, call)
      },
    },
  ],
  [
    'a foreign download is a 400, an unknown one a 404',
    {
      download: (id, call) => {
        const row = everyone(call).find((one) => one['id'] === id)
        if (row !== undefined && row['company_id'] !== call.account.company) throw new HttpError(400)
        return CORRECT.download(id, call)
      },
    },
  ],
  [
    'a page past the end goes on with another account',
    {
      rows: (call) => [
        ...call.account.rows,
        ...everyone(call)
          .filter((row) => row['company_id'] !== call.account.company)
          .slice(0, 5),
      ],
      sorted: (rows, keys, parts) => CORRECT.sorted(rows, keys, parts),
    },
  ],
  [
    'total counts all accounts',
    {
      total: (rows, _shown, call) =>
        CORRECT.filters(call.query).length === 0 && !call.query.has('q') ? everyone(call).length : rows.length,
    },
  ],
  [
    'total of a search counts all accounts',
    {
      total: (rows, _shown, call) =>
        call.query.has('q')
          ? everyone(call).filter((row) =>
              CORRECT.finds(row, CORRECT.search(call.query) ?? { term: '', members: ['name'] }),
            ).length
          : rows.length,
    },
  ],
  [
    'total of a filter counts all accounts',
    {
      total: (rows, _shown, call) => {
        const all = CORRECT.filters(call.query)
        return all.length > 0
          ? everyone(call).filter((row) => all.every((filter) => CORRECT.holds(row, filter))).length
          : rows.length
      },
    },
  ],
  [
    'lists are cached without the account',
    () => {
      const cache = new Map<string, Answer>()
      return {
        list: (call) => {
          const key = call.request.url ?? ''
          const known = cache.get(key) ?? CORRECT.list(call)
          cache.set(key, known)
          return known
        },
      }
    },
  ],
  [
    'views are cached without the account',
    () => {
      const cache = new Map<string, Answer>()
      return {
        view: (id, call) => {
          const known = cache.get(id) ?? CORRECT.view(id, call)
          cache.set(id, known)
          return known
        },
      }
    },
  ],
  [
    'downloads are cached without the account',
    () => {
      const cache = new Map<string, Answer>()
      return {
        download: (id, call) => {
          const known = cache.get(id) ?? CORRECT.download(id, call)
          cache.set(id, known)
          return known
        },
      }
    },
  ],
  [
    'the same account has two sets of exports by token',
    {
      rows: (call) =>
        call.request.headers.authorization?.endsWith('b') === true ? call.account.rows.slice(1) : call.account.rows,
    },
  ],
  [
    'each token sees what it has made',
    {
      rows: (call) =>
        call.request.headers.authorization?.endsWith('b') === true
          ? call.account.rows.filter((row) => row['creator_id'] === '1000000')
          : call.account.rows,
    },
  ],
  [
    'a second token of the account is read-only for files',
    {
      download: (id, call) => {
        if (call.request.headers.authorization?.endsWith('b') === true) throw new HttpError(404)
        return CORRECT.download(id, call)
      },
    },
  ],
])
