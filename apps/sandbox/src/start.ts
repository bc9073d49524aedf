import { serve } from '@hood-exports/provider'
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

/** @throws PortUnavailable; and what `createSandbox` throws. */
export async function startSandbox(options: StartOptions = {}): Promise<StartedSandbox> {
  const { port = 0, host = '127.0.0.1', ...sandboxOptions } = options
  const sandbox = createSandbox(sandboxOptions)
  try {
    const server = await serve({ port, host, answer: sandbox.exchange })
    return {
      ...server,
      sandbox,
      close: async () => {
        await server.close()
        sandbox.close()
      },
    }
  } catch (error) {
    sandbox.close()
    throw error
  }
}
