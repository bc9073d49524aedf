import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import fc from 'fast-check'
import { LIST } from './mock-bench.ts'

/** A request that need not be one. */
export interface FuzzRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

const latin1 = fc
  .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 30 })
  .map((codes) => String.fromCharCode(...codes))
const junk = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
  },
  { weight: 3, arbitrary: fc.stringMatching(/^[%&=+,;#/.0-9a-fA-F'"\\[\]{}|^`<>-]{0,20}$/) },
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z0-9-]{1,12}$/) },
  { weight: 1, arbitrary: latin1 },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '%',
      '%ff',
      '%00',
      '%c0%af',
      '%ed%a0%80',
      '..',
      '%2e%2e',
      '%2f',
      '__proto__',
      'constructor',
      '1e9',
      '-1',
      '٣',
      'a'.repeat(9_000),
    ),
  },
)
const names = fc.constantFrom(
  'fields',
  'view',
  'sort',
  'page',
  'q',
  'q_fields',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'FIELDS',
  'fields[]',
  '%66ields',
  '__code',
  '__dynamic',
)
const words = fc.constantFrom<string>(
  ...SELECTABLE_FIELDS,
  ...SEARCHABLE_FIELDS,
  ...SORTABLE_FIELDS.map((field) => `-${field}`),
)
const value = fc.oneof(
  junk,
  fc.array(words, { maxLength: 6 }).map((list) => list.join(',')),
  fc.tuple(fc.integer(), fc.integer()).map((pair) => pair.join(',')),
  fc.constantFrom('default', 'full', '1', '2,5', 'vip', '[]', '{"a":1}'),
)
const goodPair = fc.constantFrom(
  'view=full',
  'fields=id,name',
  'sort=-create_time,name',
  'page=2,50',
  'page=1',
  'q=vip',
  'q_fields=name',
  'other=1',
  'fields=',
)
const search = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: goodPair },
      fc.tuple(names, value).map((pair) => pair.join('=')),
      junk,
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`))
const id = fc.oneof({ weight: 2, arbitrary: fc.constantFrom('1000000', '0', '007', '{id}', '9'.repeat(40)) }, junk)
const path = fc.oneof(
  { weight: 3, arbitrary: fc.constant(LIST) },
  { weight: 3, arbitrary: id.map((segment) => `${LIST}/${segment}`) },
  { weight: 3, arbitrary: id.map((segment) => `${LIST}/${segment}/download`) },
  { weight: 2, arbitrary: junk.map((text) => `/${text}`) },
  { weight: 1, arbitrary: junk },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '/',
      '/reference',
      '/openapi.json',
      '/_mock/scenarios',
      '/_mock/x',
      '//',
      '*',
      `${LIST}/`,
      `http://x${LIST}`,
      'http://[',
      '/reference/../x',
    ),
  },
)
const preference = fc.oneof(
  { weight: 1, arbitrary: latin1 },
  {
    weight: 4,
    arbitrary: fc.constantFrom('code=200', 'code=404', 'example=empty', 'example=nope', 'dynamic=true', 'code=500'),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(
        fc.constantFrom(
          'code=200',
          'code=404',
          'code=429',
          'code=418',
          'example=empty',
          'example=nope',
          'dynamic=true',
          'dynamic=false',
          'seed=x',
          'wait=1',
          ';',
          '=',
        ),
      )
      .map((parts) => parts.join(', ')),
  },
)
const fault = fc.oneof(
  { weight: 1, arbitrary: latin1 },
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.constantFrom(
          'delay=1',
          'delay=0-2ms',
          'truncate=3',
          'truncate=0',
          'drop',
          'html',
          'no-items',
          'unknown-values',
          'status=404',
          'status=429',
          'retry-after=-1',
          'empty-500',
          'status=500@50%',
          'x@1%',
          '@',
          '=',
        ),
        { maxLength: 2 },
      )
      .map((parts) => parts.join(',')),
  },
)
const header: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(fc.constant('Prefer'), preference),
  fc.tuple(fc.constant('X-Mock-Fault'), fault),
  fc.tuple(
    fc.constantFrom(
      'Accept',
      'Range',
      'Cookie',
      'Content-Type',
      'Origin',
      'If-None-Match',
      'Expect',
      'Connection',
      'Upgrade',
      'X-Forwarded-Host',
    ),
    latin1,
  ),
  fc.tuple(
    fc.constant('Content-Type'),
    fc.constantFrom('application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'),
  ),
)
const authorization = fc.oneof(
  { weight: 4, arbitrary: fc.constant('Bearer any') },
  { weight: 1, arbitrary: fc.constantFrom('Bearer', 'bearer x', 'Basic YTpi', 'Digest x', 'Bearer \u00ff') },
  { weight: 1, arbitrary: latin1 },
)
const body = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: latin1 },
  {
    weight: 1,
    arbitrary: fc.constantFrom('{}', '[]', 'null', '{"times":0}', '{"faults":1}', '{"__proto__":1}', '{"faults'),
  },
)
const method = fc.constantFrom(
  'GET',
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'PROPFIND',
  'TRACE',
  'get',
  'NONE',
)

/** Paths, queries, encodings, methods, headers and bodies: some good, some broken, some neither. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc.record({
  method,
  target: fc.tuple(path, search).map((parts) => parts.join('')),
  headers: fc
    .tuple(authorization, fc.array(header, { maxLength: 2 }))
    .map(([token, more]) => [['Authorization', token] as const, ...more]),
  body,
})

/** As it goes over the wire. */
export function bytesOf({ method, target, headers, body }: FuzzRequest): Buffer {
  const all = [...headers, ...(body === '' ? [] : [['Content-Length', String(body.length)] as const])]
  const lines = [`${method} ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ...all.map((pair) => pair.join(': '))]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1')
}
