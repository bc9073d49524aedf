import { deepStrictEqual, ok } from 'node:assert/strict'
import { conform } from '@hood-exports/contract'
import { ERROR_STATUSES, METHODS, PATHS, STATUSES } from '@hood-exports/openapi'
import fc from 'fast-check'
import { rawExchange } from './raw-exchange.ts'
import type { RawAnswer } from './raw-exchange.ts'
import { bytesOf, fuzzRequest } from './request.ts'
import type { FuzzRequest } from './ingredients.ts'
import type { ItemFacts, Target } from './target.ts'

export interface FuzzOptions {
  readonly runs: number
  /** For the requests. Default: another one each time; a failure names it. */
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

/** Those of HTTP itself, beside those of the document. */
const HTTP_STATUSES = [204, 405, 413, 431]

function check(target: Target, request: FuzzRequest, answer: RawAnswer): void {
  ok(answer.kind !== 'hangs', 'it hangs')
  if (answer.kind === 'broken') return ok(target.mayBreak(request), 'no whole answer, and none was asked for')
  const { status, headers, body } = answer
  const called = callOf(request)
  // What Node's parser refuses has no method yet, and its answer no date.
  const isParsed = headers.has('date')
  const deviates = target.mayDeviate(request)
  ok([...statusesOf(called), ...HTTP_STATUSES].includes(status) || (deviates && status === 200), `status ${status}`)
  if (request.expected !== undefined) deepStrictEqual(status, request.expected)
  ok(status < 500 || target.mayFail(request), 'a 500 that was not asked for')
  const mediaType = headers.get('content-type') ?? ''
  ok(!mediaType.includes('problem+json'), 'problem+json')
  if (isParsed && (request.method === 'HEAD' || status === 204)) return deepStrictEqual(body, '')
  if (status >= 400) checkError(status, mediaType, body)
  if (called?.operation === undefined || !isParsed || deviates || HTTP_STATUSES.includes(status)) return
  const { operation, id } = called
  const text = utf8(body)
  deepStrictEqual(conform(operation, { status, headers: new Headers([...headers]), body: text }), [])
  if (status < 300) target.checkItems(request, factsOf(operation, id, text))
}

function checkError(status: number, mediaType: string, body: string): void {
  // Only a scripted fault has no body.
  if (status === 500 && body === '') return
  deepStrictEqual(mediaType, 'application/json')
  const { code, title } = JSON.parse(body) as { code: unknown; title: unknown }
  deepStrictEqual([code, typeof title], [status, 'string'])
}

type Operation = keyof typeof PATHS

/** What a request calls. */
interface Called {
  /** Undefined where its path has another method. */
  readonly operation: Operation | undefined
  /** As it was sent; empty where the operation has none. */
  readonly id: string
}

/** Undefined for a path that is none of the document. */
function callOf({ method, target }: FuzzRequest): Called | undefined {
  const [path = ''] = target.replace(/^http:\/\/x/, '').split('?')
  for (const operation of Object.keys(PATHS) as Operation[]) {
    const [before = '', after = ''] = PATHS[operation].split('{id}')
    const id = path.slice(before.length, path.length - after.length)
    const isWhole = path === `${before}${id}${after}` && !id.includes('/')
    if (!isWhole || (id !== '') !== PATHS[operation].includes('{id}')) continue
    const isOfMethod = method === METHODS[operation] || (method === 'HEAD' && METHODS[operation] === 'GET')
    return { operation: isOfMethod ? operation : undefined, id }
  }
  return undefined
}

/** Pages and control endpoints answer with 200 too. */
function statusesOf(called: Called | undefined): readonly number[] {
  if (called === undefined) return [200, ...ERROR_STATUSES]
  return called.operation === undefined ? ERROR_STATUSES : STATUSES[called.operation]
}

/** What a good answer says of exports. */
function factsOf(operation: Operation, id: string, body: string): readonly ItemFacts[] {
  switch (operation) {
    case 'list':
    case 'view':
      return (JSON.parse(body) as { readonly items: ItemFacts[] }).items
    case 'download':
      return [{ id: decodeURIComponent(id) }]
    case 'retry':
    case 'exportQuickReport': {
      const { company_id } = JSON.parse(body) as ItemFacts
      return company_id === undefined ? [] : [{ company_id }]
    }
  }
}

/** The bytes were read one by one. */
function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString()
}
