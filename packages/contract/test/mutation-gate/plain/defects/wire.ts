import { deflateSync, gzipSync } from 'node:zlib'
import { answers, before, defectsOf, lists, value } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { CORRECT, HttpError } from '../parts.ts'
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
  [
    'errors are HTML',
    {
      json: (given) =>
        (given as { code?: number }).code === undefined
          ? CORRECT.json(given)
          : '<html><body>Bad request.</body></html>',
    },
  ],
  ['errors have no code', failure(({ code: _code, ...rest }) => rest)],
  ['errors have no title', failure(({ title: _title, ...rest }) => rest)],
  ['the code is text', failure((body) => ({ ...body, code: String(body['code']) }))],
  ['the code is another one than the status', failure((body) => ({ ...body, code: 0 }))],
  ['errors are in a member error', failure((body) => ({ error: body }))],
  ['errors are a list', failure((body) => ({ errors: [body] }))],
  [
    'errors have no body',
    { json: (given) => ((given as { code?: number }).code === undefined ? CORRECT.json(given) : '') },
  ],
  ['the message is an object', failure((body) => ({ ...body, message: { en: body['message'] } }))],
  ['errors have items', failure((body) => ({ ...body, total: 0, items: [] }))],
  ['400 has another shape than 401', failure((body, status) => (status === 400 ? { detail: body['message'] } : body))],
  ['401 has another shape', failure((body, status) => (status === 401 ? { error: 'invalid_token' } : body))],
  ['404 has another shape', failure((body, status) => (status === 404 ? { message: 'Not found' } : body))],
  [
    '404 is HTML',
    { json: (given) => ((given as { code?: number }).code === 404 ? '<h1>Not found</h1>' : CORRECT.json(given)) },
  ],
])

