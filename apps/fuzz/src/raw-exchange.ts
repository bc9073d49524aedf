import { connect } from 'node:net'

/** What came back for bytes that were sent. */
export type RawAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: ReadonlyMap<string, string>
      readonly body: string
    }
  /** The connection ended before an answer did. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'hangs' }

const PATIENCE_MS = 10_000

/** Sends bytes as they are and reads until the server closes. */
export function rawExchange(port: number, bytes: Buffer, method: string): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1' })
    socket.setTimeout(PATIENCE_MS, () => {
      resolve({ kind: 'hangs' })
      socket.destroy()
    })
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('latin1'), method)))
    socket.write(bytes)
  })
}

function parse(received: string, method: string): RawAnswer {
  const text = received.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
  const [, status, top = '', rest = ''] = /^HTTP\/1\.1 (\d{3}) [^\r]*\r\n([^]*?)\r\n\r\n([^]*)$/.exec(text) ?? []
  if (status === undefined) return { kind: 'broken' }
  const headers = new Map(
    top.split('\r\n').map((line): [string, string] => {
      const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? []
      return [name.toLowerCase(), value]
    }),
  )
  const body = headers.get('transfer-encoding') === 'chunked' && method !== 'HEAD' ? unchunked(rest) : rest
  const isCut = body === undefined || (method !== 'HEAD' && body.length < Number(headers.get('content-length') ?? 0))
  return isCut ? { kind: 'broken' } : { kind: 'answer', status: Number(status), headers, body }
}

function unchunked(text: string): string | undefined {
  let [body, rest] = ['', text]
  for (;;) {
    const [head = '', size = ''] = /^([0-9a-f]+)\r\n/.exec(rest) ?? []
    const length = Number.parseInt(size, 16)
    if (Number.isNaN(length)) return undefined
    if (length === 0) return body
    body += rest.slice(head.length, head.length + length)
    rest = rest.slice(head.length + length + 2)
  }
}
