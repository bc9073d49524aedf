import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Deviation } from '../proxy/deviation.ts'
import { startMock } from '../start.ts'
import type { StartOptions, StartedMock } from '../start.ts'
import { CREATE } from './mock-bench.ts'

/** With characters that are written otherwise in URLs and in JSON pointers. */
export const TOKEN = 'secret/token+that=none-may-see'

/** Stands in for the vendor. */
export async function vendor(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export interface Proxied extends StartedMock {
  readonly found: readonly Deviation[]
  /** Asks through the proxy, and waits until the exchange has been checked. */
  ask(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** The same with a POST of JSON. */
  create(body: string, headers?: Readonly<Record<string, string>>): Promise<Response>
}

export async function proxyOf(origin: string, options: StartOptions = {}): Promise<Proxied> {
  const found: Deviation[] = []
  const started = await startMock({
    port: 0,
    proxy: origin,
    onDeviation: (deviation) => found.push(deviation),
    ...options,
  })
  onTestFinished(() => started.close())
  const send = async (path: string, { headers, ...init }: RequestInit): Promise<Response> => {
    const response = await fetch(`${started.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...(headers as Record<string, string>) },
    })
    const text = await response.text()
    return new Response(text || null, { status: response.status, headers: response.headers })
  }
  return {
    ...started,
    found,
    ask: (path, headers = {}) => send(path, { headers }),
    create: (body, headers) =>
      send(CREATE, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }),
  }
}

export const QUOTA = { 'x-ratelimit-limit': '150', 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '1' }
/** An answer of JSON when the request has been read, by default with the headers of the quota. */
export const json =
  (status: number, body: unknown, headers: Record<string, string> = QUOTA): RequestListener =>
  (request, response) => {
    request.resume().once('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  }
export const GOOD: RequestListener = json(200, { total: 0, items: [] })
