import { refuseTokenIn } from '@hood-exports/command-line'
import { COMPLETE } from './completion/scripts.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { createProgram } from './program.ts'
import type { Program } from './program.ts'
import type { Terminal } from './terminal/terminal.ts'

/** Runs one command line to its end and says with which code the process ends. Never throws. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { stdout, stderr } = terminal
  const reader = new AbortController()
  const signal = AbortSignal.any([terminal.signal, reader.signal])
  let context: CommandContext | undefined
  const program = createProgram({
    stdout,
    stderr,
    contextOf: async (flags) => {
      const { createContext } = await import('./create-context.ts')
      return (context = createContext(terminal, flags, signal))
    },
  })
  try {
    if (argv[0] === COMPLETE) {
      await stdout.write(await answerShell(program, argv.slice(1)))
      return EXIT.ok
    }
    refuseTokenIn(argv, 'set HOOD_TOKEN, pass --token-stdin, or save it with "hood-exports login"')
    const { exitCode, printed, advice } = await program.run(argv)
    await context?.status.clear()
    if (printed) await stdout.write(printed)
    if (advice) await stderr.write(advice)
    return exitCode
  } catch (error) {
    if (isBrokenPipe(error)) {
      // `| head` has seen enough.
      reader.abort(error)
      return EXIT.ok
    }
    await context?.status.clear().catch(() => undefined)
    if (terminal.signal.aborted) return EXIT.interrupted
    const { errorFormatOf, formatError } = await import('./format-error.ts')
    // Also of what cannot be parsed.
    const isLogged = argv.includes('--log=json') || argv[argv.indexOf('--log') + 1] === 'json'
    const format = errorFormatOf(argv.includes('--json'), isLogged)
    const atMs = context?.wallNow() ?? Date.now()
    const { text, exitCode } = formatError(error, { format, stderr, atMs })
    // When stderr is gone too, the exit code alone says it.
    await stderr.write(text).catch(() => undefined)
    return exitCode
  } finally {
    // A quota that cannot be shared is none of the command's failures: places free by themselves.
    await context?.close().catch(() => undefined)
  }
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE' && 'syscall' in error
}

/** Candidates for a completion script, one in a line, and its directive. */
async function answerShell({ command }: Program, words: readonly string[]): Promise<string> {
  const { complete } = await import('./completion/complete.ts')
  const { candidates, directive } = complete(command, words)
  return `${candidates.map(({ word, description }) => `${word}\t${description}\n`).join('')}:${directive}\n`
}
