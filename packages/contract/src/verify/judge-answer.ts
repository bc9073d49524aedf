import { SEARCHABLE_MEMBERS, TIMESTAMP_PATTERN } from '@hood-exports/openapi'
import { conform } from '../conform.ts'
import type { Deviation } from '../conform.ts'
import { isDocumented } from './ask.ts'
import type { Complaint } from './complaint.ts'
import { duplicateName } from './duplicate-name.ts'
import { envelopeOf, excerpt, isRecord, jsonOf } from './exchange.ts'
import type { Answer, Item } from './exchange.ts'
import type { LawName } from './law.ts'

/** What any answer can break, whatever was asked for. */
export function judgeAnswer(answer: Answer, secrets: readonly string[]): Complaint[] {
  const repeated = judgeSecrets(answer, secrets)
  // What HEAD answers is documented nowhere, nor what GET does where the API has POST.
  if (!isDocumented(answer.ask)) return repeated
  const isFile = answer.ask.operation === 'download' && answer.status === 200
  return [...repeated, ...judgeConformity(answer), ...(isFile ? [] : judgeJson(answer))]
}

function judgeSecrets(answer: Answer, secrets: readonly string[]): Complaint[] {
  const text = `${[...answer.headers].join('\n')}\n${new TextDecoder().decode(answer.bytes.subarray(0, 100_000))}`
  return secrets.some((secret) => secret.length >= 6 && text.includes(secret))
    ? [{ law: 'secret-tokens', came: 'the answer has a token in it', evidence: 'answer' }]
    : []
}

function judgeConformity(answer: Answer): Complaint[] {
  const { ask, status, headers, bytes } = answer
  const isFile = ask.operation === 'download' && status === 200
  const body = isFile ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return conform(ask.operation, { status, headers, body }).map((deviation) => ({
    law: brokenLaw(deviation, status),
    came: deviation.message.trim(),
    evidence: 'answer',
    pointer: deviation.pointer,
  }))
}

function brokenLaw({ pointer, message }: Deviation, status: number): LawName {
  if (pointer.endsWith('/responses')) return 'spec-status'
  if (pointer.includes('/headers/') || message.startsWith('a 429 carries')) return 'spec-headers'
  if (status >= 400) return 'spec-errors'
  if (status === 202) return 'spec-operation'
  return message.includes('/items/') ? 'spec-items' : 'spec-list'
}

function judgeJson(answer: Answer): Complaint[] {
  const json = jsonOf(answer)
  if (json.kind === 'not-json') {
    const text = excerpt(answer)
    const bom = text.startsWith('\uFEFF') ? 'a byte order mark, or ' : ''
    return [{ law: 'clean-json', came: `${bom}bytes that are no JSON: ${JSON.stringify(text)}`, evidence: 'answer' }]
  }
  const name = duplicateName(new TextDecoder().decode(answer.bytes))
  const twice: Complaint[] =
    name === undefined ? [] : [{ law: 'clean-json', came: `an object has "${name}" twice`, evidence: 'answer' }]
  return [...twice, ...(answer.status >= 400 ? judgeError(json.value) : judgeItems(envelopeOf(answer)?.items ?? []))]
}

function judgeError(body: unknown): Complaint[] {
  if (!isRecord(body)) return []
  const { title, items, total } = body
  return [
    ...(title === '' ? [{ law: 'spec-errors', came: 'the title is empty', evidence: 'answer' } as const] : []),
    ...(items === undefined && total === undefined
      ? []
      : [{ law: 'spec-errors', came: 'the error carries data: total or items', evidence: 'answer' } as const]),
  ]
}

function judgeItems(items: readonly Item[]): Complaint[] {
  return [...items.flatMap(judgeTimes), ...items.flatMap(judgeNames), ...judgeUrls(items), ...judgeRepetition(items)]
}

/** What a member is called in `q_fields` is not what it is called in an item. */
function judgeNames(item: Item, index: number): Complaint[] {
  return Object.entries(SEARCHABLE_MEMBERS).flatMap(([name, member]) =>
    name in item && !(member in item)
      ? [
          {
            law: 'spec-items',
            came: `item ${index} has "${name}" in place of "${member}"`,
            evidence: 'answer',
          } as const,
        ]
      : [],
  )
}

const TIMES = ['expire_time', 'create_time', 'update_time']
const TIMESTAMP = new RegExp(TIMESTAMP_PATTERN)

function judgeTimes(item: Item, index: number): Complaint[] {
  return TIMES.flatMap((member) => {
    const value = item[member]
    // What does not even look like a time breaks the schema already.
    if (typeof value !== 'string' || !TIMESTAMP.test(value)) return []
    const moment = new Date(`${value.replace(' ', 'T')}Z`)
    const isReal =
      !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value.slice(0, 10)) && value > '0001'
    return isReal
      ? []
      : [{ law: 'real-times', came: `${member} of item ${index} is "${value}", which is no day`, evidence: 'answer' }]
  })
}

function judgeUrls(items: readonly Item[]): Complaint[] {
  const seen = new Map<string, unknown>()
  return items.flatMap(({ id, download_url: url }, index): Complaint[] => {
    if (typeof url !== 'string') return []
    if (!/^\/(?!\/)/.test(url)) {
      const came = `download_url of item ${index} is ${JSON.stringify(url)}`
      return [{ law: 'relative-download-url', came, evidence: 'answer' }]
    }
    const owner = seen.get(url)
    seen.set(url, id)
    if (owner === undefined || id === undefined || owner === id) return []
    const came = `items ${JSON.stringify(owner)} and ${JSON.stringify(id)} have the same download_url`
    return [{ law: 'relative-download-url', came, evidence: 'answer' }]
  })
}

function judgeRepetition(items: readonly Item[]): Complaint[] {
  const seen = new Set<unknown>()
  for (const { id } of items) {
    if (id !== undefined && seen.has(id)) {
      return [{ law: 'unique-items', came: `item ${JSON.stringify(id)} comes twice in one page`, evidence: 'answer' }]
    }
    seen.add(id)
  }
  return []
}
