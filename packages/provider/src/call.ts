import { BadRequest } from './bad-request.ts'

/** A request, whichever adapter it came through. */
export interface Call {
  readonly method: string
  /** The path as it was sent, still percent-encoded. */
  readonly path: string
  /** What stands after `?`, still percent-encoded; empty without one. */
  readonly search: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Aborted when the caller has gone. */
  readonly signal?: AbortSignal
  /** Undefined for a request without a body. */
  readonly body?: AsyncIterable<Uint8Array> | undefined
}

export const MAX_BODY_BYTES = 1_000_000

/**
 * The text of a body; undefined for one that is larger than {@link MAX_BODY_BYTES}. A body that breaks off is empty: its
 * caller has gone.
 */
export async function readText(body: Call['body']): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    // To its end, however long: an answer sent before that would be lost with the connection.
    for await (const chunk of body ?? []) {
      length += chunk.length
      if (length <= MAX_BODY_BYTES) chunks.push(chunk)
    }
  } catch {
    return ''
  }
  return length > MAX_BODY_BYTES ? undefined : new TextDecoder().decode(Buffer.concat(chunks))
}

/** The JSON object in a body. @throws BadRequest that shows `example` */
export async function readObject({ body }: Call, example: string): Promise<Readonly<Record<string, unknown>>> {
  return parseObject((await readText(body)) ?? '', example)
}

/** The object in a JSON text. @throws BadRequest that shows `example` */
export function parseObject(text: string, example: string): Readonly<Record<string, unknown>> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>
  throw new BadRequest(`the body is not an object of JSON: send one such as ${example}`)
}

const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** Where the caller reached the server, for the examples in its pages; undefined for a host that is none. */
export function originOf({ headers }: Call): string | undefined {
  const { host } = headers
  return host !== undefined && HOST.test(host) ? `http://${host}` : undefined
}

/** Splits a request target into path and search, without decoding anything. A proxy's target names the whole URL. */
export function splitTarget(target: string): { path: string; search: string } {
  const local = target.startsWith('/') ? target : (/^https?:\/\/[^/?]*(.*)$/i.exec(target)?.[1] ?? target)
  const rooted = local.startsWith('/') || local === '*' ? local : `/${local}`
  const mark = rooted.indexOf('?')
  return mark === -1 ? { path: rooted, search: '' } : { path: rooted.slice(0, mark), search: rooted.slice(mark + 1) }
}
