import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { errorAnswer } from './error-answer.ts'
import type { Answerer } from './fetch-adapter.ts'
import { callOf, sendAnswer } from './node-adapter.ts'

export interface ServeOptions {
  /** 0 to 65535; 0 takes a free one. */
  readonly port: number
  readonly host: string
  readonly answer: Answerer
}

export interface Served {
  readonly url: string
  readonly port: number
  /** Ends at once, open connections included. */
  close(): Promise<void>
}

/** The port is in use, or may not be used. */
export class PortUnavailable extends Error {
  override readonly name = 'PortUnavailable'
}

/** @throws RangeError for an empty address: Node would listen on every one of the machine. */
export function checkHost(host: string): void {
  if (host.trim() !== '') return
  throw new RangeError('host: "" is no address: give 127.0.0.1 for this machine only, or 0.0.0.0 for every network')
}

/** Answers over HTTP. @throws PortUnavailable; RangeError for an empty address */
export async function serve({ port, host, answer }: ServeOptions): Promise<Served> {
  checkHost(host)
  const server = createServer(SERVER)
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    // RFC 9112, 3.2.
    if (request.httpVersion === '1.1' && request.headers.host === undefined) return refuse(request.socket)
    answer(callOf(request, response)).then(
      (exchange) => sendAnswer(request, response, exchange),
      // Closed meanwhile, or its caller has gone: there is nothing to answer with.
      () => response.destroy(),
    )
  }
  server.on('request', respond)
  // Without this listener Node answers 417, without a body.
  server.on('checkExpectation', respond)
  // Without a listener Node closes the connection of a CONNECT; with one, errors of the socket are left to it.
  server.on('connect', (_request, socket) => refuse(socket.on('error', () => {}) as Socket, 'CONNECT'))
  // What Node's parser refuses never becomes a request; it still gets an answer in the API's shape.
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy()
    else refuse(socket, error.code)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, port, host)))
    server.listen(port, host, resolve)
  })
  const { port: taken, family } = server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : family === 'IPv6' ? `[${host}]` : host
  return { url: `http://${name}:${taken}`, port: taken, close: () => closed(server) }
}

/** Node's own answer to a request without a host has no body. */
const SERVER = { requireHostHeader: false }

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

const REFUSALS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  CONNECT: 405,
}

function refuse(socket: Socket, cause = ''): void {
  const { status, headers, body } = errorAnswer(REFUSALS[cause] ?? 400)
  const text = body.kind === 'bytes' ? Buffer.from(body.bytes).toString() : ''
  const lines = {
    ...headers,
    'content-length': Buffer.byteLength(text),
    'access-control-allow-origin': '*',
    connection: 'close',
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${String(value)}\r\n`)
  socket.end(`HTTP/1.1 ${status} \r\n${head.join('')}\r\n${text}`, () => socket.destroy())
}

function explained(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const refused = (message: string): PortUnavailable => new PortUnavailable(message, { cause: error })
  switch (error.code) {
    case 'EADDRINUSE':
      return refused(`Port ${port} on ${host} is taken: give another one, or 0 for any free one`)
    case 'EACCES':
      return refused(`Port ${port} on ${host} may not be used: give one from 1024, or 0 for any free one`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return refused(`"${host}" is not an address of this machine: give 127.0.0.1 or ::1`)
    default:
      return error
  }
}
