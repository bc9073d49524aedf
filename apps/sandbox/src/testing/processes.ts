import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const BIN = fileURLToPath(new URL('../bin.ts', import.meta.url))

/** Runs a program against the sources, and reads its lines. */
export function program(lines: readonly string[]): { child: ChildProcess; lines: AsyncIterator<string> } {
  const source = [
    `import { createSandbox } from ${JSON.stringify(new URL('../sandbox.ts', import.meta.url).href)}`,
    ...lines,
  ]
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source.join('\n')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

/** Starts the command with `--port 0 --json` among its flags. Returns its port. */
export async function sandboxProcess(flags: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [BIN, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return (JSON.parse(line) as { port: number }).port
}
