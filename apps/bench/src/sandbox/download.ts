import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { DEMO_TOKENS } from '@hood-exports/sandbox'
import { spawnSandbox } from '../servers/spawned.ts'

const run = promisify(execFile)
const MB = 1_000_000
const ID = '42'
const BAR_MB = 50
const SAMPLE_MS = 100
const SETTLE_MS = 1_000
const HEADERS = { authorization: `Bearer ${DEMO_TOKENS.main}` }

/** Downloads a large file, and watches how much memory the sandbox's process has meanwhile. */
export async function benchDownload({ bytes }: { readonly bytes: number }): Promise<string> {
  const sandbox = await spawnSandbox(['--control', 'on'])
  try {
    await fetch(`http://127.0.0.1:${sandbox.port}/_sandbox/states`, {
      method: 'POST',
      body: JSON.stringify({ state: `export ${ID} exists`, params: { size: bytes } }),
    })
    await sleep(SETTLE_MS)
    const idleMb = await residentMb(sandbox.pid)
    const startedAt = performance.now()
    const path = `/v1/hood/exports/${ID}/download`
    const request = get({ port: sandbox.port, host: '127.0.0.1', path, headers: HEADERS })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    let received = 0
    let isOver = false
    response.on('data', (chunk: Buffer) => void (received += chunk.length))
    response.once('end', () => void (isOver = true))
    let mostMb = idleMb
    while (!isOver) {
      await sleep(SAMPLE_MS)
      mostMb = Math.max(mostMb, await residentMb(sandbox.pid))
    }
    if (received !== bytes) throw new Error(`${received} bytes of ${bytes} came: this is no measure`)
    const seconds = (performance.now() - startedAt) / 1_000
    const moreMb = mostMb - idleMb
    return `A download of ${(bytes / 1_000 / MB).toFixed(1)} GB: ${(bytes / MB / seconds).toFixed(0)} MB a second; the process had ${idleMb.toFixed(0)} MB before, and at most ${moreMb.toFixed(0)} MB more meanwhile (bar: ${BAR_MB} MB, ${moreMb <= BAR_MB ? 'met' : 'not met'}).`
  } finally {
    await sandbox.end()
  }
}

/** What a process has in memory, all of it: not only V8's heap. */
async function residentMb(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
  return (Number(stdout) * 1_024) / MB
}
