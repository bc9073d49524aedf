import { answersWith, bodies, errors } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Mutant } from '../provider.ts'

const without = (name: string) => (body: object) =>
  Object.fromEntries(Object.entries(body).filter(([member]) => member !== name))

export const errorMutants: readonly Mutant[] = mutantsOf('errors', [
  ['400-without-title', 'a 400 has no title', errors(400, without('title'))],
  ['400-without-code', 'a 400 has no code', errors(400, without('code'))],
  ['401-without-title', 'a 401 has no title', errors(401, without('title'))],
  ['404-without-code', 'a 404 has no code', errors(404, without('code'))],
  ['400-empty-title', 'the title of a 400 is empty', errors(400, (body) => ({ ...body, title: '' }))],
  ['401-title-number', 'the title of a 401 is a number', errors(401, (body) => ({ ...body, title: 401 }))],
  ['code-text', 'codes are text', bodies((body) => ('code' in body ? { ...body, code: String(body['code']) } : body))],
  ['404-other-code', 'the code of a 404 is 400', errors(404, (body) => ({ ...body, code: 400 }))],
  ['400-code-zero', 'the code of a 400 is 0', errors(400, (body) => ({ ...body, code: 0 }))],
  ['401-other-code', 'the code of a 401 is 403', errors(401, (body) => ({ ...body, code: 403 }))],
  [
    'message-object',
    'the message of a 400 is an object',
    errors(400, (body) => ({ ...body, message: { text: 'wrong' } })),
  ],
  ['trace-id-number', 'trace_id is a number', bodies((body) => ('code' in body ? { ...body, trace_id: 7 } : body))],
  ['wrapped', 'a 400 is wrapped in "error"', errors(400, (body) => ({ error: body }))],
  ['404-with-items', 'a 404 has items', errors(404, (body) => ({ ...body, total: 0, items: [] }))],
  [
    'problem',
    'a 400 is a problem of RFC 9457',
    answersWith(400, {
      headers: { 'content-type': 'application/problem+json' },
      body: '{"type":"about:blank","title":"Bad request.","status":400}',
    }),
  ],
  ['400-text', 'a 400 is text', answersWith(400, { headers: { 'content-type': 'text/plain' }, body: 'Bad request.' })],
  [
    '404-page',
    'a 404 is a page',
    answersWith(404, { headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' }),
  ],
  ['401-empty', 'a 401 has no body', answersWith(401, { body: null })],
  ['400-cut', 'a 400 breaks off', answersWith(400, { body: '{"code":400,"title":"Bad' })],
])
