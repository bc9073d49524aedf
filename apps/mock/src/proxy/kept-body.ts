import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { MAX_BODY_BYTES } from '@hood-exports/provider'

/** A copy of what has passed by, as long as it is small enough to be checked. */
export interface KeptBody {
  readonly add: (chunk: Uint8Array) => void
  /** To be called when all of it has passed by. */
  readonly end: () => void
  /**
   * Undefined when it was too large, or has not passed by as a whole: a server may answer before.
   *
   * @param encoding Its `Content-Encoding`. @throws Error when it cannot be decoded
   */
  readonly text: (encoding?: string) => string | undefined
  readonly isTooLarge: () => boolean
}

export function keptBody(): KeptBody {
  let chunks: Uint8Array[] = []
  let length = 0
  let isWhole = false
  let isTooLargeDecoded = false
  const isTooLarge = (): boolean => isTooLargeDecoded || length > MAX_BODY_BYTES
  return {
    add: (chunk) => {
      length += chunk.length
      if (isTooLarge()) chunks = []
      else chunks.push(chunk)
    },
    end: () => {
      isWhole = true
    },
    text: (encoding = '') => {
      if (isTooLarge() || !isWhole) return undefined
      try {
        return decode(Buffer.concat(chunks), encoding).toString()
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error
        isTooLargeDecoded = true
        return undefined
      }
    },
    isTooLarge,
  }
}

const DECODERS: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  '': (bytes) => bytes,
  identity: (bytes) => bytes,
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}

function decode(bytes: Buffer, encoding: string): Buffer {
  const decoder = DECODERS[encoding.trim().toLowerCase()]
  if (decoder === undefined) throw new Error(`the Content-Encoding ${JSON.stringify(encoding)} is not known`)
  return bytes.length === 0 ? bytes : decoder(bytes, { maxOutputLength: MAX_BODY_BYTES })
}