export const statusDefects: readonly PlainDefect[] = defectsOf('status', [
  [
    'without a token there is data',
    {
      whose: (authorization, accounts) =>
        authorization === undefined ? accounts[0] : CORRECT.whose(authorization, accounts),
    },
  ],
  [
    'an unknown token has data',
    {
      whose: (authorization, accounts) =>
        CORRECT.whose(authorization, accounts) ?? (authorization === undefined ? undefined : accounts[0]),
    },
  ],
  [
    'any scheme will do',
    { whose: (authorization, accounts) => CORRECT.whose(authorization?.replace(/^\w+ /, 'Bearer '), accounts) },
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
    'the beginning of a token will do',
    {
      whose: (authorization = '', accounts) =>
        accounts.find(({ tokens }) =>
          tokens.some((token) => authorization.length > 9 && `Bearer ${token}`.startsWith(authorization)),
        ),
    },
  ],
  [
    'a token with something behind it will do',
    {
      whose: (authorization = '', accounts) =>
        accounts.find(({ tokens }) => tokens.some((token) => authorization.startsWith(`Bearer ${token}`))),
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
    'without a token it is a 403',
    {
      failure: CORRECT.failure,
      through: (request, response, next) => {
        if (request.headers.authorization === undefined) {
          response.writeHead(403, { 'content-type': 'application/json' }).end('{"code":403,"title":"Forbidden."}')
        } else next()
      },
    },
  ],
  [
    'without a token it is a 400',
    {
      through: (request, response, next) => {
        if (request.headers.authorization === undefined) {
          response.writeHead(400, { 'content-type': 'application/json' }).end('{"code":400,"title":"Bad request."}')
        } else next()
      },
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
    'views need no token',
    {
      through: (request, _response, next) => {
        if (/exports\/\d+$/.test(request.url ?? '')) request.headers.authorization ??= 'Bearer plain-1a'
        next()
      },
    },
  ],
  [
    'downloads need no token',
    {
      through: (request, _response, next) => {
        if (/download$/.test(request.url ?? '')) request.headers.authorization ??= 'Bearer plain-1a'
        next()
      },
    },
  ],
  [
    'downloads take any token',
    {
      through: (request, _response, next) => {
        if (/download$/.test(request.url ?? '')) request.headers.authorization = 'Bearer plain-1a'
        next()
      },
    },
  ],
  [
    'errors have the status 200',
    {
      through: (_request, response, next) => {
        const { writeHead } = response
        response.writeHead = ((status: number, headers: object) =>
          writeHead.call(response, status >= 400 && status !== 429 ? 200 : status, headers as never)) as never
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
    'an unknown id is a 500',
    {
      row: (id, call) => {
        const row = CORRECT.row(id, call)
        if (row === undefined) throw new HttpError(500)
        return row
      },
    },
  ],
  [
    'an unknown id is a 204',
    {
      view: (id, call) =>
        CORRECT.row(id, call) === undefined ? { status: 204, headers: {}, body: '' } : CORRECT.view(id, call),
    },
  ],
  [
    'an id that is no number is a 500',
    {
      row: (id, call) => {
        if (!/^\d+$/.test(id)) throw new HttpError(500)
        return CORRECT.row(id, call)
      },
    },
  ],
  [
    'an id of 20 digits is a 500',
    {
      row: (id, call) => {
        if (id.length > 18) throw new HttpError(500)
        return CORRECT.row(id, call)
      },
    },
  ],
  ['an id with something behind it will do', { row: (id, call) => CORRECT.row(String(parseInt(id, 10)), call) }],
  ['lists are a 201', answers(['list'], (answer) => ({ ...answer, status: 201 }))],
  ['lists are a 206 where there are more pages', answers(['list'], (answer) => ({ ...answer, status: 206 }))],
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
    'every 20th request is a 503',
    {
      list: (call) => {
        if (call.nth % 20 === 0) throw new HttpError(503)
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
  [
    'a list is a 304 to a conditional request that was not made',
    { list: (call) => (call.nth % 12 === 0 ? { status: 304, headers: {}, body: '' } : CORRECT.list(call)) },
  ],
])

export const transportDefects: readonly PlainDefect[] = defectsOf('transport', [
  ['lists are text/plain', reads((answer) => ({ ...answer, headers: { 'content-type': 'text/plain' } }))],
  ['lists have no media type', reads((answer) => ({ ...answer, headers: {} }))],
  ['lists are text/html', reads((answer) => ({ ...answer, headers: { 'content-type': 'text/html; charset=utf-8' } }))],
  ['lists are ISO 8859-1', reads((answer) => ({ ...answer, body: Buffer.from(String(answer.body), 'latin1') }))],
  ['lists are UTF-16', reads((answer) => ({ ...answer, body: Buffer.from(String(answer.body), 'utf16le') }))],
  ['a byte order mark stands in front', reads((answer) => ({ ...answer, body: `\uFEFF${String(answer.body)}` }))],
  [
    'a warning stands in front of the JSON',
    reads((answer) => ({ ...answer, body: `<br />Notice: undefined index\n${String(answer.body)}` })),
  ],
  [
    'a warning stands behind the JSON',
    reads((answer) => ({ ...answer, body: `${String(answer.body)}\n<!-- 3 ms -->` })),
  ],
  [
    'a guard against hijacking stands in front',
    reads((answer) => ({ ...answer, body: `)]}',\n${String(answer.body)}` })),
  ],
  ['lists are JSONP', reads((answer) => ({ ...answer, body: `callback(${String(answer.body)})` }))],
  ['there is a comma too many', reads((answer) => ({ ...answer, body: String(answer.body).replace(/\]\}$/, ',]}') }))],
  [
    'a member comes twice',
    reads((answer) => ({ ...answer, body: String(answer.body).replace('{"total":', '{"total":0,"total":') })),
  ],
  [
    'NaN stands in place of 0',
    reads((answer) => ({ ...answer, body: String(answer.body).replaceAll(':0,', ':NaN,') })),
  ],
  [
    'half a surrogate pair comes',
    { json: (given) => String(CORRECT.json(given)).replaceAll('🎁', String.raw`\ud83c`) },
  ],
  ['names are encoded twice', value('name', (text) => Buffer.from(String(text)).toString('latin1'))],
  [
    'unknown letters are question marks',
    {
      list: (call) =>
        CORRECT.list({
          ...call,
          parts: { ...call.parts, json: (given) => String(CORRECT.json(given)).replaceAll(/[^\0-\x7f]/g, '?') },
        }),
    },
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
    'every 15th list is half',
    {
      list: (call) => {
        const answer = CORRECT.list(call)
        return call.nth % 15 === 0 ? { ...answer, body: String(answer.body).slice(0, 200) } : answer
      },
    },
  ],
  ['gzip that was not asked for and is not declared', reads((answer) => ({ ...answer, body: gzipSync(answer.body) }))],
  [
    'gzip is declared, and is not',
    reads((answer) => ({ ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } })),
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
    'deflate is called gzip',
    reads((answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-encoding': 'gzip' },
      body: deflateSync(answer.body),
    })),
  ],
  [
    'the token is in a header',
    {
      list: (call) => {
        const answer = CORRECT.list(call)
        return { ...answer, headers: { ...answer.headers, 'x-debug-auth': call.request.headers.authorization ?? '' } }
      },
    },
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
    'the token is in errors',
    {
      failure: (status, message, nth) => ({
        ...CORRECT.failure(status, message, nth),
        message: status === 401 ? message : `${message} plain-1a`,
      }),
    },
  ],
  [
    'the token is in lists',
    lists((body, { request }) => ({ ...body, request: { authorization: request.headers.authorization } })),
  ],
  [
    'control characters are not escaped',
    reads((answer) => ({ ...answer, body: String(answer.body).replaceAll('of ', 'of\t') })),
  ],
  [
    'answers without an end',
    before((request, response) => {
      if (/sort=/.test(request.url ?? '')) response.destroy()
    }),
  ],
  ['a backslash in a name is not escaped', { json: (given) => String(CORRECT.json(given)).replaceAll('\\\\', '\\') }],
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
