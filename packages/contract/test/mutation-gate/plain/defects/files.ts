import { defectsOf } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { fileOf } from '../account.ts'
import { CORRECT } from '../correct.ts'
import { HttpError } from '../parts.ts'
import type { Answer, Call, Parts } from '../parts.ts'
import type { Row } from '../account.ts'

const file = (change: (bytes: Buffer, row: Row) => Buffer): Partial<Parts> => ({
  file: (row) => change(fileOf(row), row),
})

const download = (change: (answer: Answer, call: Call, id: string) => Answer): Partial<Parts> => ({
  download: (id, call) => change(CORRECT.download(id, call), call, id),
})

export const downloadDefects: readonly PlainDefect[] = defectsOf('download', [
  ['files end at 64 KiB', file((bytes) => bytes.subarray(0, 65_536))],
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
  ['files have no media type', download((answer) => ({ ...answer, headers: {} }))],
  [
    'ready files are a 500',
    download(() => {
      throw new HttpError(500)
    }),
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
  [
    'a search in descriptions has all accounts',
    {
      rows: (call) =>
        call.query.get('q_fields')?.includes('description') === true ? everyone(call) : call.account.rows,
    },
  ],
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
])
