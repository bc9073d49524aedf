import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createAccounts } from './account.ts'
import { answer, CORRECT } from './correct.ts'
import { HttpError } from './parts.ts'
import type { Answer, Call, Parts } from './parts.ts'

interface PlainOptions {
  /** Parts that differ from the correct ones. */
  readonly parts?: Partial<Parts>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly limits: 'on' | 'off'
  /** Exports of the first account. Default 96. */
  readonly count?: number
}

/** What an answer without an account says. */
const UNUSED = { limit: 150, remaining: 150, resetS: 60 }

/** A provider of the API in plain `node:http`, written from the vendor's pages alone. */
export function createPlainServer({ parts: other = {}, now, limits, count = 96 }: PlainOptions): Server {
  const parts: Parts = { ...CORRECT, ...other }
  const accounts = createAccounts(count)
  let requests = 0

  const respond = (request: IncomingMessage, body: string): Answer => {
    requests += 1
    const [nth, nowMs] = [requests, now()]
    const fail = (status: number, message: string): Answer => answer(status, parts.failure(status, message, nth), parts)
    const account = parts.whose(request.headers.authorization, accounts)
    const taken = account === undefined ? UNUSED : parts.take(account, nowMs, request, limits)
    const quota = parts.quotaHeaders(taken)
    const withQuota = ({ headers, ...rest }: Answer): Answer => ({ ...rest, headers: { ...headers, ...quota } })
    if (account === undefined) return withQuota(fail(401, 'Unauthorized.'))
    if ('retryAfter' in taken) return withQuota(fail(429, 'Too many requests.'))
    const { pathname, search } = new URL(request.url ?? '/', 'http://plain.example')
    try {
      parts.settle(account, nowMs)
      const query = parts.query(search)
      return withQuota(route(pathname, { parts, request, query, body, account, accounts, nowMs, nth }))
    } catch (error) {
      if (error instanceof HttpError) return withQuota(fail(error.status, error.message))
      return withQuota(fail(500, String(error)))
    }
  }

  return createServer({ keepAlive: true }, (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      parts.through(request, response, () => {
        const { status, headers, body } = respond(request, Buffer.concat(chunks).toString())
        response.writeHead(status, headers)
        // In two writes, so that no length is sent.
        response.write(body)
        response.end()
      })
    })
  })
}

const PATHS = {
  list: /^\/v1\/hood\/exports$/,
  view: /^\/v1\/hood\/exports\/([^/]+)$/,
  download: /^\/v1\/hood\/exports\/([^/]+)\/download$/,
  retry: /^\/v1\/hood\/exports\/([^/]+)\/retry$/,
  create: /^\/v1\/hood\/quick-reports\/([^/]+)\/export$/,
} as const

function route(path: string, call: Call): Answer {
  for (const [name, pattern] of Object.entries(PATHS)) {
    const match = pattern.exec(path)
    if (match === null) continue
    const operation = name as keyof typeof PATHS
    const isWrite = operation === 'retry' || operation === 'create'
    const methods = isWrite ? ['POST'] : ['GET', 'HEAD']
    if (!methods.includes(call.request.method ?? '')) throw new HttpError(405, `Use ${methods[0]}.`)
    const id = decodeURIComponent(match[1] ?? '')
    return operation === 'list' ? call.parts.list(call) : call.parts[operation](id, call)
  }
  throw new HttpError(404, 'There is no such resource.')
}
