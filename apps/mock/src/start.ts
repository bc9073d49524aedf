import { serve } from '@hood-exports/provider'
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
  /** A file with the OpenAPI document, YAML or JSON; it may refer to others. In place of `document`. */
  readonly spec?: string | undefined
  /** Whether to answer from `spec` anew when it, or a file that it refers to, has changed. Default `on`. */
  readonly watch?: 'on' | 'off' | undefined
  /** Receives each change of `spec`. While it is broken, the last good one answers. */
  readonly onSpecChange?: ((change: SpecChange) => void) | undefined
}

export interface StartedMock {
  readonly url: string
  readonly port: number
  readonly mock: Mock
  /** Ends at once, open connections included. */
  close(): Promise<void>
}

/** @throws PortUnavailable; SpecUnreadable; and what `createMock` throws. */
export async function startMock(options: StartOptions = {}): Promise<StartedMock> {
  const { port = 4010, host = '127.0.0.1', spec, watch = 'on', onSpecChange = () => {}, ...mockOptions } = options
  checkMockOptions(mockOptions)
  const file = spec === undefined ? undefined : await readSpec(spec)
  const { promise: ready, resolve: setReady, reject: setFailed } = Promise.withResolvers<Mock>()
  // Before Prism is loaded: a taken port is reported at once, and a request that comes early waits.
  const server = await serve({ port, host, answer: async (call) => (await ready).exchange(call) })
  try {
    const mock = await createMock({ ...mockOptions, ...(file && { document: file.document }) })
    const watcher =
      file && watch === 'on' ? watchSpec(file, { use: mock.useDocument, onChange: onSpecChange }) : undefined
    setReady(mock)
    return {
      ...server,
      mock,
      close: async () => {
        watcher?.close()
        mock.close()
        await server.close()
      },
    }
  } catch (error) {
    ready.catch(() => {})
    setFailed(error)
    await server.close()
    throw error
  }
}
