import { DEMO_TOKENS } from '@hood-exports/sandbox'
import {
  answersWith,
  answers,
  every,
  operationOf,
  parameter,
  replaced,
  requests,
  tokenOf,
  withToken,
} from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

const { main } = DEMO_TOKENS

/** Takes a request for one of the main account's. */
function accepting(isAccepted: (authorization: string | null, request: Request) => boolean): Change {
  return requests((request) =>
    isAccepted(request.headers.get('authorization'), request) ? withToken(request, main) : request,
  )
}

export const statusMutants: readonly Mutant[] = mutantsOf('status', [
  [
    'list-without-token',
    'a list needs no token',
    accepting((value, request) => value === null && operationOf(request) === 'list'),
  ],
  [
    'view-without-token',
    'a view needs no token',
    accepting((value, request) => value === null && operationOf(request) === 'view'),
  ],
  [
    'download-without-token',
    'a download needs no token',
    accepting((value, request) => value === null && operationOf(request) === 'download'),
  ],
  [
    'view-with-any-token',
    'a view takes any token',
    accepting(
      (value, request) =>
        value !== null &&
        operationOf(request) === 'view' &&
        !Object.values(DEMO_TOKENS).some((token) => value.endsWith(token)),
    ),
  ],
  [
    'download-with-any-token',
    'a download takes any token',
    accepting(
      (value, request) =>
        value !== null &&
        operationOf(request) === 'download' &&
        !Object.values(DEMO_TOKENS).some((token) => value.endsWith(token)),
    ),
  ],
  [
    'token-prefix',
    'the beginning of a token is enough',
    accepting((value) => value !== null && value.length > 10 && `Bearer ${main}`.startsWith(value)),
  ],
  [
    'token-longer',
    'what follows a token does not matter',
    accepting((value) => value?.startsWith(`Bearer ${main}x`) === true),
  ],
  [
    'token-any-case',
    'case of a token does not matter',
    accepting((value) => value?.toLowerCase() === `bearer ${main}`),
  ],
  ['basic', 'Basic is taken for Bearer', accepting((value) => value === `Basic ${main}`)],
  ['empty-token', 'an empty token is enough', accepting((value) => value?.trim() === 'Bearer')],
  ['unauthorized-403', '401 is 403', answersWith(401, { status: 403 })],
  [
    'unauthorized-empty-list',
    'without a token there is an empty list',
    answers((response, request) =>
      response.status === 401 && operationOf(request) === 'list'
        ? replaced(response, { status: 200, body: '{"total":0,"items":[]}' })
        : response,
    ),
  ],
  [
    'missing-empty-list',
    'an unknown id is viewed as nothing',
    answers((response, request) =>
      response.status === 404 && operationOf(request) === 'view'
        ? replaced(response, { status: 200, body: '{"total":0,"items":[]}' })
        : response,
    ),
  ],
  [
    'missing-500',
    'an unknown id is a failure',
    answersWith(404, { status: 500, body: '{"code":500,"title":"Internal server error."}' }),
  ],
  ['missing-410', 'an unknown id is gone', answersWith(404, { status: 410, body: '{"code":410,"title":"Gone."}' })],
  [
    'missing-download-empty',
    'the file of an unknown id is empty',
    answers((response, request) =>
      response.status === 404 && operationOf(request) === 'download'
        ? replaced(response, { status: 200, headers: { 'content-type': 'text/csv' }, body: '' })
        : response,
    ),
  ],
  ['bad-request-422', '400 is 422', answersWith(400, { status: 422 })],
  [
    'list-206',
    'pages are partial content',
    answers((response, request) =>
      response.status === 200 && parameter(request, 'page') !== undefined
        ? replaced(response, { status: 206 })
        : response,
    ),
  ],
  [
    'list-204',
    'a search without a match has no content',
    answers(async (response, request) => {
      if (response.status !== 200 || parameter(request, 'q') === undefined) return response
      const text = await response.text()
      return text.includes('"total":0')
        ? replaced(response, { status: 204, body: null })
        : replaced(response, { body: text })
    }),
  ],
  [
    'sometimes-500',
    'every 25th answer is a failure',
    every(
      25,
      answers((response) => replaced(response, { status: 500, body: '{"code":500,"title":"Internal server error."}' })),
    ),
  ],
  [
    'sometimes-401',
    'every 20th request of a valid token is refused',
    every(
      20,
      answers((response, request) =>
        tokenOf(request) === main
          ? replaced(response, { status: 401, body: '{"code":401,"title":"Unauthorized."}' })
          : response,
      ),
    ),
  ],
  [
    'view-redirected',
    'a view is redirected',
    (provider) => async (request) => {
      const response = await provider(request)
      return operationOf(request) === 'view' && response.status === 200
        ? replaced(response, { status: 301, headers: { location: `${request.url}/` }, body: null })
        : response
    },
  ],
  ['no-scheme', 'a token needs no scheme', accepting((value) => value === main)],
  [
    'quote-fails',
    'a search for a quotation mark is a failure',
    answers((response, request) =>
      parameter(request, 'q')?.includes("'") === true && response.status === 200
        ? replaced(response, { status: 500, body: '{"code":500,"title":"Internal server error."}' })
        : response,
    ),
  ],
])
