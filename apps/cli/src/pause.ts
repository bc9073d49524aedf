import type { CommandContext } from './command-context.ts'

/** Resolves after a time on the clock of the client; rejects at Ctrl-C with the signal's reason. */
export function pause({ signal, terminal }: Pick<CommandContext, 'signal' | 'terminal'>, ms: number): Promise<void> {
  const { promise, resolve: end, reject } = Promise.withResolvers<void>()
  const timer = terminal.clock === undefined ? setTimeout(end, ms) : terminal.clock.setTimer(end, ms)
  const cancel = (): void => {
    if ('cancel' in timer) timer.cancel()
    else clearTimeout(timer)
    reject(signal.reason as Error)
  }
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  return promise.finally(() => signal.removeEventListener('abort', cancel))
}
