import { answers, errorInstead, files, header, operationOf, replaced } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

/** The file of another id. */
function instead(change: (id: string) => string): Change {
  return (provider) => (request) => {
    const url = new URL(request.url)
    if (operationOf(request) !== 'download') return provider(request)
    url.pathname = url.pathname.replace(/\d{7}(?=\/download)/, change)
    return provider(new Request(url, request))
  }
}

const ofFile = (change: (response: Response) => Response | Promise<Response>): Change =>
  answers((response, request) =>
    operationOf(request) === 'download' && response.status === 200 ? change(response) : response,
  )

export const downloadMutants: readonly Mutant[] = mutantsOf('download', [
  ['large-cut', 'files are cut after 100 kB', files((bytes) => bytes.slice(0, 100_000))],
  [
    'once',
    'a file can be downloaded once',
    (provider) => {
      const fetched = new Set<string>()
      return async (request) => {
        const { pathname } = new URL(request.url)
        const response = await provider(request)
        if (operationOf(request) !== 'download' || response.status !== 200) return response
        if (fetched.has(pathname)) return errorInstead(response, 404, 'Not found.')
        fetched.add(pathname)
        return response
      }
    },
  ],
  ['last-byte-lost', 'the last byte is lost', files((bytes) => bytes.slice(0, -1))],
  ['half', 'half a file comes', files((bytes) => bytes.slice(0, bytes.length / 2))],
  ['line-added', 'a line is added', files((bytes) => Uint8Array.from([...bytes, 13, 10]))],
  ['byte-order-mark', 'a byte order mark is added', files((bytes) => Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]))],
  ['empty', 'files are empty', files(() => '')],
  ['base64', 'files are in base64', files((bytes) => Buffer.from(bytes).toString('base64'))],
  ['wrapped', 'files are wrapped in JSON', files((bytes) => JSON.stringify({ data: new TextDecoder().decode(bytes) }))],
  [
    'latin-1',
    'the text of a file is decoded and encoded again',
    files((bytes) => Buffer.from(bytes).toString('latin1').concat(' ')),
  ],
  ['neighbour', 'the file of the next item comes', instead((id) => String(Number(id) + 1))],
  ['always-first', 'the same file comes for every item', instead((id) => (id.startsWith('10000') ? '1000000' : id))],
  [
    'changes',
    'a file differs each time',
    (provider, surroundings) => {
      let count = 0
      return files((bytes) => bytes.with(Math.floor(bytes.length / 2), 65 + (count++ % 20)))(provider, surroundings)
    },
  ],
  [
    'shrinks',
    'a file is shorter the second time',
    (provider, surroundings) => {
      let count = 0
      return files((bytes) => bytes.slice(0, count++ === 0 ? undefined : 10))(provider, surroundings)
    },
  ],
  [
    'octet-stream',
    'the media type is application/octet-stream',
    ofFile((response) => replaced(response, { headers: { 'content-type': 'application/octet-stream' } })),
  ],
  [
    'always-csv',
    'the media type is always text/csv',
    ofFile((response) => replaced(response, { headers: { 'content-type': 'text/csv' } })),
  ],
  [
    'no-type',
    'there is no media type',
    (provider, surroundings) => {
      const other = header('content-type', () => undefined)(provider, surroundings)
      return (request) => (operationOf(request) === 'download' ? other(request) : provider(request))
    },
  ],
  [
    'missing',
    'the file of an item that is ready is missing',
    ofFile((response) =>
      replaced(response, {
        status: 404,
        headers: { 'content-type': 'application/json' },
        body: '{"code":404,"title":"Not found."}',
      }),
    ),
  ],
  [
    'failing',
    'downloads fail',
    ofFile((response) =>
      replaced(response, {
        status: 500,
        headers: { 'content-type': 'application/json' },
        body: '{"code":500,"title":"Internal server error."}',
      }),
    ),
  ],
  [
    'redirected',
    'downloads are redirected',
    ofFile((response) =>
      replaced(response, { status: 302, headers: { location: 'https://files.example/1' }, body: null }),
    ),
  ],
  [
    'accepted',
    'a download is accepted and comes later',
    ofFile((response) =>
      replaced(response, { status: 202, headers: { 'content-type': 'application/json' }, body: '{}' }),
    ),
  ],
  [
    'breaks-off',
    'files break off',
    ofFile((response) => {
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode('id,name\n'))
          controller.error(new TypeError('terminated'))
        },
      })
      return new Response(stream, { status: 200, headers: response.headers })
    }),
  ],
  [
    'length-told',
    'a download has Content-Length',
    ofFile(async (response) => {
      const bytes = new Uint8Array(await response.arrayBuffer())
      return new Response(bytes, {
        headers: { ...Object.fromEntries(response.headers), 'content-length': String(bytes.length) },
      })
    }),
  ],
])
