import type { ExportsEvent } from '@hood-exports/client'
import type { CommandContext, Connection, GlobalFlags } from './command-context.ts'
import { neutralise } from './terminal/neutralise.ts'
import { paint } from './terminal/colour.ts'
import type { Terminal } from './terminal/terminal.ts'

/** The context of one run of one command. */
export function createContext(terminal: Terminal, flags: GlobalFlags, signal: AbortSignal): CommandContext {
  const { stderr, clock, fetch } = terminal
  const now = (): number => clock?.now() ?? performance.now()
  const startedAt = now()
  let connection: Promise<Connection> | undefined

  const context: CommandContext = {
    terminal,
    flags,
    signal,
    connection: () =>
      (connection ??= import('./connection.ts').then((module) => module.resolveConnection(terminal, flags))),
    async connect({ onEvent, ...options } = {}) {
      const [{ createExportsClient }, { baseUrl, token }] = await Promise.all([
        import('@hood-exports/client'),
        context.connection(),
      ])
      const trace = flags.verbose ? (await import('./trace.ts')).tracer(terminal.stderr) : undefined
      return createExportsClient({
        baseUrl,
        token,
        clock,
        fetch,
        timeoutMs: flags.timeout,
        // Read at each call: what is left of the command's time.
        get deadlineMs() {
          return flags.deadline === undefined ? undefined : Math.max(0, startedAt + flags.deadline - now())
        },
        onEvent(event: ExportsEvent) {
          trace?.(event)
          onEvent?.(event)
        },
        ...options,
      })
    },
    async note(text) {
      if (!flags.quiet && !flags.json) await stderr.write(`${neutralise(text)}\n`)
    },
    warn: (text) => stderr.write(`${paint(stderr, 'yellow', 'warning:')} ${neutralise(text)}\n`),
  }
  return context
}
