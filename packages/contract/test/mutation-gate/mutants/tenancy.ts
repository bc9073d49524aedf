import { DEMO_TOKENS } from '@hood-exports/sandbox'
import {
  envelopeFrom,
  envelopes,
  operationOf,
  parameter,
  replaced,
  tokenOf,
  withParameters,
  withToken,
} from '../changes.ts'
import type { Operation } from '../../../src/index.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant, Provider } from '../provider.ts'

const { main, sameAccount, otherAccount, thirdAccount } = DEMO_TOKENS
const OTHERS = [main, otherAccount, thirdAccount]

/** What another account would be answered, where this one has nothing. */
function asAnyAccount(
  operation: Operation,
  answer: (theirs: Response, ours: Response) => Response | Promise<Response>,
): Change {
  return (provider, { correct }) =>
    async (request) => {
      const ours = await provider(request)
      const isToken = Object.values(DEMO_TOKENS).some((token) => token === tokenOf(request))
      if (ours.status !== 404 || operationOf(request) !== operation || !isToken) return ours
      for (const token of OTHERS) {
        const theirs = await correct(withToken(request, token))
        if (theirs.status === 200) return answer(theirs, ours)
      }
      return ours
    }
}

/** Puts items of another account into lists. */
function mixing(token: string, when: (request: Request) => boolean): Change {
  return (provider, { correct }) =>
    async (request) => {
      const response = await provider(request)
      if (response.status !== 200 || operationOf(request) !== 'list' || !when(request)) return response
      const ours = await envelopeFrom(async () => response, request)
      const theirs = await envelopeFrom(
        correct,
        withParameters(withToken(request, token), { page: '1,1', q: undefined, q_fields: undefined }),
      )
      const items = ours.items.length > 3 ? ours.items.with(2, theirs.items[0] ?? {}) : ours.items
      return replaced(response, { body: JSON.stringify({ total: ours.total, items }) })
    }
}

/** Keeps good answers by their address alone. */
function keeping(operation: Operation): Change {
  return (provider) => {
    const kept = new Map<string, Response>()
    return async (request) => {
      const isToken = Object.values(DEMO_TOKENS).some((token) => token === tokenOf(request))
      if (operationOf(request) !== operation || !isToken || request.method !== 'GET') return provider(request)
      const response = kept.get(request.url) ?? (await provider(request))
      if (response.status === 200) kept.set(request.url, response)
      return response.clone()
    }
  }
}

const other = (response: Response, status: number, body: object): Response =>
  replaced(response, { status, body: JSON.stringify(body) })
const isFrom = (token: string) => (request: Request) => tokenOf(request) === token

/** A search of ids looks in every account. */
const searchesEverywhere: Change =
  (provider: Provider, { correct }) =>
  async (request) => {
    const response = await provider(request)
    if (response.status !== 200 || operationOf(request) !== 'list' || parameter(request, 'q_fields') !== 'id')
      return response
    for (const token of OTHERS) {
      const found = await envelopeFrom(correct, withToken(request, token))
      if (found.total > 0) return replaced(response, { body: JSON.stringify(found) })
    }
    return response
  }

