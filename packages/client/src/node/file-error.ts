import { ExportsError } from '../errors.ts'

const REASONS: Readonly<Record<string, string>> = {
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

/** The error of the file system about a path. */
export function fileError(what: string, path: string, cause: unknown): ExportsError<'file'> {
  const code = codeOf(cause)
  const reason = (code && REASONS[code]) ?? code ?? String(cause)
  return new ExportsError('file', `${what}: ${reason}`, { code: code ?? 'UNKNOWN', path, cause })
}

/** The system's code of an error, such as `EEXIST`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
