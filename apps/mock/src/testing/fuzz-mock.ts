import { deepStrictEqual, ok } from 'node:assert/strict'
import { document } from '@hood-exports/openapi/document'
import fc from 'fast-check'
import { createEngine } from '../engine/prism.ts'
import type { Engine } from '../engine/prism.ts'
import { splitTarget } from '../http/call.ts'
import { startMock } from '../start.ts'
import { bytesOf, fuzzRequest } from './fuzz-request.ts'
import type { FuzzRequest } from './fuzz-request.ts'
import { rawExchange } from './raw-exchange.ts'
import type { RawAnswer } from './raw-exchange.ts'

export interface FuzzOptions {
  readonly runs: number
  readonly seed?: number | undefined
}

/** How often each status came; `broken`: a connection that ended without a whole answer. */
export type Tally = Readonly<Record<string, number>>

/** @throws the smallest request that is answered with anything but a documented shape. */
export async function fuzzMock({ runs, seed }: FuzzOptions): Promise<Tally> {
  const failures: unknown[] = []
  const { port, mock, close } = await startMock({ port: 0, control: 'on', onError: (error) => failures.push(error) })
  const engine = await createEngine(document)
  const tally: Record<string, number> = {}
  try {
    await fc.assert(
      fc.asyncProperty(fuzzRequest, async (request) => {
        failures.length = 0
        const answer = await rawExchange(port, bytesOf(request), request.method)
        const name = answer.kind === 'answer' ? String(answer.status) : answer.kind
        tally[name] = (tally[name] ?? 0) + 1
        deepStrictEqual(failures, [])
        await check(request, answer, engine)
        // A scenario that was armed by chance must not script the next request.
        if (request.target.includes('_mock')) mock.reset()
      }),
      { numRuns: runs, ...(seed !== undefined && { seed }) },
    )
  } finally {
    await close()
  }
  return tally
}

const STATUSES = [200, 204, 400, 401, 404, 405, 429, 431]

async function check(request: FuzzRequest, answer: RawAnswer, engine: Engine): Promise<void> {
  const fault = request.headers
    .filter(([name]) => name === 'X-Mock-Fault')
    .map(([, text]) => text)
    .join()
  const prefer = request.headers
    .filter(([name]) => name === 'Prefer')
    .map(([, text]) => text)
    .join()
  ok(answer.kind !== 'hangs', 'it hangs')
  if (answer.kind === 'broken') return ok(/drop|truncate/.test(fault), 'no whole answer, and none was asked for')

  const { status, headers, body } = answer
  ok(STATUSES.includes(status) || (status === 500 && (fault + prefer).includes('500')), `status ${status}`)
  const mediaType = headers.get('content-type') ?? ''
  ok(!mediaType.includes('problem+json'), 'problem+json')
  // What Node's parser refuses has no method yet, and its answer no date.
  const isParsed = headers.has('date')
  if (isParsed && (request.method === 'HEAD' || status === 204)) return deepStrictEqual(body, '')
  if (status >= 400) return checkError(status, mediaType, body, fault)
  const { path, search } = splitTarget(request.target)
  const operation = engine.operations.find('GET', path)
  if (operation === undefined || fault !== '' || prefer.includes('dynamic')) return
  const isJson = mediaType === 'application/json'
  const found = await engine.check(
    { method: 'GET', path, search, headers: { authorization: 'Bearer any' } },
    { statusCode: status, headers: Object.fromEntries(headers), body: isJson ? (JSON.parse(body) as unknown) : body },
  )
  deepStrictEqual(found, { request: [], response: [] })
}

function checkError(status: number, mediaType: string, body: string, fault: string): void {
  if (body === '' && fault.includes('empty-500')) return
  deepStrictEqual(mediaType, 'application/json')
  const { code, title } = JSON.parse(body) as { code: unknown; title: unknown }
  deepStrictEqual([code, typeof title], [status, 'string'])
}
