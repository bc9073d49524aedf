import {
  answers,
  bodies,
  eachItem,
  eachValue,
  errorInstead,
  header,
  operationOf,
  parameter,
  replaced,
  withParameters,
} from '../changes.ts'
import type { Item } from '../changes.ts'
import type { Variation } from '../provider.ts'

const noNulls = (item: Item): Item => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null))

/** What bodies and headers may have. */
export const ANSWER_VARIATIONS: readonly Variation[] = [
  {
    name: 'nulls-left-out',
    permitted: 'which members may be null or absent is not documented',
    change: eachItem(noNulls),
  },
  {
    name: 'more-members',
    permitted: 'members that are not documented may come at any time',
    change: bodies((body, request) => {
      const more = parameter(request, 'fields') === undefined ? { owner: { name: 'Ana' } } : {}
      return {
        ...body,
        ...(body.items
          ? { next: null, items: body.items.map((item) => ({ ...item, ...more })) }
          : { docs: 'https://docs.example' }),
      }
    }),
  },
  {
    name: 'new-vocabulary',
    permitted: 'vocabularies are open',
    change: eachItem((item) => ({
      ...item,
      ...(item['status'] === 'failed' && { status: 'failed' }),
      ...('resource' in item && { resource: item['resource'] }),
    })),
  },
  {
    name: 'few-members-in-errors',
    permitted: 'code and title are the only members that every documented error has',
    change: bodies((body) => ('code' in body ? { code: body['code'], title: body['title'] } : body)),
  },
  {
    name: 'trace-id-of-braces',
    permitted: 'a documented 401 has the trace_id "{}"',
    change: bodies((body) => ('code' in body ? { ...body, trace_id: '{}' } : body)),
  },
  {
    name: 'indented',
    permitted: 'JSON may have space in it, and Content-Type a charset',
    change: answers(async (response, request) => {
      if (operationOf(request) === 'download' || request.method === 'HEAD') return response
      const body = JSON.stringify(await response.json(), undefined, 2)
      return replaced(response, { headers: { 'content-type': 'Application/JSON; charset=UTF-8' }, body })
    }),
  },
  {
    name: 'escaped',
    permitted: 'JSON may escape any character',
    change: answers(async (response, request) => {
      if (operationOf(request) === 'download' || request.method === 'HEAD') return response
      const escaped = (await response.text()).replaceAll(/\P{ASCII}/gu, (character) =>
        Array.from(
          { length: character.length },
          (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
        ).join(''),
      )
      return replaced(response, { body: escaped })
    }),
  },
  {
    name: 'no-head',
    permitted: 'whether HEAD is answered is not documented',
    change: answers((response, { method }) =>
      method === 'HEAD' ? replaced(response, { status: 405, body: null }) : response,
    ),
  },
  {
    name: 'letters-are-no-id',
    permitted: 'whether an id of letters is a mistake or just missing is not documented',
    change: answers((response, request) =>
      /exports\/[^/]*[a-z]/.test(new URL(request.url).pathname) && response.status === 400
        ? errorInstead(response, 404, 'Not found.')
        : response,
    ),
  },
  {
    name: 'challenge',
    permitted: 'RFC 9110 wants WWW-Authenticate on a 401',
    change: answers((response) =>
      response.status === 401
        ? replaced(response, { headers: { 'www-authenticate': 'Bearer realm="hood"' } })
        : response,
    ),
  },
  {
    name: 'file-names',
    permitted: 'headers beyond the documented ones',
    change: answers((response, request) =>
      operationOf(request) === 'download' && response.status === 200
        ? replaced(response, {
            headers: {
              'content-disposition': 'attachment; filename="export.csv"',
              'cache-control': 'no-store',
              etag: '"1"',
            },
          })
        : response,
    ),
  },
  {
    name: 'file-charset',
    permitted: 'a media type may have parameters',
    change: answers((response, request) =>
      operationOf(request) === 'download' && response.status === 200
        ? replaced(response, { headers: { 'content-type': `${response.headers.get('content-type')}; charset=utf-8` } })
        : response,
    ),
  },
  {
    name: 'sizes-in-bits',
    permitted: 'the unit of size is not documented',
    change: (provider, surroundings) => {
      const inBits = eachValue<number>('size', (size) => size * 8)(provider, surroundings)
      return (request) => {
        const size = parameter(request, 'size')
        const inBytes = size?.replaceAll(/\d+/g, (bits) => String(Number(bits) / 8))
        return inBits(inBytes === undefined ? request : withParameters(request, { size: inBytes }))
      }
    },
  },
  {
    name: 'media-type-with-parameter',
    permitted: 'a media type may have parameters',
    change: (provider, surroundings) => {
      const withCharset = eachValue('mime_type', (type) => (type === 'text/csv' ? 'text/csv; charset=utf-8' : type))
      const changed = withCharset(provider, surroundings)
      return (request) => {
        const type = parameter(request, 'mime_type')?.replaceAll('text/csv; charset=utf-8', 'text/csv')
        return changed(type === undefined ? request : withParameters(request, { mime_type: type }))
      }
    },
  },
  {
    name: 'remaining-before-the-request',
    permitted: 'whether a request counts itself in Remaining is not documented',
    change: header('x-ratelimit-remaining', (remaining) => String(Math.min(150, Number(remaining) + 1))),
  },
]
