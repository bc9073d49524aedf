import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawnSandbox } from '../servers/spawned.ts'

const CLI = fileURLToPath(new URL('../../../cli/src/bin.ts', import.meta.url))
const TOKEN = 'sandbox-chiara'
const FILES = 24
const MINUTE_MS = 60_000
/** They begin so early in a minute of the sandbox, which is one of the clock, that all of them fall into it. */
const EARLY_MS = 35_000

/**
 * Seconds that each of three runs of the command line takes, one after the other, real time and real sandbox: a `sync`
 * of 24 files into a folder of its own.
 * @throws Error when a run fails
 */
export async function threeSyncs(): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hood-exports-bench-'))
  const sandbox = await spawnSandbox([])
  try {
    const intoMinuteMs = Date.now() % MINUTE_MS
    if (intoMinuteMs > EARLY_MS) await new Promise((resolve) => void setTimeout(resolve, MINUTE_MS - intoMinuteMs))
    return ['a', 'b', 'c'].map((name) => syncS({ folder, name, baseUrl: `http://127.0.0.1:${sandbox.port}` }))
  } finally {
    await sandbox.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

function syncS({ folder, name, baseUrl }: Readonly<Record<'folder' | 'name' | 'baseUrl', string>>): number {
  const into = join(folder, name)
  const startedAt = performance.now()
  // What the command line keeps of a machine, it keeps in this folder.
  const env = { PATH: process.env['PATH'], HOME: folder, HOOD_TOKEN: TOKEN, HOOD_BASE_URL: baseUrl }
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'sync', into], { env, encoding: 'utf8' })
  const tookS = (performance.now() - startedAt) / 1000
  const files = status === 0 ? readdirSync(into).filter((file) => !file.startsWith('.')).length : 0
  if (files !== FILES) throw new Error(`sync ended with ${status}, and saved ${files} files of ${FILES}: ${stderr}`)
  return tookS
}
