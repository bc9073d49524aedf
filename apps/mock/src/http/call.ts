/** A request as the mock sees it, whichever edge it came through. */
export interface Call {
  readonly method: string
  /** The path as it was sent, still percent-encoded. */
  readonly path: string
  /** What stands after `?`, still percent-encoded; empty without one. */
  readonly search: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Aborted when the answer is not waited for any more. */
  readonly signal?: AbortSignal
  /** Undefined for a request without a body. */
  readonly body?: AsyncIterable<Uint8Array> | undefined
}

export const MAX_BODY_BYTES = 1_000_000

/** The text of a body; undefined for one that is larger than {@link MAX_BODY_BYTES}. */
export async function readText(body: Call['body']): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** Where the caller has reached the mock, for examples in its page; a host that is none is not repeated. */
export function originOf({ headers }: Call): string {
  const { host } = headers
  return host !== undefined && HOST.test(host) ? `http://${host}` : 'http://127.0.0.1:4010'
}

/** Splits a request target into path and search, without decoding anything. A proxy's target names the whole URL. */
export function splitTarget(target: string): { path: string; search: string } {
  const local = target.startsWith('/') ? target : (/^https?:\/\/[^/?]*(.*)$/i.exec(target)?.[1] ?? target)
  const rooted = local.startsWith('/') || local === '*' ? local : `/${local}`
  const mark = rooted.indexOf('?')
  return mark === -1 ? { path: rooted, search: '' } : { path: rooted.slice(0, mark), search: rooted.slice(mark + 1) }
}

/** The token of `Authorization: Bearer <token>`; undefined without one. */
export function bearerToken({ headers }: Call): string | undefined {
  return /^Bearer\s(.+)$/.exec(headers['authorization'] ?? '')?.[1]
}
