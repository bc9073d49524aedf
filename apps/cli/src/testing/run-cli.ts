import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox } from '@hood-exports/sandbox'
import type { Sandbox, SandboxOptions } from '@hood-exports/sandbox'
import { onTestFinished } from 'vitest'
import type { Output } from '@hood-exports/command-line'
import { wantsColour } from '@hood-exports/command-line/terminal'
import type { ExitCode } from '../exit-code.ts'
import { run } from '../run.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface CliOptions {
  /** Answers instead of the API. Without it, nothing answers: a request is an error of the test. */
  readonly sandbox?: Sandbox
  /** Sent with each request to the sandbox, such as `status=500`. */
  readonly fault?: string
  /** Answers instead of the sandbox, with what no sandbox sends. */
  readonly answer?: () => Response
  /** Added to a token and an empty configuration folder. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string
  /** What a person types when asked for a secret; makes standard input a terminal. */
  readonly typed?: string
  /** Columns of a terminal on stdout and stderr; without it both are pipes. */
  readonly columns?: number
  /** `pipe`: `columns` are those of stderr alone. */
  readonly stdoutIs?: 'pipe'
  readonly signal?: AbortSignal
  readonly clock?: Terminal['clock']
  /** Called with what is written to stdout, before it is; may throw. */
  readonly onWrite?: (text: string) => void
  /** Called with what is written to stderr. */
  readonly onStderr?: (text: string) => void
}

export interface CliResult {
  readonly exitCode: ExitCode
  readonly stdout: string
  readonly stderr: string
  /** Path and query of each request; `POST` in front of those. */
  readonly requests: readonly string[]
  /** What was posted. */
  readonly bodies: readonly string[]
}

/** Runs a command line in process, to its end. */
export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { sandbox, fault, answer, columns, stdin = '', typed, clock, signal = new AbortController().signal } = options
  const env = {
    HOOD_TOKEN: 'sandbox-ana',
    HOOD_BASE_URL: 'http://sandbox.test',
    XDG_CONFIG_HOME: '/nonexistent',
    ...options.env,
  }
  const requests: string[] = []
  const bodies: string[] = []
  const stdout = collect(env, options.stdoutIs === 'pipe' ? undefined : columns, options.onWrite)
  const stderr = collect(env, columns, options.onStderr)
  const exitCode = await run(argv, {
    stdin: {
      isTTY: typed !== undefined,
      async *[Symbol.asyncIterator]() {
        yield stdin
      },
      readSecret: async () => typed,
    },
    stdout: stdout.output,
    stderr: stderr.output,
    env,
    signal,
    ...(clock && { clock }),
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const { pathname, search } = new URL(request.url)
      requests.push(`${request.method === 'GET' ? '' : `${request.method} `}${pathname}${search}`)
      if (request.method === 'POST') bodies.push(await request.clone().text())
      if (answer) return answer()
      if (!sandbox) throw new TypeError('fetch failed', { cause: new Error('this test has no API') })
      if (fault !== undefined) request.headers.set('x-fault', fault)
      return sandbox.fetch(request)
    },
  })
  return { exitCode, stdout: stdout.text(), stderr: stderr.text(), requests, bodies }
}

function collect(
  env: CliOptions['env'] & object,
  columns: number | undefined,
  onWrite?: (text: string) => void,
): { output: Output; text: () => string } {
  let text = ''
  const isTTY = columns !== undefined
  return {
    text: () => text,
    output: {
      async write(data) {
        const written = typeof data === 'string' ? data : new TextDecoder().decode(data)
        onWrite?.(written)
        text += written
      },
      isTTY,
      columns: columns ?? Infinity,
      colour: wantsColour({ NO_COLOR: '1', ...env }, isTTY),
    },
  }
}

/** A sandbox that ends with the test; without limits unless they are asked for. */
export function sandboxForTest(options: SandboxOptions = {}): Sandbox {
  const sandbox = createSandbox({ limits: 'off', faults: 'on', ...options })
  onTestFinished(() => sandbox.close())
  return sandbox
}

/** A folder that goes with the test. */
export function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hood-exports-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
