/** What the sandbox answers, before an edge turns it into a `Response` or writes it to a socket. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: AnswerBody
}

export type AnswerBody =
  /** Sent at once, with `Content-Length`. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Sent in chunks as the reader takes them, without `Content-Length`. */
  | { readonly kind: 'chunks'; readonly chunks: () => Iterable<Uint8Array> }
  /** A scripted fault: the connection is cut after `afterBytes` bytes of the body. */
  | { readonly kind: 'cut'; readonly of: AnswerBody; readonly afterBytes: number }
  /** A scripted fault: the connection is closed without an answer. */
  | { readonly kind: 'drop' }

export function jsonAnswer(status: number, json: string | Uint8Array<ArrayBuffer>): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: bytesBody(json) }
}

export function htmlAnswer(status: number, html: string): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: bytesBody(html) }
}

export function bytesBody(content: string | Uint8Array<ArrayBuffer>): AnswerBody {
  return { kind: 'bytes', bytes: typeof content === 'string' ? Buffer.from(content) : content }
}
