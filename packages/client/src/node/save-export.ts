import { createHash, randomBytes } from 'node:crypto'
import { link, lstat, open, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { ExportsClient } from '../client.ts'
import { DOWNLOAD_RULES } from '../download.ts'
import type { Download, DownloadOptions } from '../download.ts'
import { ExportsError } from '../errors.ts'
import { invalidOption } from '../failures.ts'
import type { ExportItem } from '../export-item.ts'
import { checkOptions, oneOf, text } from '../check.ts'
import type { OptionRule } from '../check.ts'
import { safeFileName } from './safe-file-name.ts'

/** An id, which costs one more request for the name, or an item that has been read already. */
export type SaveTarget = string | (Pick<ExportItem, 'id'> & Partial<Pick<ExportItem, 'name' | 'extension' | 'size'>>)

export interface SaveOptions extends DownloadOptions {
  /** Where the file goes; must exist. Default: the working directory. */
  readonly directory?: string | undefined
  /** Without it, the export's name and extension, made safe. With separators in it, it is refused. */
  readonly fileName?: string | undefined
  /** When there is such a file: refuse before anything is sent, replace it, or save beside it. Default `fail`. */
  readonly ifExists?: 'fail' | 'overwrite' | 'rename' | undefined
  /** What other than `size` bytes means. Its unit is not documented, so it is told, not judged. Default `report`. */
  readonly onSizeMismatch?: 'report' | 'fail' | undefined
}

const SAVE_RULES: Readonly<Record<keyof SaveOptions, OptionRule>> = {
  ...DOWNLOAD_RULES,
  directory: text,
  fileName: text,
  ifExists: oneOf('fail', 'overwrite', 'rename'),
  onSizeMismatch: oneOf('report', 'fail'),
}

/** A file that is there, whole and flushed. */
export interface SavedExport {
  readonly id: string
  /** Absolute. */
  readonly path: string
  readonly bytes: number
  /** Of what was written; hexadecimal. */
  readonly sha256: string
  readonly sizeCheck: Download['sizeCheck']
  readonly contentType: string | undefined
}

/**
 * Downloads an export into a file. Until it is complete it has a name of its own that ends in `.part`; a failed or
 * aborted download leaves nothing behind.
 *
 * @throws ExportsError as `download`; `file` when it exists or cannot be written; `size-mismatch` when asked for.
 */
export async function saveExport(
  client: Pick<ExportsClient, 'get' | 'download'>,
  target: SaveTarget,
  options: SaveOptions = {},
): Promise<SavedExport> {
  checkOptions(options, SAVE_RULES)
  const { directory = '.', fileName, ifExists = 'fail', onSizeMismatch = 'report', ...call } = options
  if (fileName !== undefined) checkFileName(fileName)
  const item =
    typeof target !== 'string'
      ? target
      : await client.get(target, { fields: ['id', 'name', 'extension', 'size'] }, omitDownload(call))
  const path = resolve(directory, fileName ?? safeFileName(item.name ?? `export-${item.id}`, item.extension))
  if (ifExists === 'fail' && (await isThere(path))) throw exists(path)

  const part = `${path}.${randomBytes(4).toString('hex')}.part`
  const file = await open(part, 'wx').catch((error: unknown) => {
    throw fileError(`"${directory}" cannot be written to`, path, error)
  })
  let saved: SavedExport
  try {
    try {
      saved = await write(file, path, await client.download(item, call))
    } finally {
      await file.close()
    }
    if (onSizeMismatch === 'fail' && saved.sizeCheck === 'differs') {
      throw new ExportsError(
        'size-mismatch',
        `The export ${item.id} has ${saved.bytes} bytes, but its size is ${String(item.size)}: it was not kept`,
        { id: item.id, bytes: saved.bytes, expectedBytes: Number(item.size) },
      )
    }
    saved = { ...saved, path: await settle(part, path, ifExists) }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  await flushDirectory(dirname(path))
  return saved
}

async function write(file: FileHandle, path: string, download: Download): Promise<SavedExport> {
  const hash = createHash('sha256')
  for await (const chunk of download.body) {
    hash.update(chunk)
    await writeWhole(file, chunk).catch((error: unknown) => {
      throw fileError(`"${path}" cannot be written`, path, error)
    })
  }
  await file.sync().catch((error: unknown) => {
    throw fileError(`"${path}" cannot be flushed`, path, error)
  })
  const { id, bytes, sizeCheck, contentType } = download
  return { id, path, bytes, sha256: hash.digest('hex'), sizeCheck, contentType }
}

async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let offset = 0; offset < chunk.byteLength;) {
    const { bytesWritten } = await file.write(chunk, offset)
    offset += bytesWritten
  }
}

/** Gives a complete file its name; never over another one unless that was asked for. */
async function settle(part: string, path: string, ifExists: NonNullable<SaveOptions['ifExists']>): Promise<string> {
  try {
    if (ifExists === 'overwrite') {
      await rename(part, path)
      return path
    }
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? path : numbered(path, number)
      if (await claim(part, name)) return name
      if (ifExists === 'fail') throw exists(path)
    }
  } catch (error) {
    throw error instanceof ExportsError ? error : fileError(`"${path}" cannot be written`, path, error)
  }
}

/** Moves the file to a name that nobody has; false when somebody does. */
async function claim(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!NO_LINKS.includes(codeOf(error) ?? '')) throw error
    // A file system without links: an empty file takes the name first.
    const taken = await open(path, 'wx').catch((reason: unknown) => {
      if (codeOf(reason) === 'EEXIST') return undefined
      throw reason
    })
    if (!taken) return false
    await taken.close()
    await rename(part, path)
    return true
  }
  await rm(part, { force: true })
  return true
}

const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']

/** `list (2).csv` */
function numbered(path: string, number: number): string {
  const extension = extname(path)
  return join(dirname(path), `${basename(path, extension)} (${number})${extension}`)
}

/** A name in a directory is as durable as the directory. Not every system can flush one. */
async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory).catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/** Whether the name is taken, be it by a link that leads nowhere. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

/** A name from the caller is not changed silently. */
function checkFileName(fileName: string): void {
  if (safeFileName(fileName) === fileName) return
  const example = JSON.stringify(safeFileName(fileName))
  throw invalidOption('fileName', fileName, `is not a file name on every system; give for example ${example}`)
}

function omitDownload({ onProgress: _progress, idleTimeoutMs: _idle, ...call }: DownloadOptions): DownloadOptions {
  return call
}

function exists(path: string): ExportsError {
  return new ExportsError(
    'file',
    `"${path}" exists already: pass ifExists 'overwrite' or 'rename', or another fileName`,
    { code: 'EEXIST', path },
  )
}

function fileError(what: string, path: string, cause: unknown): ExportsError {
  const reasons: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EFBIG: 'the file is larger than allowed here',
    ENOENT: 'the directory does not exist: create it first',
    ENOTDIR: 'it is not a directory',
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EROFS: 'the file system is read-only',
    ENAMETOOLONG: 'the path is too long',
  }
  const code = codeOf(cause) ?? 'UNKNOWN'
  return new ExportsError('file', `${what}: ${reasons[code] ?? codeOf(cause) ?? String(cause)}`, { code, path, cause })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
