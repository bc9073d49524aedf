import { createHash, randomBytes } from 'node:crypto'
import { lstat, open, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { ExportsClient } from '../client.ts'
import type { Download, DownloadOptions, DownloadTarget } from '../download.ts'
import { ExportsError } from '../errors.ts'
import { invalidOption } from '../failures.ts'
import type { ExportItem } from '../export-item.ts'
import { checkOptions, oneOf, text } from '../check.ts'
import { DOWNLOAD_RULES } from '../option-checks.ts'
import type { OptionRule } from '../check.ts'
import type { CallOptions } from '../options.ts'
import { fileError } from './file-error.ts'
import { hashFile } from './hash-file.ts'
import { flushDirectory, placeFile } from './place-file.ts'
import { safeFileName } from './safe-file-name.ts'

/** An id, which costs one more request for the name, or an item that has been read already. */
export type SaveTarget = string | (Pick<ExportItem, 'id'> & Partial<Pick<ExportItem, 'name' | 'extension' | 'size'>>)

export interface SaveOptions extends DownloadOptions {
  /** Where the file goes; must exist. Default: the working directory. */
  readonly directory?: string | undefined
  /** Without it, the export's name and extension, made safe. With separators in it, it is refused. */
  readonly fileName?: string | undefined
  /**
   * When there is such a file: refuse before anything is sent, replace it, save beside it, or take it for the export's
   * without a download, whatever is in it. Default `fail`.
   */
  readonly ifExists?: 'fail' | 'overwrite' | 'rename' | 'skip' | undefined
  /** What other than `size` bytes means. Its unit is not documented, so it is reported, not judged. Default `report`. */
  readonly onSizeMismatch?: 'report' | 'fail' | undefined
}

const SAVE_RULES: Readonly<Record<string, OptionRule>> = {
  ...DOWNLOAD_RULES,
  directory: text,
  fileName: text,
  ifExists: oneOf('fail', 'overwrite', 'rename', 'skip'),
  onSizeMismatch: oneOf('report', 'fail'),
}

/** A file that is there, whole and flushed. */
export interface SavedExport {
  readonly id: string
  /** `skipped`: it was there already, and `ifExists` is `skip`. */
  readonly outcome: 'saved' | 'skipped'
  /** Absolute. */
  readonly path: string
  readonly bytes: number
  /** SHA-256 of what was written; hexadecimal. */
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
  if (ifExists === 'skip' && (await isThere(path))) return skipped(item, path)

  const part = `${path}.${randomBytes(4).toString('hex')}.part`
  const file = await open(part, 'wx').catch((error: unknown) => {
    throw fileError(`"${directory}" cannot be written to`, path, error)
  })
  try {
    let saved: SavedExport
    try {
      saved = await write(client, item, { file, path, call })
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
    const settled = await settle(part, path, ifExists)
    return settled === undefined ? await skipped(item, path) : { ...saved, path: settled }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

interface WriteOptions {
  readonly file: FileHandle
  readonly path: string
  readonly call: DownloadOptions
}

async function write(
  client: Pick<ExportsClient, 'download'>,
  item: DownloadTarget & { readonly id: string },
  { file, path, call }: WriteOptions,
): Promise<SavedExport> {
  let hash = createHash('sha256')
  let position = 0
  const onRestart = async (): Promise<void> => {
    hash = createHash('sha256')
    position = 0
    await file.truncate()
    await call.onRestart?.()
  }
  const download = await client.download(item, { ...call, onRestart })
  for await (const chunk of download.body) {
    hash.update(chunk)
    await writeWhole(file, chunk, position).catch((error: unknown) => {
      throw fileError(`"${path}" cannot be written`, path, error)
    })
    position += chunk.byteLength
  }
  await file.sync().catch((error: unknown) => {
    throw fileError(`"${path}" cannot be flushed`, path, error)
  })
  const { id, bytes, sizeCheck, contentType } = download
  return { id, outcome: 'saved', path, bytes, sha256: hash.digest('hex'), sizeCheck, contentType }
}

async function writeWhole(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let offset = 0; offset < chunk.byteLength;) {
    const { bytesWritten } = await file.write(chunk, offset, chunk.byteLength - offset, position + offset)
    offset += bytesWritten
  }
}

/** A file that was there already. */
async function skipped({ id, size }: Exclude<SaveTarget, string>, path: string): Promise<SavedExport> {
  const sha256 = await hashFile(path)
  if (sha256 === undefined) throw exists(path)
  const { size: bytes } = await stat(path)
  const sizeCheck = typeof size !== 'number' ? 'unknown' : size === bytes ? 'matches' : 'differs'
  return { id, outcome: 'skipped', path, bytes, sha256, sizeCheck, contentType: undefined }
}

/**
 * Gives a complete file its name; never over another one unless that was asked for.
 * @returns its path; `undefined` when there is one already that is to be taken for it
 */
async function settle(
  part: string,
  path: string,
  ifExists: NonNullable<SaveOptions['ifExists']>,
): Promise<string | undefined> {
  try {
    if (ifExists === 'overwrite') {
      await rename(part, path)
      await flushDirectory(dirname(path))
      return path
    }
    let number = 1
    let isSkipped = false
    const onTaken = async (): Promise<string | undefined> => {
      if (ifExists === 'fail') throw exists(path)
      if (ifExists === 'skip') {
        isSkipped = true
        return undefined
      }
      number += 1
      return numbered(path, number)
    }
    const settled = await placeFile({ staged: part, path, onTaken })
    return isSkipped ? undefined : settled
  } catch (error) {
    throw error instanceof ExportsError ? error : fileError(`"${path}" cannot be written`, path, error)
  }
}

/** `list (2).csv` */
function numbered(path: string, number: number): string {
  const extension = extname(path)
  return join(dirname(path), `${basename(path, extension)} (${number})${extension}`)
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

function omitDownload({
  onProgress: _progress,
  onRestart: _restart,
  idleTimeoutMs: _idle,
  ...call
}: DownloadOptions): CallOptions {
  return call
}

function exists(path: string): ExportsError {
  return new ExportsError(
    'file',
    `"${path}" exists already: pass ifExists 'overwrite', 'rename' or 'skip', or another fileName`,
    { code: 'EEXIST', path },
  )
}
