import type { Answer } from '@hood-exports/provider'
import type { Choices } from './choices.ts'
import { contentDisposition } from './content-disposition.ts'
import { fileContent } from './data/file-content.ts'
import type { DownloadableItem } from './data/item-store.ts'
import { OTHER_URL_PREFIX } from './made-up.ts'

/** Where an account's files are that has them at another origin. Nothing is there: no client may bring its token. */
const OTHER_ORIGIN = 'https://files.sandbox.example'

/** The file of an export, or the redirection to it. @param path The path that was asked for. */
export function downloadAnswer(item: DownloadableItem & { size: number }, path: string, choices: Choices): Answer {
  const { id, size, extension } = item
  const redirect = choices['download.redirect']
  if (redirect !== 'none' && !path.startsWith(OTHER_URL_PREFIX)) {
    const location = `${redirect === 'other-origin' ? OTHER_ORIGIN : ''}${OTHER_URL_PREFIX}${id}`
    return { status: 302, headers: { location }, body: { kind: 'bytes', bytes: new Uint8Array() } }
  }
  const name = fileNameOf(item, choices['download.file-name'])
  return {
    status: 200,
    headers: {
      'content-type': TYPES[choices['download.content-type']](item.mime_type ?? 'application/octet-stream'),
      ...(name === undefined ? {} : { 'content-disposition': contentDisposition(name) }),
      ...(choices['download.length'] === 'sent' ? { 'content-length': String(size) } : {}),
    },
    body: { kind: 'chunks', chunks: () => fileContent({ id, size, extension }) },
  }
}

const TYPES: Readonly<Record<Choices['download.content-type'], (type: string) => string>> = {
  mime_type: (type) => type,
  'mime_type-with-parameters': (type) => `${type}; charset=utf-8`,
  other: () => 'application/octet-stream',
}

function fileNameOf({ id, name, extension }: DownloadableItem, way: Choices['download.file-name']): string | undefined {
  const ending = extension === null ? '' : `.${extension}`
  switch (way) {
    case 'none':
      return undefined
    case 'name':
      return name
    case 'name-with-extension':
      return `${name}${ending}`
    case 'id':
      return String(id)
    case 'id-with-extension':
      return `${id}${ending}`
    case 'other':
      return `export${ending}`
    default:
      return way satisfies never
  }
}
