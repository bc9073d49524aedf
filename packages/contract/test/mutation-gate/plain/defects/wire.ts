import { gzipSync } from 'node:zlib'
import { answers, before, defectsOf } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { CORRECT } from '../correct.ts'
import { HttpError } from '../parts.ts'
import type { Parts } from '../parts.ts'

const failure = (
  change: (body: Record<string, unknown>, status: number) => Record<string, unknown>,
): Partial<Parts> => ({
  failure: (status, message, nth) => change(CORRECT.failure(status, message, nth), status),
})

const reads = (change: (answer: ReturnType<Parts['list']>, nth: number) => ReturnType<Parts['list']>): Partial<Parts> =>
  answers(['list', 'view'], (answer, { nth }) => change(answer, nth))

export const errorDefects: readonly PlainDefect[] = defectsOf('errors', [
  [
    'errors are text',
    { json: (given) => ((given as { code?: number }).code === undefined ? CORRECT.json(given) : 'Bad request.') },
  ],
  ['errors have no code', failure(({ code: _code, ...rest }) => rest)],
  ['errors have no title', failure(({ title: _title, ...rest }) => rest)],
  ['the code is another one than the status', failure((body) => ({ ...body, code: 0 }))],
  ['errors are in a member error', failure((body) => ({ error: body }))],
  [
    'errors have no body',
    { json: (given) => ((given as { code?: number }).code === undefined ? CORRECT.json(given) : '') },
  ],
  ['the message is an object', failure((body) => ({ ...body, message: { en: body['message'] } }))],
  ['400 has another shape than 401', failure((body, status) => (status === 400 ? { detail: body['message'] } : body))],
  ['401 has another shape', failure((body, status) => (status === 401 ? { error: 'invalid_token' } : body))],
  [
    '404 is HTML',
    { json: (given) => ((given as { code?: number }).code === 404 ? '<h1>Not found</h1>' : CORRECT.json(given)) },
  ],
])

export const statusDefects: readonly PlainDefect[] = defectsOf('status', [
  [
    'an unknown token has data',
    {
      whose: (authorization, accounts) =>
        CORRECT.whose(authorization, accounts) ?? (authorization === undefined ? undefined : accounts[0]),
    },
  ],
  [
    'a token without a scheme will do',
    {
      whose: (authorization, accounts) =>
        CORRECT.whose(
          authorization?.includes(' ') === true ? authorization : `Bearer ${authorization ?? ''}`,
          accounts,
        ),
    },
  ],
  [
    'tokens in another case will do',
    {
      whose: (authorization = '', accounts) =>
        accounts.find(({ tokens }) =>
          tokens.some((token) => authorization.toLowerCase() === `bearer ${token}`.toLowerCase()),
        ),
    },
  ],
  [
    'without a token it redirects to a login',
    {
      through: (request, response, next) => {
        if (request.headers.authorization === undefined) {
          response.writeHead(302, { location: '/login' }).end()
        } else next()
      },
    },
  ],
  [
    'downloads need no token',
    {
      through: (request, _response, next) => {
        if (request.url?.endsWith('/download') === true) request.headers.authorization ??= 'Bearer plain-1a'
        next()
      },
    },
  ],
  [
    'an unknown id is a 200 without items',
    {
      view: (id, call) =>
        CORRECT.row(id, call) === undefined
          ? { ...CORRECT.list({ ...call, query: new URLSearchParams('page=9999') }) }
          : CORRECT.view(id, call),
    },
  ],
  [
    'an unknown id is a 204',
    {
      view: (id, call) =>
        CORRECT.row(id, call) === undefined ? { status: 204, headers: {}, body: '' } : CORRECT.view(id, call),
    },
  ],
  ['an id with something behind it will do', { row: (id, call) => CORRECT.row(String(parseInt(id, 10)), call) }],
  [
    'every 9th list is a 500',
    {
      list: (call) => {
        if (call.nth % 9 === 0) throw new HttpError(500)
        return CORRECT.list(call)
      },
    },
  ],
  [
    'a download of an unknown id is an empty 200',
    {
      download: (id, call) =>
        CORRECT.row(id, call) === undefined
          ? { status: 200, headers: { 'content-type': 'text/csv' }, body: '' }
          : CORRECT.download(id, call),
    },
  ],
])

export const transportDefects: readonly PlainDefect[] = defectsOf('transport', [
  ['lists have no media type', reads((answer) => ({ ...answer, headers: {} }))],
  ['a byte order mark stands in front', reads((answer) => ({ ...answer, body: `\uFEFF${String(answer.body)}` }))],
  [
    'a guard against hijacking stands in front',
    reads((answer) => ({ ...answer, body: `)]}',\n${String(answer.body)}` })),
  ],
  [
    'NaN stands in place of 0',
    reads((answer) => ({ ...answer, body: String(answer.body).replaceAll(':0,', ':NaN,') })),
  ],
  [
    'half a surrogate pair comes',
    { json: (given) => String(CORRECT.json(given)).replaceAll('🎁', String.raw`\ud83c`) },
  ],
  [
    'every 15th list breaks off',
    () => {
      let count = 0
      return {
        through: (_request, response, next) => {
          count += 1
          if (count % 15 === 0) response.end = () => response.destroy()
          next()
        },
      }
    },
  ],
  [
    'gzip is half',
    reads((answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-encoding': 'gzip' },
      body: gzipSync(answer.body).subarray(0, -30),
    })),
  ],
  [
    'the token is in a cookie',
    {
      list: (call) => {
        const answer = CORRECT.list(call)
        return {
          ...answer,
          headers: { ...answer.headers, 'set-cookie': `session=${call.request.headers.authorization?.slice(7) ?? ''}` },
        }
      },
    },
  ],
  [
    'answers without an end',
    before((request, response) => {
      if (/sort=/.test(request.url ?? '')) response.destroy()
    }),
  ],
  [
    'an answer that was cached for a minute',
    () => {
      const cache = new Map<string, ReturnType<Parts['list']>>()
      return {
        list: (call) => {
          const key = call.request.url?.split('?')[0] ?? ''
          const known = cache.get(key) ?? CORRECT.list(call)
          cache.set(key, known)
          return known
        },
      }
    },
  ],
])
