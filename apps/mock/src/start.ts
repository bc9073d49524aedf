import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Exchange } from './http/answer.ts'
import { callOf, sendAnswer } from './http/http-edge.ts'
import { checkMockOptions, createMock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'
import { readSpec } from './spec/read-spec.ts'
import { watchSpec } from './spec/watch-spec.ts'
import type { SpecChange } from './spec/watch-spec.ts'

export interface StartOptions extends MockOptions {
  /** 0 to 65535; 0 takes a free one. Default 4010, Prism's own. */
  readonly port?: number | undefined
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string | undefined
  /** A file with the OpenAPI document, YAML or JSON; it may refer to others. Instead of `document`. */
  readonly spec?: string | undefined
  /** Whether to answer from `spec` anew when it, or a file that it refers to, has changed. Default `on`. */
  readonly watch?: 'on' | 'off' | undefined
  /** Told of a change of `spec`. While it is broken, the last good one answers. */
  readonly onSpecChange?: ((change: SpecChange) => void) | undefined
}

export interface StartedMock {
  readonly url: string
  readonly port: number
  readonly mock: Mock
  /** Ends at once, open connections included. */
  close(): Promise<void>
}

/** The port is in use, or may not be used. */
export class PortUnavailable extends Error {
  override readonly name = 'PortUnavailable'
}

/** @throws PortUnavailable; SpecUnreadable; and what `createMock` throws. */
export async function startMock(options: StartOptions = {}): Promise<StartedMock> {
  const { port = 4010, host = '127.0.0.1', spec, watch = 'on', onSpecChange = () => {}, ...mockOptions } = options
  checkMockOptions(mockOptions)
  const file = spec === undefined ? undefined : await readSpec(spec)
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {}
  const { promise: ready, resolve: setReady } = Promise.withResolvers<undefined>()
  // Before Prism is loaded: a taken port is told at once, and a request that comes early waits.
  const server = createServer(SERVER, (request, response) => void ready.then(() => answer(request, response)))
  await listen(server, port, host)
  try {
    const mock = await createMock({ ...mockOptions, ...(file && { document: file.document }) })
    const watcher =
      file && watch === 'on' ? watchSpec(file, { use: mock.useDocument, onChange: onSpecChange }) : undefined
    answer = handlerOf(mock)
    server.removeAllListeners('request').on('request', answer)
    // Instead of Node's own 417 without a body.
    server.on('checkExpectation', answer)
    setReady(undefined)
    const { port: taken, family } = server.address() as AddressInfo
    const name = host === '0.0.0.0' || host === '::' ? 'localhost' : family === 'IPv6' ? `[${host}]` : host
    return {
      url: `http://${name}:${taken}`,
      port: taken,
      mock,
      close: async () => {
        watcher?.close()
        mock.close()
        await closeServer(server)
      },
    }
  } catch (error) {
    await closeServer(server)
    throw error
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Node's own answer to a request without a host has no body. */
const SERVER = { requireHostHeader: false }

function handlerOf(mock: Mock): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (lacksHost(request)) return void request.socket.end(rawAnswer(), () => request.socket.destroy())
    const send = (exchange: Exchange): void => sendAnswer(request, response, exchange)
    // Closed meanwhile: there is nothing to answer with.
    const giveUp = (): void => void response.destroy()
    try {
      const exchange = mock.exchange(callOf(request, response))
      if (exchange instanceof Promise) exchange.then(send).catch(giveUp)
      else send(exchange)
    } catch {
      giveUp()
    }
  }
}

/** RFC 9112, 3.2. */
function lacksHost({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === '1.1' && headers.host === undefined
}

function listen(server: Server, port: number, host: string): Promise<void> {
  // What Node's parser refuses never becomes a request; it still gets an answer in the API's shape.
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
    return void socket.end(rawAnswer(error.code), () => socket.destroy())
  })
  // Without a listener Node closes the connection of a CONNECT; with one, errors of the socket are left to it.
  server.on('connect', (_request, socket) => {
    socket.on('error', () => {}).end(rawAnswer('CONNECT'), () => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)))
    server.listen(port, host, resolve)
  })
}

const RAW_ANSWERS: Readonly<Record<string, { readonly code: number; readonly title: string }>> = {
  HPE_HEADER_OVERFLOW: { code: 431, title: 'Request header fields too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 408, title: 'Request timeout.' },
  CONNECT: { code: 405, title: 'Method not allowed.' },
}

function rawAnswer(cause: string = ''): string {
  const { code, title } = RAW_ANSWERS[cause] ?? { code: 400, title: 'Bad request.' }
  const text = JSON.stringify({ code, title, message: 'The request is not valid.', trace_id: '{}' })
  const head = [`HTTP/1.1 ${code} `, 'content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]
  return `${[...head, 'access-control-allow-origin: *', 'connection: close'].join('\r\n')}\r\n\r\n${text}`
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const options = { cause: error }
  switch (error.code) {
    case 'EADDRINUSE':
      return new PortUnavailable(`Port ${port} on ${host} is taken: give another one, or 0 for any free one`, options)
    case 'EACCES':
      return new PortUnavailable(
        `Port ${port} on ${host} may not be used: give one from 1024, or 0 for any free one`,
        options,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortUnavailable(`"${host}" is not an address of this machine: give 127.0.0.1 or ::1`, options)
    default:
      return error
  }
}
