import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An OpenAPI document in files. */
export interface SpecFile {
  readonly path: string
  /** With everything that it refers to in other files. */
  readonly document: object
  /** All of its files. */
  readonly files: readonly string[]
}

/** The file, or one that it refers to, cannot be read or is no OpenAPI 3 document. The message says which and why. */
export class SpecUnreadable extends Error {
  override readonly name = 'SpecUnreadable'
}

/** Reads a document and what it refers to. Nothing is fetched over the network. @throws SpecUnreadable */
export async function readSpec(path: string): Promise<SpecFile> {
  const main = resolve(path)
  try {
    // A missing file has a better error of its own than of the parser.
    await readFile(main)
    const { default: RefParser } = await import('@stoplight/json-schema-ref-parser')
    const parser = new RefParser()
    const document: object = await parser.bundle(main, { resolve: { http: { canRead: false } } })
    checkOpenApi(document)
    // `bundle` shares objects; a round trip makes the document a tree that Prism may change.
    const tree = JSON.parse(JSON.stringify(document)) as object
    return { path: main, document: tree, files: parser.$refs.paths('file').map(toPath) }
  } catch (error) {
    throw new SpecUnreadable(`${shown(main)}: ${reasonOf(error)}`, { cause: error })
  }
}

function toPath(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file
}

function shown(path: string): string {
  const local = relative(process.cwd(), path)
  return local.startsWith('..') ? path : local
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'this is a folder; give the file with the OpenAPI document'
  return message
}

function checkOpenApi(document: object): void {
  const { openapi, paths } = document as { readonly openapi?: unknown; readonly paths?: unknown }
  if (typeof openapi !== 'string' || !openapi.startsWith('3.')) {
    throw new Error('this is no OpenAPI 3 document: it has no line such as `openapi: 3.1.1`')
  }
  if (typeof paths !== 'object' || paths === null || Object.keys(paths).length === 0) {
    throw new Error('this document has no `paths`, and so no operation to answer')
  }
}
