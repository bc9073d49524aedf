import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Every bench, one after the other: each is only valid when nothing else runs. Flags are handed to all of them. */
const BENCHES: readonly string[] = ['limiter.ts', 'client.ts', 'mock.ts', 'sandbox.ts']

for (const program of BENCHES) {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const { status } = spawnSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' })
  // One that misses its bar does not keep the others from being measured.
  if (status !== 0) process.exitCode = 1
}
