/** What is answered, before an adapter turns it into a `Response` or writes it to a socket. */
export interface Answer {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly body: AnswerBody
}

/** By lower-case name. Several values are several lines: those of `Set-Cookie` cannot be joined (RFC 6265, 3). */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>

export type AnswerBody =
  /** Sent at once, with `Content-Length`. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Sent in chunks as the reader takes them, without `Content-Length` unless a header gives it. */
  | { readonly kind: 'chunks'; readonly chunks: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array> }
  /** A scripted fault: the connection is cut after `afterBytes` bytes of the body. */
  | { readonly kind: 'cut'; readonly of: AnswerBody; readonly afterBytes: number }
  /** A scripted fault: the connection is closed without an answer. */
  | { readonly kind: 'drop' }

/** An answer, and what to call once its last byte is sent or its reader has gone. */
export interface Exchange {
  readonly answer: Answer
  readonly end: () => void
  /** The scripted faults that happened, as in `X-Fault`. */
  readonly faults?: readonly string[]
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return jsonTextAnswer(status, JSON.stringify(value))
}

/** With JSON that is written already. */
export function jsonTextAnswer(status: number, json: string): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: bytesBody(json) }
}

export function bytesBody(text: string): AnswerBody {
  return { kind: 'bytes', bytes: Buffer.from(text) }
}

/** With headers added or replaced. */
export function withHeaders(answer: Answer, headers: AnswerHeaders): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

export function withoutEnd(answer: Answer): Exchange {
  return { answer, end: NOTHING }
}

const NOTHING = (): void => {}

/** The bytes of a body. @throws TypeError `terminated` in place of an end, for a body that is cut. */
export async function* chunksOf(body: AnswerBody): AsyncGenerator<Uint8Array, void, undefined> {
  switch (body.kind) {
    case 'bytes':
      yield body.bytes
      return
    case 'chunks':
      yield* body.chunks()
      return
    case 'cut': {
      let left = body.afterBytes
      // A body that is announced with its length and fits is whole: there is nothing left to cut.
      if (body.of.kind === 'bytes' && body.of.bytes.length <= left) return yield body.of.bytes
      if (left > 0) {
        for await (const chunk of chunksOf(body.of)) {
          const part = chunk.subarray(0, left)
          if (part.length > 0) yield part
          left -= part.length
          if (left === 0) break
        }
      }
      throw new TypeError('terminated', { cause: new Error('A scripted fault cut the body') })
    }
    case 'drop':
      return
    default:
      return body satisfies never
  }
}
