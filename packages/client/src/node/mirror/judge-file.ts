import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ExportItem } from '../../export-item.ts'

/** A file that came whole. */
export interface Arrived {
  readonly path: string
  readonly bytes: number
  /** As the answer names it. */
  readonly contentType: string | undefined
}

/** An error of the API, or the head of a page, is shorter. */
const HEAD_BYTES = 1_024

/** Why a file that came to its end is not the file of the export; `undefined` when nothing speaks against it. */
export async function wrongFile(file: Arrived, item: ExportItem): Promise<string | undefined> {
  const wrong = wrongStart({ ...file, head: await headOf(file.path) }, item)
  if (wrong !== undefined) return wrong
  return isGzip(item) && !(await isWholeGzip(file.path)) ? 'The file is a gzip stream without its end' : undefined
}

/** The same by the beginning of the file alone. */
export function wrongStart(
  { bytes, contentType = '', head }: Omit<Arrived, 'path'> & { readonly head: string },
  { size, extension, mime_type: mimeType }: Pick<ExportItem, 'size' | 'extension' | 'mime_type'>,
): string | undefined {
  if (bytes === 0 && (size ?? 0) > 0) return `The file is empty, and the API announces a size of ${size}`
  const announced = mimeType ?? extension ?? 'another type'
  const is = (type: string): boolean => `${mimeType} ${extension}`.toLowerCase().includes(type)
  if (!is('html') && (/^text\/html\b/i.test(contentType) || /^\s*<(?:!doctype html|html)\b/i.test(head))) {
    return `The answer is a page (text/html) and not the file (${announced})`
  }
  if (isErrorBody(head)) return `The answer is an error of the API and not the file (${announced})`
  if (!is('json') && /^application\/(?:\w+\+)?json\b/i.test(contentType)) {
    return `The answer is JSON and not the file (${announced})`
  }
  return undefined
}

/** `{"code": 500, "title": "…"}`, the documented shape. */
function isErrorBody(head: string): boolean {
  if (!head.trimStart().startsWith('{')) return false
  try {
    const { code, title } = JSON.parse(head) as { code?: unknown; title?: unknown }
    return typeof code === 'number' && code >= 400 && typeof title === 'string'
  } catch {
    return false
  }
}

function isGzip({ extension, mime_type: mimeType }: ExportItem): boolean {
  return extension === 'gz' || mimeType === 'application/gzip' || mimeType === 'application/x-gzip'
}

async function isWholeGzip(path: string): Promise<boolean> {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() })
  return pipeline(createReadStream(path), createGunzip(), sink).then(
    () => true,
    () => false,
  )
}

async function headOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return new TextDecoder().decode(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
