import { FIRST_NAMES } from './vocabulary.ts'

export interface FileOptions {
  readonly id: number
  /** Bytes; the content has exactly this many. */
  readonly size: number
  readonly extension: string | null
}

interface Format {
  readonly head: string
  /** One record. Its number is written as `NUMBER_DIGITS` digits in place of `NUMBER`. */
  readonly record: (name: string) => string
  readonly tail: string
}

const NUMBER_DIGITS = 12
const NUMBER = '0'.repeat(NUMBER_DIGITS)
const ZERO = 0x30
const SPACE = 0x20
/** Records in a chunk: about 64 KB. */
const CHUNK_RECORDS = 1_024

const CSV: Format = {
  head: 'number,name,email,score\r\n',
  record: (name) => `${NUMBER},${name},${NUMBER}@example.test,7.50\r\n`,
  tail: '',
}

const FORMATS: Readonly<Record<string, Format>> = {
  csv: CSV,
  txt: { head: '', record: (name) => `${NUMBER}\t${name}\t${NUMBER}@example.test\n`, tail: '' },
  // A number must not begin with zeros, so it is a string.
  json: {
    head: '[{"number":"header"}',
    record: (name) => `,\n{"number":"${NUMBER}","name":"${name}"}`,
    tail: ']\n',
  },
  xml: {
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<records>\n',
    record: (name) => `<record number="${NUMBER}" name="${name}"/>\n`,
    tail: '</records>\n',
  },
}

/**
 * The file of an export, made up while it is read: any size, one chunk in memory. The same item always has the same
 * bytes. Whole records, then spaces up to the size, so that JSON and XML stay well-formed.
 */
export function* fileContent({
  id,
  size,
  extension,
}: FileOptions): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const format = FORMATS[extension ?? 'csv'] ?? CSV
  const [head, tail] = [Buffer.from(format.head), Buffer.from(format.tail)]
  if (size < head.length + tail.length) {
    yield* spaces(size)
    return
  }
  yield head
  const block = recordBlock(format, id)
  let left = size - head.length - tail.length
  let number = 1
  while (left >= block.bytes.length) {
    yield numbered(block, number)
    number += CHUNK_RECORDS
    left -= block.bytes.length
  }
  const last = numbered(block, number)
  const whole = block.ends.findLast((end) => end <= left) ?? 0
  if (whole > 0) yield last.subarray(0, whole)
  yield* spaces(left - whole)
  if (tail.length > 0) yield tail
}

interface RecordBlock {
  readonly bytes: Buffer
  /** Where each record ends. */
  readonly ends: readonly number[]
  /** Where the digits of a record's number begin; a record can have them twice. */
  readonly numberAt: readonly (readonly number[])[]
}

function recordBlock(format: Format, id: number): RecordBlock {
  const records = Array.from({ length: CHUNK_RECORDS }, (_, index) =>
    format.record(FIRST_NAMES[(id + index) % FIRST_NAMES.length] ?? 'Ana'),
  )
  const bytes = Buffer.from(records.join(''))
  let end = 0
  const ends = records.map((record) => (end += Buffer.byteLength(record)))
  const numberAt: number[][] = ends.map(() => [])
  for (let at = bytes.indexOf(NUMBER); at !== -1; at = bytes.indexOf(NUMBER, at + NUMBER_DIGITS)) {
    numberAt[ends.findIndex((end) => at < end)]?.push(at)
  }
  return { bytes, ends, numberAt }
}

/** A copy of the block, counted from `first`: a chunk belongs to its reader. */
function numbered({ bytes, numberAt }: RecordBlock, first: number): Uint8Array<ArrayBuffer> {
  const chunk = Uint8Array.from(bytes)
  for (const [index, starts] of numberAt.entries()) {
    let rest = first + index
    for (let digit = NUMBER_DIGITS - 1; digit >= 0; digit -= 1) {
      const value = ZERO + (rest % 10)
      for (const start of starts) chunk[start + digit] = value
      rest = Math.floor(rest / 10)
    }
  }
  return chunk
}

function* spaces(count: number): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  if (count > 0) yield Buffer.alloc(count, SPACE)
}
