import { DEMO_TOKENS } from '@hood-exports/sandbox'
import {
  envelopeFrom,
  errorInstead,
  header,
  isPost,
  operationOf,
  parameter,
  replaced,
  requests,
  tokenOf,
  withBody,
  withToken,
} from '../changes.ts'
import { accepted, operations, posts, pretending } from '../posts.ts'
import { mutantsOf } from '../provider.ts'
import type { Mutant } from '../provider.ts'
import { asking, taking, secretly, isMade, made, shown, isNew, parsed, isObject } from '../exports.ts'

const { main, sameAccount, otherAccount } = DEMO_TOKENS

export const createMutants: readonly Mutant[] = mutantsOf(
  'create',
  [
    [
      'two',
      'a request makes two exports',
      posts('exportQuickReport', async (request, provider) => {
        await provider(request.clone())
        return provider(request)
      }),
    ],
    ['none', 'a request is accepted, and nothing is made', posts('exportQuickReport', pretending)],
    [
      'every-second',
      'every second request makes nothing',
      (provider, surroundings) => {
        let count = 0
        return (request) => {
          if (!isPost(request, 'exportQuickReport')) return provider(request)
          count += 1
          return count % 2 === 0 ? pretending(request, provider, surroundings) : provider(request)
        }
      },
    ],
    ['name-ignored', 'the name that was asked for is ignored', asking(({ name: _name, ...rest }) => rest)],
    ['name-cut', 'a name is cut', asking((body) => ({ ...body, name: String(body['name']).slice(0, 24) }))],
    [
      'name-without-accents',
      'a name loses its accents',
      asking((body) => ({ ...body, name: String(body['name']).replaceAll(/\P{ASCII}/gu, '?') })),
    ],
    [
      'name-escaped',
      'a name is escaped for HTML',
      asking((body) => ({ ...body, name: String(body['name']).replaceAll('&', '&amp;') })),
    ],
    [
      'out-ignored',
      'every export is CSV',
      asking((body) => ({ ...body, ...(body['out'] === 'json' && { out: 'csv' }) })),
    ],
    [
      'out-swapped',
      'every export is JSON',
      asking((body) => ({ ...body, ...(body['out'] === 'csv' && { out: 'json' }) })),
    ],
    [
      'without-token',
      'an export needs no token',
      requests((request) =>
        isPost(request, 'exportQuickReport') && tokenOf(request) === '' ? withToken(request, main) : request,
      ),
    ],
    [
      'unknown-token',
      'any token makes an export of the main account',
      requests((request) =>
        isPost(request, 'exportQuickReport') && /no-such/.test(tokenOf(request)) ? withToken(request, main) : request,
      ),
    ],
    [
      'unauthorized-secretly',
      'a request without a valid token is a 401, and makes an export',
      secretly(401, (request) => withToken(request, main)),
    ],
    [
      'refused-secretly',
      'a format that is none is a 400, and makes an export',
      secretly(400, async (request) => {
        const body = parsed(await request.clone().text())
        return isObject(body) ? withBody(request, JSON.stringify({ ...body, out: 'csv', fields: '' })) : request
      }),
    ],
    [
      'any-format',
      'a format that is none is taken',
      taking(
        (body) => isObject(body) && body['out'] === 'exe',
        (body) => ({ ...(body as object), out: 'csv' }),
      ),
    ],
    [
      'no-json',
      'a body that is no JSON is taken',
      taking(
        (body) => body === undefined,
        () => ({}),
      ),
    ],
    ['array', 'a list of requests is taken', taking(Array.isArray, (body) => (body as object[])[0] ?? {})],
    [
      'any-type',
      'columns of any type are taken',
      taking(
        (body) => isObject(body) && typeof body['fields'] === 'object',
        (body) => ({ ...(body as object), fields: '' }),
      ),
    ],
    [
      'refusal-422',
      'a body that is no JSON is a 422',
      posts('exportQuickReport', async (request, provider) => {
        const response = await provider(request)
        return response.status === 400 ? errorInstead(response, 422, 'Unprocessable.') : response
      }),
    ],
    [
      'refusal-500',
      'a body that is no JSON is a failure',
      posts('exportQuickReport', async (request, provider) => {
        const response = await provider(request)
        return response.status === 400 ? errorInstead(response, 500, 'Internal server error.') : response
      }),
    ],
    ['no-id', 'an operation has no id', operations('exportQuickReport', ({ id: _id, ...rest }) => rest)],
    [
      'other-company',
      'an operation is of another company',
      operations('exportQuickReport', (body) => ({ ...body, company_id: '2000001' })),
    ],
    [
      'ok',
      'a request is answered with 200',
      accepted('exportQuickReport', (response) => replaced(response, { status: 200 })),
    ],
    [
      'created',
      'a request is answered with 201',
      accepted('exportQuickReport', (response) => replaced(response, { status: 201 })),
    ],
    [
      'empty',
      'a request is answered without a body',
      accepted('exportQuickReport', (response) => replaced(response, { body: '' })),
    ],
    [
      'fails',
      'every request for an export fails',
      posts('exportQuickReport', async (request, provider) => {
        const response = await provider(request)
        return response.status === 202 ? errorInstead(response, 500, 'Internal server error.') : response
      }),
    ],
    [
      'refused',
      'the vendor’s own sample is refused',
      accepted('exportQuickReport', (response) => errorInstead(response, 400, 'Bad request.')),
    ],
    [
      'by-get',
      'GET makes an export',
      requests((request) =>
        operationOf(request) === 'exportQuickReport' && request.method === 'GET'
          ? new Request(request.url, {
              method: 'POST',
              body: '{}',
              headers: { authorization: `Bearer ${tokenOf(request)}`, 'content-type': 'application/json' },
            })
          : request,
      ),
    ],
    [
      'visible-in-lists',
      'the other account finds what was made',
      shown((request) => parameter(request, 'q')?.startsWith('hoodcontract') === true),
    ],
    [
      'visible-in-views',
      'the other account views what was made',
      shown((request) => operationOf(request) === 'view' && isNew(request)),
    ],
    [
      'visible-in-downloads',
      'the other account downloads what was made',
      shown((request) => operationOf(request) === 'download' && isNew(request)),
    ],
    [
      'for-others',
      'an export is made for another account',
      requests((request) =>
        isPost(request, 'exportQuickReport') && tokenOf(request) === main ? withToken(request, otherAccount) : request,
      ),
    ],
    [
      'hidden-from-same',
      'the second token of the account does not find what was made',
      (provider) => async (request) => {
        const response = await provider(request)
        if (tokenOf(request) !== sameAccount || parameter(request, 'q')?.startsWith('hoodcontract') !== true)
          return response
        const { items } = await envelopeFrom(async () => response, request)
        const others = items.filter((item) => !isMade(item))
        return replaced(response, { body: JSON.stringify({ total: others.length, items: others }) })
      },
    ],
    ['company', 'what was made belongs to another company', made(() => ({ company_id: '2000001' }))],
    [
      'file-missing',
      'what was made has no file',
      (provider) => async (request) => {
        const response = await provider(request)
        return operationOf(request) === 'download' && isNew(request) && response.status === 200
          ? errorInstead(response, 404, 'Not found.')
          : response
      },
    ],
    [
      'file-type',
      'the file of what was made has another type',
      (provider) => async (request) => {
        const response = await provider(request)
        return operationOf(request) === 'download' && isNew(request) && response.status === 200
          ? replaced(response, { headers: { 'content-type': 'application/octet-stream' } })
          : response
      },
    ],
    [
      'view-differs',
      'a view of what was made has another name',
      (provider, surroundings) => {
        const changed = made((item) => ({ name: `${String(item['name'])} (1)` }))(provider, surroundings)
        return (request) => (operationOf(request) === 'view' ? changed(request) : provider(request))
      },
    ],
    [
      'without-quota',
      'the answer to a request tells no quota',
      accepted('exportQuickReport', (response) =>
        replaced(response, {
          headers: {
            'x-ratelimit-limit': undefined,
            'x-ratelimit-remaining': undefined,
            'x-ratelimit-reset': undefined,
          },
        }),
      ),
    ],
    [
      'uncounted',
      'a POST is not counted',
      (provider, surroundings) => {
        let count = 0
        const told = header('x-ratelimit-remaining', (remaining) => String(Number(remaining) + count))(
          provider,
          surroundings,
        )
        return (request) => {
          if (request.method === 'POST' && tokenOf(request) === main) count += 1
          return told(request)
        }
      },
    ],
  ],
  { writes: 'allowed' },
)
