import * as checks from '#checks'
import { PATHS } from '@hood-exports/openapi'
import type { Answer } from './answer.ts'
import type { Connection } from './connection.ts'
import { isExportsError } from './errors.ts'
import { guardedStream } from './guarded-stream.ts'
import { checkId } from './list-query.ts'
import type { CallOptions } from './options.ts'
import { retryDelay } from './retry.ts'
import { openScope } from './scope.ts'

/** How far a download is. */
export interface DownloadProgress {
  /** Bytes received so far. */
  readonly bytes: number
  /** The item's `size`, if it was given: an estimate, because its unit is not documented. */
  readonly expectedBytes: number | undefined
}

/** What to download: an id, or an item, whose `size` is then compared. */
export type DownloadTarget = string | { readonly id: string; readonly size?: number | null | undefined }

export interface DownloadOptions extends CallOptions {
  /** Milliseconds without a byte while it is read, or without a first read, after which a download fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined
  /** Called at every chunk. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
  /**
   * The file begins again from its first byte: drop what came before. With it, a connection that breaks off is retried
   * also where the API cannot go on from the byte where it broke. Awaited before the first byte comes again.
   */
  readonly onRestart?: (() => void | Promise<void>) | undefined
}

/** A file on its way. Read `body` to its end or cancel it: until then it holds one of the places in flight. */
export interface Download {
  readonly id: string
  /** The bytes, in chunks, to be piped or looped over. Ends at once when the signal aborts. */
  readonly body: ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>
  /** The media type, as sent; it varies with the resource. */
  readonly contentType: string | undefined
  readonly expectedBytes: number | undefined
  /** Bytes received so far. */
  readonly bytes: number
  /** `unknown` until the body has ended, and when no size is known. */
  readonly sizeCheck: 'unknown' | 'matches' | 'differs'
  /** The whole file as text, in the charset that `contentType` names, by default UTF-8; for small files. */
  text(): Promise<string>
}

/**
 * The file of an item; resolves at the head of the answer. A connection that breaks off in the middle is made again,
 * within `maxRetries`: from the byte where it broke, when the `ETag` proves that the file is the same; from the
 * beginning, when no byte was read or `onRestart` is given.
 * @throws ExportsError
 */
export async function download(
  connection: Connection,
  target: DownloadTarget,
  options: DownloadOptions = {},
): Promise<Download> {
  checks.downloadOptions(options)
  const { id, size } = typeof target === 'object' && target !== null ? target : { id: target, size: undefined }
  const { onProgress, onRestart, ...call } = options
  const { clock, request, options: client } = connection
  const { maxRetries = client.maxRetries ?? 3, deadlineMs = client.deadlineMs } = call
  const params = { path: { id: checkId(id) } }
  const deadline = clock.now() + (deadlineMs ?? Infinity)
  const expectedBytes = size ?? undefined
  let bytes = 0
  let isComplete = false
  let failures = 0

  const open = (range?: Readonly<Record<string, string>>): Promise<Answer> => {
    const leftMs = deadline < Infinity ? Math.max(0, deadline - clock.now()) : undefined
    return request(PATHS.download, params, {
      ...call,
      deadlineMs: leftMs,
      operation: 'download',
      id,
      // As they are stored: packed on the way, a file has another size, and its bytes no place to go on from.
      headers: new Headers({ 'accept-encoding': 'identity', ...range }),
      body: guardedStream,
    })
  }

  const first = await open()
  const contentType = first.headers.get('content-type') ?? undefined
  let reader = readerOf(first)

  /** A reader of what is missing. @throws what has broken off, when nothing can go on from there. */
  async function resume(error: unknown): Promise<typeof reader> {
    const tag = bytes > 0 ? tagOf(first) : undefined
    if (!isExportsError(error, 'network') || (bytes > 0 && !tag && !onRestart)) throw error
    const { random = Math.random } = client
    const delayMs = retryDelay({ failures, maxRetries, status: undefined, random })
    if (delayMs === undefined || clock.now() + delayMs >= deadline) throw error
    failures += 1
    if (delayMs > 0) await openScope({ clock, signal: call.signal }).pause(delayMs)
    const answer = await open(tag ? { range: `bytes=${bytes}-`, 'if-range': tag } : undefined)
    if (tag && answer.status === 206 && answer.headers.get('content-range')?.startsWith(`bytes ${bytes}-`)) {
      return readerOf(answer)
    }
    if (bytes > 0 && !onRestart) {
      await answer.stream?.cancel()
      throw error
    }
    bytes = 0
    await onRestart?.()
    return readerOf(answer)
  }

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(sink) {
        for (;;) {
          try {
            const { done, value } = await reader.read()
            if (value) {
              bytes += value.byteLength
              sink.enqueue(value)
              onProgress?.({ bytes, expectedBytes })
            }
            if (!done) return
            isComplete = true
            return sink.close()
          } catch (error) {
            reader = await resume(error)
          }
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return {
    id,
    body: iterable(body),
    contentType,
    expectedBytes,
    get bytes() {
      return bytes
    },
    get sizeCheck() {
      if (!isComplete || expectedBytes === undefined) return 'unknown'
      return bytes === expectedBytes ? 'matches' : 'differs'
    },
    text: async () => decoderOf(contentType).decode(await new Response(body).arrayBuffer()),
  }
}

/** A stream that `for await` takes, also in browsers whose own streams it does not. */
function iterable(stream: ReadableStream<Uint8Array>): Download['body'] {
  if (Symbol.asyncIterator in stream) return stream
  return Object.assign(stream, { [Symbol.asyncIterator]: () => chunksOf(stream) })
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return undefined
      yield value
    }
  } finally {
    // Also when the loop is left early: the place in flight is given back.
    await reader.cancel()
  }
}

function readerOf({ stream }: Answer): ReadableStreamDefaultReader<Uint8Array> {
  return (stream as ReadableStream<Uint8Array>).getReader()
}

/** For the charset of a media type; UTF-8 where it has none, or one that does not exist. */
function decoderOf(contentType: string = ''): TextDecoder {
  try {
    return new TextDecoder(/charset="?([^";\s]+)/i.exec(contentType)?.[1])
  } catch {
    return new TextDecoder()
  }
}

/** What proves that a file is still the same, byte for byte: a strong `ETag`, of bytes that are sent as they are. */
function tagOf({ headers }: Answer): string | undefined {
  const tag = headers.get('etag')
  return tag?.startsWith('"') && !headers.has('content-encoding') ? tag : undefined
}
