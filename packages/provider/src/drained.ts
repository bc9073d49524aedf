import type { Writable } from 'node:stream'

/** Resolves when a stream takes more, or has closed. Leaves no listener behind: a download waits hundreds of times. */
export function drained(stream: Pick<Writable, 'destroyed' | 'on' | 'off'>): Promise<void> {
  if (stream.destroyed) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  const done = (): void => {
    stream.off('drain', done)
    stream.off('close', done)
    resolve()
  }
  stream.on('drain', done)
  stream.on('close', done)
  return promise
}
