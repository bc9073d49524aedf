import { DEMO_TOKENS } from '@hood-exports/sandbox'
import { eachItem, errorInstead, isPost, operationOf, replaced, requests, tokenOf, withToken } from '../changes.ts'
import { accepted, operations, posts, pretending } from '../posts.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

const { main, otherAccount } = DEMO_TOKENS
const ACCOUNTS = [main, otherAccount]

/** Tries every account. */
const asAnyAccount = (answer: (theirs: Response, ours: Response) => Response): Change =>
  posts('retry', async (request, provider) => {
    const ours = await provider(request.clone())
    if (ours.status !== 404) return ours
    for (const token of ACCOUNTS) {
      const theirs = await provider(withToken(request.clone(), token))
      if (theirs.status === 202) return answer(theirs, ours)
    }
    return ours
  })

const idOf = ({ url }: Request): string => /exports\/([^/]+)/.exec(url)?.[1] ?? ''

/** Changes items that have been run again. */
const retried = (change: (attempts: number, item: Record<string, unknown>) => Record<string, unknown>): Change => {
  return (provider, surroundings) => {
    const ids = new Map<string, number>()
    const changed = eachItem((item) => {
      const before = ids.get(String(item['id']))
      return before === undefined ? item : { ...item, ...change(before, item) }
    })(provider, surroundings)
    return async (request) => {
      if (!isPost(request, 'retry')) return changed(request)
      const { origin } = new URL(request.url)
      const view = new Request(`${origin}/v1/hood/exports/${idOf(request)}`, { headers: request.headers })
      const before = (await (await provider(view)).json()) as { items?: { attempt_count: number }[] }
      const response = await provider(request)
      if (response.status === 202) ids.set(idOf(request), before.items?.[0]?.attempt_count ?? 0)
      return response
    }
  }
}

export const retryMutants: readonly Mutant[] = mutantsOf(
  'retry',
  [
    ['foreign', 'exports of other accounts are run again', asAnyAccount((theirs) => theirs)],
    ['foreign-secretly', 'exports of other accounts are run again, with a 404', asAnyAccount((_theirs, ours) => ours)],
    [
      'foreign-forbidden',
      'exports of other accounts are forbidden, not missing',
      asAnyAccount((_theirs, ours) => errorInstead(ours, 403, 'Forbidden.')),
    ],
    [
      'without-token',
      'a retry needs no token',
      requests((request) => (isPost(request, 'retry') && tokenOf(request) === '' ? withToken(request, main) : request)),
    ],
    [
      'unauthorized-secretly',
      'a retry without a valid token is a 401, and carried out',
      posts('retry', async (request, provider) => {
        const refused = await provider(request.clone())
        if (refused.status === 401) await provider(withToken(request, main))
        return refused
      }),
    ],
    [
      'unknown-accepted',
      'a retry of an id that does not exist is accepted',
      posts('retry', async (request, provider) => {
        const response = await provider(request)
        const body = { id: '0f0ad209-af98-4b29-b710-39d2353b66c6', status: 'running' }
        return response.status === 404 ? replaced(response, { status: 202, body: JSON.stringify(body) }) : response
      }),
    ],
    [
      'unknown-refused',
      'a retry of an id that does not exist is a bad request',
      posts('retry', async (request, provider) => {
        const response = await provider(request)
        return response.status === 404 ? errorInstead(response, 400, 'Bad request.') : response
      }),
    ],
    [
      'unknown-fails',
      'a retry of an id that does not exist is a failure',
      posts('retry', async (request, provider) => {
        const response = await provider(request)
        return response.status === 404 ? errorInstead(response, 500, 'Internal server error.') : response
      }),
    ],
    ['without-effect', 'a retry is accepted, and nothing happens', posts('retry', pretending)],
    [
      'refused',
      'an export that has failed cannot be run again',
      accepted('retry', (response) => errorInstead(response, 400, 'Bad request.')),
    ],
    ['empty', 'a retry is answered without a body', accepted('retry', (response) => replaced(response, { body: '' }))],
    ['ok', 'a retry is answered with 200', accepted('retry', (response) => replaced(response, { status: 200 }))],
    [
      'no-content',
      'a retry is answered with 204',
      accepted('retry', (response) => replaced(response, { status: 204, body: null })),
    ],
    ['no-id', 'the operation of a retry has no id', operations('retry', ({ id: _id, ...rest }) => rest)],
    ['id-number', 'the id of an operation is a number', operations('retry', (body) => ({ ...body, id: 17 }))],
    [
      'other-company',
      'the operation of a retry is of another company',
      operations('retry', (body) => ({ ...body, company_id: '2000001' })),
    ],
    [
      'iso-time',
      'an operation has a time as in RFC 3339',
      operations('retry', (body) => ({ ...body, start_time: '2026-01-01T00:00:00Z' })),
    ],
    [
      'envelope',
      'a retry is answered with the envelope of a list',
      operations('retry', (body) => ({ total: 1, items: [body] })),
    ],
    [
      'by-get',
      'GET runs an export again',
      requests((request) =>
        operationOf(request) === 'retry' && request.method === 'GET'
          ? new Request(request, { method: 'POST' })
          : request,
      ),
    ],
    ['uncounted', 'attempt_count stays as it is', retried((attempts) => ({ attempt_count: attempts }))],
    ['counted-twice', 'attempt_count is raised by two', retried((attempts) => ({ attempt_count: attempts + 2 }))],
    [
      'without-quota',
      'the answer to a retry tells no quota',
      accepted('retry', (response) =>
        replaced(response, {
          headers: {
            'x-ratelimit-limit': undefined,
            'x-ratelimit-remaining': undefined,
            'x-ratelimit-reset': undefined,
          },
        }),
      ),
    ],
  ],
  { writes: 'allowed' },
)
