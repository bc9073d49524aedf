import { MAX_BODY_BYTES } from '../http/call.ts'

/** A copy of what has passed by, as long as it is small enough to be checked. */
export interface KeptBody {
  readonly add: (chunk: Uint8Array) => void
  /** Undefined when it was too large. */
  readonly text: () => string | undefined
}

export function keptBody(): KeptBody {
  let chunks: Uint8Array[] = []
  let length = 0
  return {
    add: (chunk) => {
      length += chunk.length
      if (length <= MAX_BODY_BYTES) chunks.push(chunk)
      else chunks = []
    },
    text: () => (length > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString()),
  }
}
