import { PATHS } from '@hood-exports/openapi'
import type { Answer } from './answer.ts'
import type { Connection } from './connection.ts'
import { guardedStream } from './guarded-stream.ts'
import { checkId } from './list-query.ts'
import { callback, checkOptions, numberFrom } from './check.ts'
import { CALL_RULES } from './options.ts'
import type { OptionRule } from './check.ts'
import type { CallOptions } from './options.ts'

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
  /** Milliseconds without a byte, while somebody reads, after which the download fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined
  /** Told at every chunk. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
}

/** A file on its way. Read `body` to its end or cancel it: until then it holds one of the places in flight. */
export interface Download {
  readonly id: string
  /** The bytes, in chunks. Ends at once when the signal aborts. */
  readonly body: ReadableStream<Uint8Array>
  /** The media type, as sent; it varies with the resource. */
  readonly contentType: string | undefined
  readonly expectedBytes: number | undefined
  /** Bytes received so far. */
  readonly bytes: number
  /** `unknown` until the body has ended, and when no size is known. */
  readonly sizeCheck: 'unknown' | 'matches' | 'differs'
  /** The whole file as text; for small files. */
  text(): Promise<string>
}

/** The rules of {@link DownloadOptions}. */
export const DOWNLOAD_RULES: Readonly<Record<keyof DownloadOptions, OptionRule>> = {
  ...CALL_RULES,
  idleTimeoutMs: numberFrom(1),
  onProgress: callback,
}

/**
 * The file of an item; resolves at the head of the answer.
 * @throws ExportsError
 */
export async function download(
  { request }: Connection,
  target: DownloadTarget,
  options: DownloadOptions = {},
): Promise<Download> {
  checkOptions(options, DOWNLOAD_RULES)
  const { id, size } = typeof target === 'object' && target !== null ? target : { id: target, size: undefined }
  const { onProgress, ...call } = options
  const answer = await request(
    PATHS.download,
    { path: { id: checkId(id) } },
    { ...call, operation: 'download', id, body: guardedStream },
  )
  return createDownload(answer, { id, size }, onProgress)
}

/** Counts the bytes of an answer's stream as they are read. */
function createDownload(
  { stream, headers }: Answer,
  target: { readonly id: string; readonly size?: number | null | undefined },
  onProgress: DownloadOptions['onProgress'],
): Download {
  const expectedBytes = target.size ?? undefined
  let bytes = 0
  let isComplete = false
  const counter = new TransformStream<Uint8Array, Uint8Array>(
    {
      transform(chunk, sink) {
        bytes += chunk.byteLength
        sink.enqueue(chunk)
        onProgress?.({ bytes, expectedBytes })
      },
      flush() {
        isComplete = true
      },
    },
    { highWaterMark: 1 },
    { highWaterMark: 0 },
  )
  const body = (stream as ReadableStream<Uint8Array>).pipeThrough(counter)
  return {
    id: target.id,
    body,
    contentType: headers.get('content-type') ?? undefined,
    expectedBytes,
    get bytes() {
      return bytes
    },
    get sizeCheck() {
      if (!isComplete || expectedBytes === undefined) return 'unknown'
      return bytes === expectedBytes ? 'matches' : 'differs'
    },
    text: () => new Response(body).text(),
  }
}
