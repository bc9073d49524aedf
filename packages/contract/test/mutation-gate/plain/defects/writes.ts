import { defectsOf } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import type { Row } from '../account.ts'
import { CORRECT, answer } from '../correct.ts'
import { HttpError } from '../parts.ts'
import type { Answer, Call, Parts } from '../parts.ts'

const retry = (change: (answer: Answer, call: Call, row: Row | undefined) => Answer): Partial<Parts> => ({
  retry: (id, call) => change(CORRECT.retry(id, call), call, CORRECT.row(id, call)),
})

const create = (change: (answer: Answer, call: Call, made: Row) => Answer): Partial<Parts> => ({
  create: (id, call) => change(CORRECT.create(id, call), call, call.account.rows.at(-1) as Row),
})

const body = (answered: Answer, change: (operation: Record<string, unknown>) => Record<string, unknown>): Answer => ({
  ...answered,
  body: JSON.stringify(change(JSON.parse(String(answered.body)) as Record<string, unknown>)),
})

const writable = { writes: 'allowed' } as const

export const retryDefects: readonly PlainDefect[] = defectsOf(
  'retry',
  [
    [
      'a retry counts no attempt',
      retry((answered, _call, row) => {
        if (row) row['attempt_count'] = Number(row['attempt_count']) - 1
        return answered
      }),
    ],
    ['a retry is a 200', retry((answered) => ({ ...answered, status: 200 }))],
    [
      'a retry answers with the envelope',
      retry((_answered, call, row) => ({ ...answer(202, { total: 1, items: [row] }, call.parts) })),
    ],
    [
      'a retry answers with a start_time in RFC 3339',
      retry((answered) => body(answered, (one) => ({ ...one, start_time: new Date(0).toISOString() }))),
    ],
    [
      'a retry of a foreign export runs',
      {
        retry: (id, call) =>
          CORRECT.retry(id, {
            ...call,
            parts: {
              ...call.parts,
              row: () => call.accounts.flatMap(({ rows }) => rows).find((row) => row['id'] === id),
            },
          }),
      },
    ],
    [
      'a retry needs no token',
      {
        through: (request, _response, next) => {
          if (request.url?.endsWith('/retry') === true) request.headers.authorization ??= 'Bearer plain-1a'
          next()
        },
      },
    ],
    [
      'a retry of what has failed is a 500',
      {
        retry: () => {
          throw new HttpError(500)
        },
      },
    ],
    [
      'a retry answers with the company of another',
      retry((answered) => body(answered, (one) => ({ ...one, company_id: '502' }))),
    ],
  ],
  writable,
)

export const createDefects: readonly PlainDefect[] = defectsOf(
  'create',
  [
    [
      'a made name is cut',
      create((answered, _call, made) => {
        made['name'] = String(made['name']).slice(0, 10)
        return answered
      }),
    ],
    ['creation is a 201', create((answered) => ({ ...answered, status: 201 }))],
    [
      'a list as body makes an export',
      { create: (id, call) => CORRECT.create(id, { ...call, body: call.body.replace(/^\[(.*)\]$/s, '$1') }) },
    ],
    [
      'the file of a made export is empty',
      { file: (row) => (Number(row['id']) > 98_999_999 ? Buffer.alloc(0) : CORRECT.file(row)) },
    ],
    [
      'the file of a made export in JSON is CSV',
      {
        file: (row) =>
          Number(row['id']) > 98_999_999 ? CORRECT.file({ ...row, extension: 'csv' }) : CORRECT.file(row),
      },
    ],
    [
      'made exports have a number as id',
      create((answered, _call, made) => {
        made['id'] = 97_000_000 + (Number(made['id']) % 1000)
        return answered
      }),
    ],
    [
      'made exports have another creation time',
      create((answered, _call, made) => {
        made['create_time'] = '2020-01-01 00:00:00'
        return answered
      }),
    ],
    [
      'made exports are in local time',
      create((answered, _call, made) => {
        made['create_time'] = '2026-01-01 05:00:00'
        return answered
      }),
    ],
    [
      'made exports begin with downloads',
      create((answered, _call, made) => {
        made['download_count'] = 5
        return answered
      }),
    ],
  ],
  writable,
)
