import { Readable } from 'node:stream'
import { brotliCompressSync, createBrotliCompress, createDeflate, createGzip, deflateSync, gzipSync } from 'node:zlib'
import { withHeaders } from '@hood-exports/provider'
import type { Answer, AnswerBody, Call } from '@hood-exports/provider'

const ENCODINGS = {
  gzip: { whole: gzipSync, stream: createGzip },
  deflate: { whole: deflateSync, stream: createDeflate },
  br: { whole: brotliCompressSync, stream: createBrotliCompress },
}

/** The answer in an encoding, for a caller that takes it. One that the sandbox does not know is left out. */
export function encodeAnswer(answer: Answer, encoding: string | undefined, { headers }: Call): Answer {
  const accepted = (headers['accept-encoding'] ?? '').split(',').map((name) => name.split(';')[0]?.trim())
  if (answer.status !== 200 || encoding === undefined || !accepted.includes(encoding)) return answer
  if (!Object.hasOwn(ENCODINGS, encoding)) return answer
  const body = encodeBody(answer.body, ENCODINGS[encoding as keyof typeof ENCODINGS])
  const { 'content-length': _length, ...others } = answer.headers
  return withHeaders({ ...answer, headers: others, body }, { 'content-encoding': encoding })
}

function encodeBody(body: AnswerBody, { whole, stream }: (typeof ENCODINGS)[keyof typeof ENCODINGS]): AnswerBody {
  if (body.kind === 'bytes') return { kind: 'bytes', bytes: Uint8Array.from(whole(body.bytes)) }
  if (body.kind !== 'chunks') return body
  return { kind: 'chunks', chunks: () => Readable.from(body.chunks()).pipe(stream()) }
}
