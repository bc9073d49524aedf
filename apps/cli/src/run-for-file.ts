import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { CommandError } from './command-error.ts'

/** A file that was saved. */
export interface NewFile {
  readonly path: string
  readonly id: string
  readonly name: string | null
  readonly resource: string
  readonly bytes: number
  readonly sha256: string
}

/**
 * Runs a command of the shell for a new file, which it finds in `HOOD_PATH`, `HOOD_ID`, `HOOD_NAME`,
 * `HOOD_RESOURCE`, `HOOD_BYTES` and `HOOD_SHA256`.
 * What it prints goes to standard error.
 * @throws CommandError `exec` when it does not end with 0
 */
export async function runForFile(
  command: string,
  { path, id, name, resource, bytes, sha256 }: NewFile,
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<void> {
  const facts = {
    HOOD_PATH: path,
    HOOD_ID: id,
    HOOD_NAME: name ?? '',
    HOOD_RESOURCE: resource,
    HOOD_BYTES: String(bytes),
    HOOD_SHA256: sha256,
  }
  const child = spawn(command, { shell: true, stdio: ['ignore', 2, 2], env: { ...env, ...facts }, signal })
  const [code, killer] = (await once(child, 'close')) as [number | null, string | null]
  if (code === 0) return
  throw new CommandError('exec', `--exec ended with ${code ?? killer} for "${path}": the next run tries again`)
}
