import { deepStrictEqual, ok } from 'node:assert/strict'
import { conform } from '@hood-exports/contract'
import { PATHS, STATUSES } from '@hood-exports/openapi'
import fc from 'fast-check'
import { rawExchange } from './raw-exchange.ts'
import type { RawAnswer } from './raw-exchange.ts'
import { bytesOf, fuzzRequest } from './request.ts'
import type { FuzzRequest } from './request.ts'
import type { ItemFacts, Target } from './target.ts'

export interface FuzzOptions {
  readonly runs: number
  /** Of the requests. Default: another one each time; a failure tells it. */
  readonly seed?: number | undefined
}

/** How often each status came; `broken`: a connection that ended without a whole answer. */
export type Tally = Readonly<Record<string, number>>

/** @throws the smallest request that is answered with anything but a documented shape. */
export async function fuzz(target: Target, { runs, seed }: FuzzOptions): Promise<Tally> {
  const tally: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(fuzzRequest(target.ingredients), async (request) => {
      const answer = await rawExchange(target.port, bytesOf(request), request.method)
      const name = answer.kind === 'answer' ? String(answer.status) : answer.kind
      tally[name] = (tally[name] ?? 0) + 1
      deepStrictEqual(target.failures, [])
      check(target, request, answer)
      await target.settle(request)
    }),
    { numRuns: runs, ...(seed !== undefined && { seed }) },
  )
  return tally
}

/** Of HTTP itself, beside those of the document. */
const HTTP_STATUSES = [204, 405, 413, 431]

function check(target: Target, request: FuzzRequest, answer: RawAnswer): void {
  ok(answer.kind !== 'hangs', 'it hangs')
  if (answer.kind === 'broken') return ok(target.mayBreak(request), 'no whole answer, and none was asked for')
  const { status, headers, body } = answer
  ok([...STATUSES, ...HTTP_STATUSES].includes(status), `status ${status}`)
  ok(status < 500 || target.mayFail(request), 'a 500 that was not asked for')
  const mediaType = headers.get('content-type') ?? ''
  ok(!mediaType.includes('problem+json'), 'problem+json')
  // What Node's parser refuses has no method yet, and its answer no date.
  const isParsed = headers.has('date')
  if (isParsed && (request.method === 'HEAD' || status === 204)) return deepStrictEqual(body, '')
  if (status >= 400) checkError(status, mediaType, body)
  const operation = operationOf(request.target)
  if (operation === undefined || !isParsed || target.mayDeviate(request) || HTTP_STATUSES.includes(status)) return
  const { template, id } = operation
  deepStrictEqual(conform(template, { status, headers: new Headers([...headers]), body: utf8(body) }), [])
  if (status !== 200) return
  target.checkItems(request, template === PATHS.download ? [{ id: decodeURIComponent(id) }] : itemsOf(utf8(body)))
}

function checkError(status: number, mediaType: string, body: string): void {
  // Only a scripted fault has no body.
  if (status === 500 && body === '') return
  deepStrictEqual(mediaType, 'application/json')
  const { code, title } = JSON.parse(body) as { code: unknown; title: unknown }
  deepStrictEqual([code, typeof title], [status, 'string'])
}

interface NamedOperation {
  readonly template: string
  /** As it was sent; empty where the operation has none. */
  readonly id: string
}

function operationOf(target: string): NamedOperation | undefined {
  const [path = ''] = target.replace(/^http:\/\/x/, '').split('?')
  for (const template of [PATHS.list, PATHS.view, PATHS.download]) {
    const [before = '', after = ''] = template.split('{id}')
    const id = path.slice(before.length, path.length - after.length)
    const isWhole = path === `${before}${id}${after}` && !id.includes('/')
    if (isWhole && (id !== '') === template.includes('{id}')) return { template, id }
  }
  return undefined
}

function itemsOf(body: string): readonly ItemFacts[] {
  return (JSON.parse(body) as { items: ItemFacts[] }).items
}

/** The bytes were read one by one. */
function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString()
}
