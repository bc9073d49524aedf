import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { createMock } from './mock.ts'
import type { Mock, MockOptions } from './mock.ts'

export interface ServerOptions extends MockOptions {
  /** 0 takes a free one. Default 4010, Prism's own. */
  readonly port?: number | undefined
  /** Default 127.0.0.1: nobody else's business. */
  readonly host?: string | undefined
}

export interface RunningMock {
  readonly url: string
  readonly port: number
  readonly mock: Mock
  /** Ends at once, open connections included. */
  close(): Promise<void>
}

/** @throws PortTaken when the port is in use. */
export async function startMock({
  port = 4010,
  host = '127.0.0.1',
  ...options
}: ServerOptions = {}): Promise<RunningMock> {
  const mock = await createMock(options)
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: (request) => mock.fetch(request), port, hostname: host, overrideGlobalObjects: false },
      (address: AddressInfo) => {
        const name = host.includes(':') ? `[${host}]` : host
        resolve({
          url: `http://${name}:${address.port}`,
          port: address.port,
          mock,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed())
              if ('closeAllConnections' in server) server.closeAllConnections()
            }),
        })
      },
    )
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error)
    })
  })
}

/** The port is in use. */
export class PortTaken extends Error {
  readonly port: number

  constructor(port: number) {
    super(`Port ${port} is taken: end what listens there, or use another with --port (0 takes a free one)`)
    this.name = 'PortTaken'
    this.port = port
  }
}
