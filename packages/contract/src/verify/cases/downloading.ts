import { askDownload } from '../ask.ts'
import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import { statusAndBody } from '../exchange.ts'
import type { Answer, Item } from '../exchange.ts'
import type { Case, World } from './case.ts'

const LARGEST_BYTES = 2_000_000
const FILES = 3

/** Small files of items that are ready, of different kinds; the first of them twice. */
export function downloadingCases({ corpus }: World): Case[] {
  const files = chooseFiles(corpus.items)
  const [first] = files
  return [
    ...files.map((item) => ({
      law: 'download-bytes' as const,
      asks: [askDownload(String(item['id']))],
      judge: ([answer]: readonly Answer[], known: Corpus) => (answer ? judgeFile(answer, known) : []),
    })),
    ...(first === undefined ? [] : [twice(String(first['id'])), head(String(first['id']))]),
  ]
}

/** Items that have no expiry, or the latest one; small files first, each media type once before any comes again. */
function chooseFiles(items: readonly Item[]): Item[] {
  const ready = items
    .filter(({ id, status, size }) => typeof id === 'string' && status === 'ready' && isSmall(size))
    .toSorted((one, other) => expiry(other).localeCompare(expiry(one)) || Number(one['size']) - Number(other['size']))
  const kinds = new Set<unknown>()
  const fresh = ready.filter(({ mime_type: kind }) => !kinds.has(kind) && kinds.add(kind))
  return [...fresh, ...ready.filter((item) => !fresh.includes(item))].slice(0, FILES)
}

function isSmall(size: unknown): boolean {
  return typeof size === 'number' && size > 0 && size <= LARGEST_BYTES
}

/** Times order like texts. */
function expiry({ expire_time: time }: Item): string {
  return typeof time === 'string' ? time : '9999'
}

function judgeFile(answer: Answer, corpus: Corpus): Complaint[] {
  const id = decodeURIComponent(answer.ask.path.split('/').at(-2) ?? '')
  const item = corpus.byId.get(id)
  if (item === undefined) return []
  if (answer.status !== 200) {
    const at = new Date(answer.headAtWallMs).toISOString().replace('T', ' ')
    const isExpired = answer.status === 404 && expiry(item) < at
    const came = statusAndBody(answer)
    return isExpired ? [] : [{ law: 'download-answers', came, evidence: 'comparison' }]
  }
  const complaints: Complaint[] = []
  const { size, mime_type: mediaType } = item
  if (typeof size === 'number' && !isSizeOf(size, answer.bytes.length)) {
    const came = `${answer.bytes.length} bytes, while the size of item "${id}" is ${size}`
    complaints.push({ law: 'download-bytes', came, evidence: 'comparison' })
  }
  const contentType = answer.headers.get('content-type')
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  if (typeof mediaType === 'string' && type !== mediaType.toLowerCase()) {
    const came = `Content-Type ${JSON.stringify(contentType)}, while mime_type of item "${id}" is ${JSON.stringify(mediaType)}`
    complaints.push({ law: 'download-type', came, evidence: 'comparison' })
  }
  return complaints
}

/** In bytes; the unit is not documented, so kilobytes of either kind will do. */
function isSizeOf(size: number, bytes: number): boolean {
  if (size === bytes) return true
  return [1_000, 1_024].some((unit) => bytes >= unit && Math.abs(size - bytes / unit) < 1)
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
