import { askDownload } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import type { Credential } from '../credential.ts'
import { statusAndBody } from '../exchange.ts'
import type { Answer, Item } from '../exchange.ts'
import { judgeFileSizes } from '../oracle/judge-file-sizes.ts'
import type { Case, World } from './case.ts'
import { haveOwnNumbers, hiddenFromOthers } from './tenancy.ts'

const LARGEST_BYTES = 2_000_000
const FILES = 4

/** Small files of items that are ready, of different kinds; the first of them twice, and once by another account. */
export function downloadingCases({ corpus, neighbours: [neighbour] }: World): Case[] {
  const ours = chooseFiles(corpus.items, FILES).map((item): File => ({ item, ask: askDownload(idOf(item)) }))
  const theirs = neighbour === undefined ? [] : chooseFiles(neighbour.items, 1)
  const as: Credential = { kind: 'token', of: neighbour?.holder ?? 'main' }
  const files = [...ours, ...theirs.map((item): File => ({ item, ask: askDownload(idOf(item), as) }))]
  const [first] = ours
  return [
    ...files.map(fileCase),
    ...(files.length === 0 ? [] : [sizesCase(files, neighbour?.items ?? [])]),
    ...(first === undefined ? [] : [twice(idOf(first.item)), head(idOf(first.item))]),
    ...(first === undefined || neighbour === undefined || haveOwnNumbers(neighbour.items, corpus.byId)
      ? []
      : [hiddenFromOthers({ ...first.ask, credential: as }, idOf(first.item), 'main')]),
  ]
}

const idOf = (item: Item): string => String(item['id'])

/** Items that have no expiry, or the latest one; small files first, each media type once before any comes again. */
function chooseFiles(items: readonly Item[], count: number): Item[] {
  const ready = items
    .filter(({ id, status, size }) => typeof id === 'string' && status === 'ready' && isSmall(size))
    .toSorted((one, other) => expiry(other).localeCompare(expiry(one)) || Number(one['size']) - Number(other['size']))
  const kinds = new Set<unknown>()
  const fresh = ready.filter(({ mime_type: kind }) => !kinds.has(kind) && kinds.add(kind))
  return [...fresh, ...ready.filter((item) => !fresh.includes(item))].slice(0, count)
}

function isSmall(size: unknown): boolean {
  return typeof size === 'number' && size > 0 && size <= LARGEST_BYTES
}

/** Times order like texts. */
function expiry({ expire_time: time }: Item): string {
  return typeof time === 'string' ? time : '9999'
}

function fileCase({ item, ask }: File): Case {
  return {
    law: 'download-type',
    asks: [ask],
    judge: ([answer], corpus) => {
      const known = knownItem({ item, ask }, corpus)
      return answer && known ? judgeFile(answer, known) : []
    },
  }
}

/** Holds a file against the item that it is of. */
export function judgeFile(answer: Answer, item: Item): Complaint[] {
  if (answer.status !== 200) {
    const at = new Date(answer.headAtWallMs).toISOString().replace('T', ' ')
    const isExpired = answer.status === 404 && expiry(item) < at
    const came = statusAndBody(answer)
    return isExpired ? [] : [{ law: 'download-answers', came, evidence: 'comparison' }]
  }
  return [...judgeFraming(answer), ...judgeMediaType(answer, item)]
}

function judgeFraming({ headers, bytes }: Answer): Complaint[] {
  const length = headers.get('content-length')
  // Nothing has no chunks.
  if (length === null || bytes.length === 0) return []
  return [{ law: 'download-is-streamed', came: `Content-Length ${length}`, evidence: 'answer' }]
}

function judgeMediaType({ headers, bytes }: Answer, item: Item): Complaint[] {
  const { mime_type: mediaType } = item
  const contentType = headers.get('content-type')
  if (typeof mediaType !== 'string') return []
  if (/^text\/|json|xml$/.test(essence(mediaType)) && isGzip(bytes)) {
    return [{ law: 'download-bytes', came: 'gzip, which no Content-Encoding tells', evidence: 'comparison' }]
  }
  if (essence(contentType ?? '') === essence(mediaType)) return []
  const came = `Content-Type ${JSON.stringify(contentType)}, while mime_type of item "${idOf(item)}" is ${JSON.stringify(mediaType)}`
  return [{ law: 'download-type', came, evidence: 'comparison' }]
}

/** A media type without its parameters. */
function essence(mediaType: string): string {
  return mediaType.replace(/;.*/, '').trim().toLowerCase()
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

interface File {
  readonly item: Item
  readonly ask: Ask
}

/** As the list has it now; another account's list is not read again. Undefined: it is gone. */
function knownItem({ item, ask: { credential } }: File, { byId }: Corpus): Item | undefined {
  return credential.kind === 'token' && credential.of === 'main' ? byId.get(idOf(item)) : item
}

function sizesCase(files: readonly File[], theirs: readonly Item[]): Case {
  return {
    law: 'download-bytes',
    asks: files.map(({ ask }) => ask),
    judge: (answers, corpus) => {
      const sized = files.flatMap((file, ask) => {
        const answer = answers[ask]
        const known = knownItem(file, corpus)
        return answer?.status === 200 && known ? [{ ask, item: known, bytes: answer.bytes.length }] : []
      })
      return judgeFileSizes(sized, [...corpus.items, ...theirs])
    },
  }
}

function twice(id: string): Case {
  // Not equal in its text, so that it is sent again and not remembered.
  const again = { ...askDownload(id, { kind: 'token', of: 'main' }), search: 'again' }
  return {
    law: 'download-bytes',
    asks: [askDownload(id), { ...again, query: undefined }],
    judge: ([one, other]) => {
      if (one?.status !== 200 || other?.status !== 200 || Buffer.compare(one.bytes, other.bytes) === 0) return []
      const came = `${other.bytes.length} bytes that differ from the ${one.bytes.length} bytes of a moment before`
      return [{ law: 'download-bytes', came, evidence: 'comparison', ask: 1 }]
    },
  }
}

function head(id: string): Case {
  return {
    law: 'download-answers',
    asks: [askDownload(id), { ...askDownload(id), method: 'HEAD' }],
    judge: ([whole, answer]) => {
      // Whether HEAD is answered is not documented; but then as RFC 9110 says.
      if (whole?.status !== 200 || answer === undefined) return []
      if (answer.status === 200) {
        const [type, other] = [whole, answer].map(({ headers }) => headers.get('content-type'))
        const came = `HEAD says Content-Type ${JSON.stringify(other)}, GET ${JSON.stringify(type)}`
        return type === other ? [] : [{ law: 'download-type', came, evidence: 'answer', ask: 1 }]
      }
      if ([204, 400, 404, 405, 501].includes(answer.status)) return []
      return [{ law: 'download-answers', came: `the status ${answer.status} for HEAD`, evidence: 'answer', ask: 1 }]
    },
  }
}
