import { MAX_BODY_BYTES } from '@hood-exports/provider'

/** A copy of what has passed by, as long as it is small enough to be checked. */
export interface KeptBody {
  readonly add: (chunk: Uint8Array) => void
  /** To be called when all of it has passed by. */
  readonly end: () => void
  /** Undefined when it was too large, or has not passed by as a whole: a server may answer before. */
  readonly text: () => string | undefined
  readonly isTooLarge: () => boolean
}

export function keptBody(): KeptBody {
  let chunks: Uint8Array[] = []
  let length = 0
  let isWhole = false
  const isTooLarge = (): boolean => length > MAX_BODY_BYTES
  return {
    add: (chunk) => {
      length += chunk.length
      if (isTooLarge()) chunks = []
      else chunks.push(chunk)
    },
    end: () => {
      isWhole = true
    },
    text: () => (isTooLarge() || !isWhole ? undefined : Buffer.concat(chunks).toString()),
    isTooLarge,
  }
}