export const tenancyMutants: readonly Mutant[] = mutantsOf('tenancy', [
  ['view-anything', 'items of other accounts can be viewed', asAnyAccount('view', (theirs) => theirs)],
  ['download-anything', 'files of other accounts can be downloaded', asAnyAccount('download', (theirs) => theirs)],
  [
    'view-some-members',
    'two members of foreign items can be viewed',
    asAnyAccount('view', async (theirs) => {
      const [item] = (await envelopeFrom(async () => theirs, new Request('http://any'))).items
      return replaced(theirs, {
        body: JSON.stringify({ total: 1, items: [{ id: item?.['id'], name: item?.['name'] }] }),
      })
    }),
  ],
  [
    'view-forbidden',
    'foreign items are forbidden, not missing',
    asAnyAccount('view', (_theirs, ours) => other(ours, 403, { code: 403, title: 'Forbidden.' })),
  ],
  [
    'view-unauthorized',
    'foreign items are unauthorized, not missing',
    asAnyAccount('view', (_theirs, ours) => other(ours, 401, { code: 401, title: 'Unauthorized.' })),
  ],
  [
    'view-another-message',
    'the message tells that a foreign item exists',
    asAnyAccount('view', (_theirs, ours) =>
      other(ours, 404, { code: 404, title: 'Not found.', message: 'It belongs to another account.' }),
    ),
  ],
  [
    'download-another-title',
    'the title tells that a foreign file exists',
    asAnyAccount('download', (_theirs, ours) => other(ours, 404, { code: 404, title: 'Not yours.' })),
  ],
  [
    'download-forbidden',
    'foreign files are forbidden, not missing',
    asAnyAccount('download', (_theirs, ours) => other(ours, 403, { code: 403, title: 'Forbidden.' })),
  ],
  [
    'download-bad-request',
    'foreign files are a bad request',
    asAnyAccount('download', (_theirs, ours) => other(ours, 400, { code: 400, title: 'Bad request.' })),
  ],
  ['list-with-foreign', 'lists of the main account have a foreign item', mixing(otherAccount, isFrom(main))],
  [
    'sorted-list-with-foreign',
    'sorted lists have a foreign item',
    mixing(otherAccount, (request) => isFrom(main)(request) && parameter(request, 'sort') !== undefined),
  ],
  [
    'foreign-list-with-ours',
    'lists of the other account have an item of the main one',
    mixing(main, isFrom(otherAccount)),
  ],
  ['search-everywhere', 'a search of ids looks in every account', searchesEverywhere],
  [
    'same-sees-less',
    'the second token of an account sees less',
    envelopes(
      ({ total, items }, request) =>
        tokenOf(request) === sameAccount ? { total: total - 1, items: items.slice(1) } : { total, items },
      'list',
    ),
  ],
  [
    'same-sees-nothing',
    'the second token of an account sees nothing',
    envelopes(
      ({ total, items }, request) => (tokenOf(request) === sameAccount ? { total: 0, items: [] } : { total, items }),
      'list',
    ),
  ],
  [
    'same-sees-others',
    'the second token of an account sees another account',
    (provider) => (request) => provider(tokenOf(request) === sameAccount ? withToken(request, thirdAccount) : request),
  ],
  [
    'total-of-all',
    'total counts the items of every account',
    (provider, { correct }) =>
      async (request) => {
        const response = await provider(request)
        if (response.status !== 200 || operationOf(request) !== 'list' || parameter(request, 'q') === undefined)
          return response
        const ours = await envelopeFrom(async () => response, request)
        const theirs = await envelopeFrom(correct, withToken(request, otherAccount))
        return replaced(response, { body: JSON.stringify({ ...ours, total: ours.total + theirs.total }) })
      },
  ],
  [
    'list-of-first',
    'the other account is shown the list of the main one',
    (provider) => (request) =>
      provider(
        tokenOf(request) === otherAccount && operationOf(request) === 'list' ? withToken(request, main) : request,
      ),
  ],
  ['lists-kept', 'a list that was kept is given to the next account that asks for it', keeping('list')],
  ['views-kept', 'a view that was kept is given to the next account that asks for it', keeping('view')],
  ['files-kept', 'a file that was kept is given to the next account that asks for it', keeping('download')],
  [
    'third-sees-second',
    'the third account is shown the list of the second',
    (provider) => (request) =>
      provider(
        tokenOf(request) === thirdAccount && operationOf(request) === 'list'
          ? withToken(request, otherAccount)
          : request,
      ),
  ],
  [
    'file-of-first',
    'the other account gets a file of the main one under its own id',
    (provider) => async (request) => {
      const response = await provider(request.clone())
      const isTheirs = tokenOf(request) === otherAccount && operationOf(request) === 'download'
      if (!isTheirs || response.status !== 200) return response
      const url = new URL(request.url)
      url.pathname = url.pathname.replace(/\d+(?=\/download)/, '1000000')
      const ours = await provider(withToken(new Request(url, request), main))
      return ours.status === 200 ? replaced(response, { body: new Uint8Array(await ours.arrayBuffer()) }) : response
    },
  ],
])
