import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { randomUUID } from 'node:crypto'
import type { Exchange } from './api.ts'
import { errorAnswer } from './http/error-answer.ts'
import { callOf, sendAnswer } from './http/http-edge.ts'
import { createSandbox } from './sandbox.ts'
import type { Sandbox, SandboxOptions } from './sandbox.ts'

export interface StartOptions extends SandboxOptions {
  /** 0 to 65535; 0 takes a free one. Default 0. */
  readonly port?: number
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string
}

export interface StartedSandbox {
  readonly url: string
  readonly port: number
  readonly sandbox: Sandbox
  /** Ends every connection at once, then the sandbox. */
  close(): Promise<void>
}

/** The port is in use, or may not be used. */
export class PortUnavailable extends Error {
  override readonly name = 'PortUnavailable'
}

/** @throws PortUnavailable; and what `createSandbox` throws. */
export async function startSandbox({
  port = 0,
  host = '127.0.0.1',
  ...options
}: StartOptions = {}): Promise<StartedSandbox> {
  const sandbox = createSandbox(options)
  const server = serve(sandbox)
  try {
    await listen(server, port, host)
  } catch (error) {
    sandbox.close()
    throw error
  }
  const { port: taken, family } = server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : family === 'IPv6' ? `[${host}]` : host
  return {
    url: `http://${name}:${taken}`,
    port: taken,
    sandbox,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      sandbox.close()
    },
  }
}

function serve(sandbox: Sandbox): Server {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.httpVersion === '1.1' && request.headers.host === undefined) {
      // RFC 9112, 3.2.
      return void request.socket.end(rawAnswer(400, 'send a Host'), () => request.socket.destroy())
    }
    const send = (exchange: Exchange): void => sendAnswer(request, response, exchange)
    // Closed meanwhile: there is nothing to answer with.
    const giveUp = (): void => void response.destroy()
    try {
      const exchange = sandbox.exchange(callOf(request))
      if (exchange instanceof Promise) exchange.then(send).catch(giveUp)
      else send(exchange)
    } catch {
      giveUp()
    }
  }
  // Node's own answer to a request without a host has no body.
  const server = createServer({ requireHostHeader: false }, answer)
  // Instead of Node's own 417 without a body.
  server.on('checkExpectation', answer)
  // Node closes the connection of a CONNECT without a listener, and leaves its errors to the listener.
  server.on('connect', (_request, socket) => {
    socket.on('error', () => {}).end(rawAnswer(405, 'this API has no CONNECT; use GET'), () => socket.destroy())
  })
  // What Node's parser refuses never becomes a request; it still gets an answer in the API's shape.
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
    return void socket.end(rawAnswer(status, error.message), () => socket.destroy())
  })
  return server
}

function rawAnswer(status: 400 | 405 | 431, reason: string): string {
  const { headers, body } = errorAnswer({ status, traceId: randomUUID(), reason })
  const text = body.kind === 'bytes' ? Buffer.from(body.bytes).toString() : ''
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(text), connection: 'close' })
  return `HTTP/1.1 ${status} \r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)))
    server.listen(port, host, resolve)
  })
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
