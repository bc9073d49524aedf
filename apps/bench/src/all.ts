import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Every bench, one after the other: each is only valid when nothing else runs. Flags are handed to all of them. */
const BENCHES: readonly (readonly [program: string, ...nodeFlags: string[]])[] = [
  ['limiter.ts'],
  ['micro.ts', '--expose-gc'],
  ['client.ts'],
  ['mock.ts'],
  ['sandbox.ts'],
]

for (const [program, ...nodeFlags] of BENCHES) {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const { status } = spawnSync(process.execPath, [...nodeFlags, file, ...process.argv.slice(2)], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
