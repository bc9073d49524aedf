import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own, as people run it. */
export interface Spawned {
  readonly port: number
  readonly pid: number
  /** Ends it, and waits until it is gone. */
  end(): Promise<void>
}

const SANDBOX = new URL('../../../sandbox/src/bin.ts', import.meta.url)
const BARE = new URL('bare.ts', import.meta.url)

/** @param flags Of the sandbox's bin, beside `--port 0 --json`. */
export function spawnSandbox(flags: readonly string[]): Promise<Spawned> {
  return spawned(SANDBOX, ['--port', '0', '--json', ...flags])
}

/** @param answersFile JSON: what to answer, by path. */
export function spawnBare(answersFile: string): Promise<Spawned> {
  return spawned(BARE, [answersFile])
}

async function spawned(program: URL, args: readonly string[]): Promise<Spawned> {
  const child = spawn(process.execPath, [fileURLToPath(program), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => undefined)])
  if (first === undefined) throw new Error(`${program.pathname} has ended before it was ready`)
  const { port } = JSON.parse(String(first[0])) as { port: number }
  return { port, pid: child.pid ?? 0, end: () => endProcess(child) }
}

export async function endProcess(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
