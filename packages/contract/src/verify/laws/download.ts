import type { AccountSnapshot } from '../account-snapshot.ts'
import type { Case, World } from '../case.ts'
import type { Credential } from '../credential.ts'
import type { Answer, Item } from '../exchange.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { wrongSizes } from '../oracle/file-sizes.ts'
import { downloadRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { contradiction, statusAndBody, violation } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { chooseFiles, expiry } from './download/choose-files.ts'
import { idOf, leavesItems } from './download/leaves-items.ts'
import type { File } from './download/leaves-items.ts'
import { haveOwnNumbers, hiddenFromOthers } from './tenancy/hidden.ts'

type Law = 'download-bytes' | 'download-type' | 'download-is-streamed' | 'download-answers' | 'download-leaves-item'

export const download: Family<Law, 'download'> = {
  name: 'download',
  laws: {
    'download-bytes': {
      expected: 'a download is the whole file of the item: as long as its size, the same each time',
      pointer: `${POINTERS.download}/responses/200`,
      source: 'V, S',
    },
    'download-type': {
      expected: 'the Content-Type of a download is the media type of the item',
      pointer: `${POINTERS.download}/responses/200/content`,
      source: 'V, S',
      isSeenIn: isFile,
    },
    'download-is-streamed': {
      expected: 'a download is sent in chunks, without Content-Length',
      pointer: POINTERS.download,
      source: 'V',
      isSeenIn: isFile,
    },
    'download-answers': {
      expected: 'the file of an item that is ready can be downloaded',
      pointer: POINTERS.download,
      source: 'V',
    },
    'download-leaves-item': {
      expected: 'a download leaves its item as it was, but for its count and its time of update',
      pointer: POINTERS.download,
      source: 'S, V',
    },
  },
}

function isFile({ request, status }: Answer): boolean {
  return request.operation === 'download' && status === 200
}

const FILES = 4

/** Small files of items that are ready, of different kinds; the first of them twice, and once by another account. */
export function downloadCases({ snapshot, tokenOwners, otherAccounts: [otherAccount] }: World): Case[] {
  const ours = chooseFiles(snapshot.items, FILES).map((item): File => ({ item, request: downloadRequest(idOf(item)) }))
  const as: Credential = { kind: 'token', of: otherAccount?.owner ?? 'main' }
  const theirs = chooseFiles(otherAccount?.items ?? [], 1).map((item): File => ({
    item,
    request: downloadRequest(idOf(item), as),
  }))
  const files = [...ours, ...theirs]
  const [first] = ours
  const otherwise =
    first === undefined || otherAccount === undefined || haveOwnNumbers(otherAccount.items, snapshot.byId)
      ? []
      : [hiddenFromOthers({ ...first.request, credential: as }, idOf(first.item), 'main')]
  return [
    ...files.map(fileCase),
    ...(first === undefined ? [] : [twice(idOf(first.item))]),
    ...leavesItems(ours, snapshot),
    ...(files.length === 0 ? [] : [sizesCase(files, otherAccount?.items ?? [])]),
    ...otherwise,
    ...(first === undefined || !tokenOwners.has('same') ? [] : [bySameAccount(idOf(first.item))]),
    ...(first === undefined ? [] : [head(idOf(first.item)), together(ours.slice(0, 2))]),
  ]
}

/** Files that came one by one, in flight together: each is what it was. */
function together(files: readonly File[]): Case {
  const alone = files.map(({ request }) => request)
  return {
    law: 'download-bytes',
    requests: [...alone, ...alone],
    together: alone.length,
    check: (answers) => alone.flatMap((_, index) => sameBytes(answers[index], answers[alone.length + index])),
  }
}

/** Another token of the account gets the same file. */
function bySameAccount(id: string): Case {
  const request = downloadRequest(id, { kind: 'token', of: 'same' })
  return {
    law: 'tokens-see-the-same',
    requests: [downloadRequest(id), request],
    check: ([one, other]) => {
      if (one?.status !== 200 || other === undefined) return []
      const broken = other.status === 200 ? sameBytes(one, other) : [contradiction('', request, statusAndBody(other))]
      return broken.map((each) => ({ ...each, law: 'tokens-see-the-same', comparedWith: one.request }))
    },
  }
}

function fileCase(file: File): Case {
  return {
    law: 'download-type',
    requests: [file.request],
    check: ([answer], { snapshot }) => {
      const known = knownItem(file, snapshot)
      return answer && known ? judgeFile(answer, known) : []
    },
  }
}

/** Compares a file with the item that it is of. */
export function judgeFile(answer: Answer, item: Item): Violation[] {
  const { request, status, headers, bytes } = answer
  if (status !== 200) {
    const at = new Date(answer.headAtWallMs).toISOString().replace('T', ' ')
    const isExpired = status === 404 && expiry(item) < at
    return isExpired ? [] : [contradiction('download-answers', request, statusAndBody(answer))]
  }
  const length = headers.get('content-length')
  // Nothing has no chunks.
  const isStreamed = length === null || bytes.length === 0
  const framing = isStreamed ? [] : [violation('download-is-streamed', request, `Content-Length ${length}`)]
  return [...framing, ...judgeMediaType(answer, item)]
}

function judgeMediaType({ request, headers, bytes }: Answer, item: Item): Violation[] {
  const { mime_type: mediaType } = item
  const contentType = headers.get('content-type')
  if (typeof mediaType !== 'string') return []
  if (/^text\/|json|xml$/.test(essence(mediaType)) && isGzip(bytes)) {
    return [contradiction('download-bytes', request, 'gzip, which no Content-Encoding names')]
  }
  if (essence(contentType ?? '') === essence(mediaType)) return []
  const actual = `Content-Type ${JSON.stringify(contentType)}, while mime_type of item "${idOf(item)}" is ${JSON.stringify(mediaType)}`
  return [contradiction('download-type', request, actual)]
}

/** A media type without its parameters. */
function essence(mediaType: string): string {
  return mediaType.replace(/;.*/, '').trim().toLowerCase()
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** As the list has it now; another account's list is not read again. Undefined: it is gone. */
function knownItem({ item, request: { credential } }: File, { byId }: AccountSnapshot): Item | undefined {
  return credential.kind === 'token' && credential.of === 'main' ? byId.get(idOf(item)) : item
}

function sizesCase(files: readonly File[], theirs: readonly Item[]): Case {
  return {
    law: 'download-bytes',
    requests: files.map(({ request }) => request),
    check: (answers, { snapshot }) => {
      const sized = files.flatMap((file, index) => {
        const answer = answers[index]
        const item = knownItem(file, snapshot)
        return answer?.status === 200 && item ? [{ item, bytes: answer.bytes.length, request: file.request }] : []
      })
      return wrongSizes(sized, [...snapshot.items, ...theirs]).map(({ item: { id, size }, bytes, request }) => {
        const actual = `${bytes} bytes, while the size of item ${JSON.stringify(id)} is ${String(size)}`
        return contradiction('download-bytes', request, actual)
      })
    },
  }
}

function twice(id: string): Case {
  // Not equal in its text, so that it is sent again and not remembered.
  const again: TestRequest = { ...downloadRequest(id), search: 'again', query: undefined }
  return {
    law: 'download-bytes',
    requests: [downloadRequest(id), again],
    check: ([one, other]) => {
      if (one?.status !== 200 || other === undefined) return []
      if (other.status !== 200) {
        const actual = `${statusAndBody(other)}, though the file came a moment before`
        return [{ ...contradiction('download-answers', again, actual), comparedWith: one.request }]
      }
      return sameBytes(one, other)
    },
  }
}

function sameBytes(one: Answer | undefined, other: Answer | undefined): Violation[] {
  if (one?.status !== 200 || other?.status !== 200 || Buffer.compare(one.bytes, other.bytes) === 0) return []
  const actual = `${other.bytes.length} bytes that differ from the ${one.bytes.length} bytes of a moment before`
  return [{ ...contradiction('download-bytes', other.request, actual), comparedWith: one.request }]
}

function head(id: string): Case {
  const request: TestRequest = { ...downloadRequest(id), method: 'HEAD' }
  return {
    law: 'download-answers',
    requests: [downloadRequest(id), request],
    check: ([whole, answer]) => {
      // Whether HEAD is answered is not documented; but then as RFC 9110 says.
      if (whole?.status !== 200 || answer === undefined) return []
      if (answer.status === 200) {
        const [type, other] = [whole, answer].map(({ headers }) => headers.get('content-type'))
        const actual = `HEAD says Content-Type ${JSON.stringify(other)}, GET ${JSON.stringify(type)}`
        return type === other ? [] : [{ ...violation('download-type', request, actual), comparedWith: whole.request }]
      }
      if ([204, 400, 404, 405, 501].includes(answer.status)) return []
      return [violation('download-answers', request, `the status ${answer.status} for HEAD`)]
    },
  }
}
