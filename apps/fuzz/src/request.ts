import { PATHS } from '@hood-exports/openapi'
import fc from 'fast-check'
import { madeUpBody } from './bodies.ts'
import type { FuzzRequest, Ingredients } from './ingredients.ts'
import { knownRequest } from './known-request.ts'
import { junk, latin1, search } from './words.ts'

const POSTS = [PATHS.retry, PATHS.exportQuickReport] as const
const METHODS = ['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'TRACE', 'CONNECT', 'get', 'NONE']
const ODD_HEADERS = ['Accept', 'Range', 'Cookie', 'Content-Type', 'Origin', 'If-None-Match', 'Expect', 'Connection']
const ODD_PATHS = ['//', '*', `${PATHS.list}/`, `http://x${PATHS.list}`, 'http://[', '/reference/../x']

/** Made-up requests, POSTs that the API has, and requests whose answer is known. */
export function fuzzRequest(ingredients: Ingredients): fc.Arbitrary<FuzzRequest> {
  const madeUp = madeUpRequest(ingredients)
  const id = fc.constantFrom(...ingredients.ids, '0', '007')
  const posted = fc
    .tuple(
      madeUp,
      fc.constantFrom(...POSTS),
      id,
      madeUpBody,
      fc.constantFrom('application/json', 'application/json', 'x/y'),
    )
    .map(([request, template, segment, body, mediaType]) => ({
      ...request,
      method: 'POST',
      target: template.replace('{id}', segment),
      headers: [...request.headers, ['Content-Type', mediaType] as const],
      body,
    }))
  return fc.oneof(
    { weight: 6, arbitrary: madeUp },
    { weight: 2, arbitrary: posted },
    { weight: 2, arbitrary: knownRequest(ingredients) },
  )
}

/** Paths, queries, encodings, methods, headers and bodies: some good, some broken, some neither. */
function madeUpRequest({ tokens, ids, paths, bodies, scripts }: Ingredients): fc.Arbitrary<FuzzRequest> {
  const id = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...ids, '0', '007', '{id}', '9'.repeat(40)) },
    { weight: 1, arbitrary: junk },
  )
  const path = fc.oneof(
    { weight: 3, arbitrary: fc.constant(PATHS.list as string) },
    { weight: 3, arbitrary: id.map((segment) => PATHS.view.replace('{id}', () => segment)) },
    { weight: 3, arbitrary: id.map((segment) => PATHS.download.replace('{id}', () => segment)) },
    ...POSTS.map((template) => ({
      weight: 1,
      arbitrary: id.map((segment) => template.replace('{id}', () => segment)),
    })),
    { weight: 2, arbitrary: junk.map((text) => `/${text}`) },
    { weight: 1, arbitrary: junk },
    { weight: 1, arbitrary: fc.constantFrom(...paths, ...ODD_PATHS) },
  )
  const authorization = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...tokens).map((token) => `Bearer ${token}`) },
    { weight: 1, arbitrary: fc.constantFrom('Bearer', 'bearer x', 'Basic YTpi', 'Digest x', 'Bearer \u00ff') },
    { weight: 1, arbitrary: latin1 },
  )
  const scripted = Object.entries(scripts).map(([name, parts]) =>
    fc
      .oneof(
        { weight: 1, arbitrary: latin1 },
        { weight: 4, arbitrary: fc.constantFrom(...parts) },
        { weight: 2, arbitrary: fc.array(fc.constantFrom(...parts), { maxLength: 3 }).map((list) => list.join(',')) },
      )
      .map((text) => [name, text] as const),
  )
  const header: fc.Arbitrary<readonly [string, string]> = fc.oneof(
    ...scripted,
    fc.tuple(fc.constantFrom(...ODD_HEADERS, 'Upgrade', 'X-Forwarded-Host'), latin1),
    fc.constantFrom<readonly [string, string]>(
      ['Expect', '100-continue'],
      ['Content-Type', 'application/json'],
      ['Content-Type', 'multipart/form-data'],
      ['Range', 'bytes=0-1'],
      ['Upgrade', 'websocket'],
    ),
  )
  const body = fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: latin1 },
    { weight: 1, arbitrary: madeUpBody },
    { weight: 1, arbitrary: fc.constantFrom('{}', ...bodies) },
  )
  return fc.record({
    method: fc.oneof(
      { weight: 4, arbitrary: fc.constant('GET') },
      { weight: 6, arbitrary: fc.constantFrom(...METHODS) },
    ),
    host: fc.oneof(
      { weight: 9, arbitrary: fc.constant('x') },
      { weight: 1, arbitrary: fc.constantFrom(undefined, '', '<x>', '[::1]:1') },
    ),
    target: fc.tuple(path, search).map((parts) => parts.join('')),
    headers: fc
      .tuple(authorization, fc.array(header, { maxLength: 2 }))
      .map(([token, more]) => [['Authorization', token] as const, ...more]),
    body,
  })
}

/** As it goes over the wire. */
export function bytesOf({ method, target, host, headers, body }: FuzzRequest): Buffer {
  const all = [...headers, ...(body === '' ? [] : [['Content-Length', String(body.length)] as const])]
  const sent = [...(host === undefined ? [] : [['Host', host] as const]), ['Connection', 'close'] as const, ...all]
  const lines = [`${method} ${target} HTTP/1.1`, ...sent.map((pair) => pair.join(': '))]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1')
}

/** What a request says under a name, all of it. */
export function headerOf({ headers }: FuzzRequest, name: string): string {
  return headers
    .filter(([given]) => given === name)
    .map(([, value]) => value)
    .join()
}
