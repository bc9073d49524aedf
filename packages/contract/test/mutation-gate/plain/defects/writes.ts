import { defectsOf } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import type { Row } from '../account.ts'
import { CORRECT, HttpError, answer, operationOf } from '../parts.ts'
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
      'a retry does nothing',
      { retry: (id, call) => answer(202, operationOf(call, CORRECT.row(id, call)?.['name']), call.parts) },
    ],
    [
      'a retry counts no attempt',
      retry((answered, _call, row) => {
        if (row) row['attempt_count'] = Number(row['attempt_count']) - 1
        return answered
      }),
    ],
    [
      'a retry counts two attempts',
      retry((answered, _call, row) => {
        if (row) row['attempt_count'] = Number(row['attempt_count']) + 1
        return answered
      }),
    ],
    ['a retry is a 200', retry((answered) => ({ ...answered, status: 200 }))],
    ['a retry is a 204', retry((answered) => ({ ...answered, status: 204, body: '' }))],
    ['a retry is a 201', retry((answered) => ({ ...answered, status: 201 }))],
    [
      'a retry answers with the envelope',
      retry((_answered, call, row) => ({ ...answer(202, { total: 1, items: [row] }, call.parts) })),
    ],
    ['a retry answers without an id', retry((answered) => body(answered, ({ id: _id, ...rest }) => rest))],
    [
      'a retry answers with a start_time in RFC 3339',
      retry((answered) => body(answered, (one) => ({ ...one, start_time: new Date(0).toISOString() }))),
    ],
    [
      'a retry of an unknown id is a 202',
      {
        retry: (id, call) =>
          CORRECT.row(id, call) === undefined
            ? answer(202, operationOf(call, 'x'), call.parts)
            : CORRECT.retry(id, call),
      },
    ],
    [
      'a retry of an unknown id is a 500',
      {
        retry: (id, call) => {
          if (CORRECT.row(id, call) === undefined) throw new HttpError(500)
          return CORRECT.retry(id, call)
        },
      },
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
      'GET retries as well',
      {
        through: (request, _response, next) => {
          if (request.url?.endsWith('/retry') === true && request.method === 'GET') request.method = 'POST'
          next()
        },
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
      'a retry makes a second record',
      {
        retry: (id, call) => {
          const row = CORRECT.row(id, call) as Row
          const answered = CORRECT.retry(id, call)
          call.account.rows.push({ ...row, id: '98000000' })
          return answered
        },
      },
    ],
    [
      'a retry runs another export',
      {
        retry: (id, call) => {
          const other = call.account.rows.find((row) => row['status'] === 'failed' && row['id'] !== id)
          return CORRECT.retry(String(other?.['id'] ?? id), call)
        },
      },
    ],
    [
      'a retry changes the name',
      retry((answered, _call, row) => {
        if (row) row['name'] = `${String(row['name'])} (2)`
        return answered
      }),
    ],
    [
      'a retry makes a new create_time',
      retry((answered, _call, row) => {
        if (row) row['create_time'] = '2026-01-01 00:00:00'
        return answered
      }),
    ],
    [
      'a retry changes the format',
      retry((answered, _call, row) => {
        if (row) {
          row['extension'] = 'xml'
          row['mime_type'] = 'text/xml'
        }
        return answered
      }),
    ],
    [
      'a retry removes the export',
      retry((answered, call, row) => {
        call.account.rows = call.account.rows.filter((one) => one !== row)
        return answered
      }),
    ],
    [
      'a retry of what has failed is a 400',
      {
        retry: () => {
          throw new HttpError(400)
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
      'a retry of what is being prepared runs it twice',
      {
        retry: (id, call) => {
          const row = CORRECT.row(id, call)
          if (row?.['status'] === 'running') row['status'] = 'failed'
          return CORRECT.retry(id, call)
        },
      },
    ],
    [
      'a retry answers with the company of another',
      retry((answered) => body(answered, (one) => ({ ...one, company_id: '502' }))),
    ],
    ['a retry answers with another name', retry((answered) => body(answered, (one) => ({ ...one, name: 'export' })))],
  ],
  writable,
)

export const createDefects: readonly PlainDefect[] = defectsOf(
  'create',
  [
    [
      'a 202 makes nothing',
      create((answered, { account }) => {
        account.rows.pop()
        return answered
      }),
    ],
    [
      'a 202 makes two',
      create((answered, { account }, made) => {
        account.rows.push({ ...made, id: '97000000' })
        return answered
      }),
    ],
    [
      'a made export has another name',
      create((answered, _call, made) => {
        made['name'] = 'export'
        return answered
      }),
    ],
    [
      'a made name is cut',
      create((answered, _call, made) => {
        made['name'] = String(made['name']).slice(0, 10)
        return answered
      }),
    ],
    [
      'a made name is escaped for HTML',
      create((answered, _call, made) => {
        made['name'] = String(made['name']).replaceAll('&', '&amp;')
        return answered
      }),
    ],
    [
      'a made name loses its accents',
      create((answered, _call, made) => {
        made['name'] = String(made['name']).replaceAll(/[^\0-\x7f]/g, '?')
        return answered
      }),
    ],
    [
      'out is ignored',
      create((answered, _call, made) => {
        made['extension'] = 'csv'
        made['mime_type'] = 'text/csv'
        return answered
      }),
    ],
    [
      'out decides the extension but not the media type',
      create((answered, _call, made) => {
        made['mime_type'] = 'text/csv'
        return answered
      }),
    ],
    [
      'a made export belongs to another account',
      create((answered, { account, accounts }, made) => {
        account.rows.pop()
        accounts[1]?.rows.push({ ...made, company_id: '502' })
        return answered
      }),
    ],
    [
      'a made export has another company',
      create((answered, _call, made) => {
        made['company_id'] = '999'
        return answered
      }),
    ],
    ['creation is a 200', create((answered) => ({ ...answered, status: 200 }))],
    ['creation is a 201', create((answered) => ({ ...answered, status: 201 }))],
    ['creation answers with no body', create((answered) => ({ ...answered, body: '' }))],
    ['creation answers without an id', create((answered) => body(answered, ({ id: _id, ...rest }) => rest))],
    [
      'creation answers with another company',
      create((answered) => body(answered, (one) => ({ ...one, company_id: '502' }))),
    ],
    [
      'creation answers with a start_time in RFC 3339',
      create((answered) => body(answered, (one) => ({ ...one, start_time: new Date(0).toISOString() }))),
    ],
    [
      'creation answers with an envelope',
      create((_answered, { parts }, made) => answer(202, { total: 1, items: [made] }, parts)),
    ],
    [
      'an unknown out is csv',
      { create: (id, call) => CORRECT.create(id, { ...call, body: call.body.replace('"out":"exe"', '"out":"csv"') }) },
    ],
    [
      'broken JSON makes an export',
      { create: (id, call) => CORRECT.create(id, { ...call, body: repaired(call.body) }) },
    ],
    [
      'a list as body makes an export',
      { create: (id, call) => CORRECT.create(id, { ...call, body: call.body.replace(/^\[(.*)\]$/s, '$1') }) },
    ],
    [
      'fields that are no text make an export',
      {
        create: (id, call) =>
          CORRECT.create(id, { ...call, body: call.body.replace('"fields":{"sent":true}', '"fields":"sent"') }),
      },
    ],
    [
      'a 400 makes an export all the same',
      {
        create: (id, call) => {
          try {
            return CORRECT.create(id, call)
          } catch (error) {
            CORRECT.create(id, {
              ...call,
              body: JSON.stringify({ name: /"name":"([^"]*)"/.exec(call.body)?.[1], out: 'csv' }),
            })
            throw error
          }
        },
      },
    ],
    [
      'without a token an export is made',
      {
        through: (request, _response, next) => {
          if (request.url?.endsWith('/export') === true && request.method === 'POST')
            request.headers.authorization ??= 'Bearer plain-1a'
          next()
        },
      },
    ],
    [
      'an unknown token makes an export',
      {
        whose: (authorization, accounts) => CORRECT.whose(authorization, accounts),
        through: (request, _response, next) => {
          if (
            request.url?.endsWith('/export') === true &&
            !/plain-\d/.test(request.headers.authorization ?? '') &&
            request.headers.authorization !== undefined
          )
            request.headers.authorization = 'Bearer plain-1a'
          next()
        },
      },
    ],
    [
      'mistakes of a body are a 500',
      {
        create: (id, call) => {
          try {
            return CORRECT.create(id, call)
          } catch {
            throw new HttpError(500)
          }
        },
      },
    ],
    [
      'made exports are ready, their files are a 404',
      {
        download: (id, call) => {
          if (Number(id) > 98_999_999) throw new HttpError(404)
          return CORRECT.download(id, call)
        },
      },
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
      'made exports share an id',
      create((answered, _call, made) => {
        made['id'] = '97000001'
        return answered
      }),
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
    [
      'made exports are not found by a search',
      { finds: (row, search) => Number(row['id']) < 99_000_000 && CORRECT.finds(row, search) },
    ],
    [
      'made exports are not in views',
      { row: (id, call) => (Number(id) > 98_999_999 ? undefined : CORRECT.row(id, call)) },
    ],
    ['an unknown report makes an export', { create: (_id, call) => CORRECT.create('17430755068336100383', call) }],
    [
      'GET makes an export',
      {
        through: (request, _response, next) => {
          if (request.url?.endsWith('/export') === true && request.method === 'GET') {
            response404(_response)
          } else next()
        },
      },
    ],
  ],
  writable,
)

function response404(response: Parameters<Parts['through']>[1]): void {
  response.writeHead(202, { 'content-type': 'application/json' }).end('{}')
}

function repaired(text: string): string {
  try {
    JSON.parse(text)
    return text
  } catch {
    return `${text}}`
  }
}
