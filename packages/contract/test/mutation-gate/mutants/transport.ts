import { answers, answersWith, every, header, operationOf, parameter, replaced } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

/** Changes the text of lists. */
function listText(change: (text: string) => string | Uint8Array<ArrayBuffer>): Change {
  return answers(async (response, request) =>
    operationOf(request) === 'list' && response.status === 200
      ? replaced(response, { body: change(await response.text()) })
      : response,
  )
}

export const transportMutants: readonly Mutant[] = mutantsOf('transport', [
  [
    'half-pair',
    'a text has half a surrogate pair',
    listText((text) => text.replace('"name":"', String.raw`"name":"\ud83d`)),
  ],
  ['byte-order-mark', 'lists begin with a byte order mark', listText((text) => `\uFEFF${text}`)],
  ['duplicate-member', 'total comes twice', listText((text) => text.replace('"total":', '"total":0,"total":'))],
  [
    'duplicate-item-member',
    'name comes twice in an item',
    listText((text) => text.replace('"name":', '"name":"","name":')),
  ],
  ['latin-1', 'text is in ISO 8859-1', listText((text) => Uint8Array.from(Buffer.from(text, 'latin1')))],
  ['utf-16', 'text is in UTF-16', listText((text) => Uint8Array.from(Buffer.from(text, 'utf16le')))],
  ['trailing-brace', 'a brace follows the list', listText((text) => `${text}}`)],
  ['trailing-comma', 'a comma follows the last member', listText((text) => text.replace(/\}$/, ',}'))],
  ['cut', 'long lists are cut', listText((text) => (text.length > 20_000 ? text.slice(0, 20_000) : text))],
  ['nan', 'a missing size is NaN', listText((text) => text.replaceAll('"size":null', '"size":NaN'))],
  ['single-quotes', 'strings are in single quotes', listText((text) => text.replaceAll('"', "'"))],
  ['jsonp', 'a list is wrapped in a call', listText((text) => `callback(${text})`)],
  ['warning-before', 'a warning comes before the list', listText((text) => `Warning: deprecated\n${text}`)],
  ['html-type', 'the media type is text/html', answersWith(200, { headers: { 'content-type': 'text/html' } })],
  [
    'no-type',
    'there is no media type',
    answers((response, request) =>
      operationOf(request) === 'list' ? replaced(response, { headers: { 'content-type': undefined } }) : response,
    ),
  ],
  [
    'text-json',
    'the media type of views is text/json',
    answers((response, request) =>
      operationOf(request) === 'view' && response.status === 200
        ? replaced(response, { headers: { 'content-type': 'text/json' } })
        : response,
    ),
  ],
  [
    'empty-sometimes',
    'every 20th answer is empty',
    every(
      20,
      answers((response) => replaced(response, { body: '' })),
    ),
  ],
  [
    'dropped-sometimes',
    'every 15th connection is dropped',
    every(15, () => () => Promise.reject(new TypeError('fetch failed', { cause: new Error('other side closed') }))),
  ],
  [
    'dropped-search',
    'searches are dropped',
    (provider) => (request) =>
      parameter(request, 'q') === undefined
        ? provider(request)
        : Promise.reject(new TypeError('fetch failed', { cause: new Error('other side closed') })),
  ],
  [
    'broken-body',
    'bodies of large pages break off',
    answers(async (response, request) => {
      if (operationOf(request) !== 'list' || response.status !== 200) return response
      const text = await response.text()
      if (text.length < 10_000) return replaced(response, { body: text })
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode(text.slice(0, 5_000)))
          controller.error(new TypeError('terminated'))
        },
      })
      return new Response(stream, { status: 200, headers: response.headers })
    }),
  ],
  [
    'token-in-error',
    'an error repeats the token',
    answers(async (response, request) =>
      response.status === 400
        ? replaced(response, {
            body: JSON.stringify({
              ...((await response.json()) as object),
              message: `Refused for ${request.headers.get('authorization')}`,
            }),
          })
        : response,
    ),
  ],
  [
    'token-in-header',
    'a header repeats the token',
    answers((response, request) =>
      replaced(response, { headers: { 'x-debug': request.headers.get('authorization') ?? '' } }),
    ),
  ],
  [
    'token-in-list',
    'a list repeats the token',
    answers(async (response, request) =>
      operationOf(request) === 'list' && response.status === 200
        ? replaced(response, {
            body: JSON.stringify({
              ...((await response.json()) as object),
              self: `${request.url}&token=${request.headers.get('authorization')?.slice(7)}`,
            }),
          })
        : response,
    ),
  ],
  [
    'type-of-errors',
    'the media type of errors is text/plain',
    answersWith(404, { headers: { 'content-type': 'text/plain' } }),
  ],
  [
    'type-with-typo',
    'the media type is misspelt',
    header('content-type', (value) => value.replace('application/json', 'aplication/json')),
  ],
])
