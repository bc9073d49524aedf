import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The program, from `REDIS_SERVER` or the path; `undefined` where there is none. */
export const REDIS_SERVER: string | undefined = find()

function find(): string | undefined {
  const program = process.env['REDIS_SERVER'] ?? 'redis-server'
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return program
  } catch {
    return undefined
  }
}

export interface RedisServer {
  readonly port: number
  /** Ends it at once, as a crash does; what it knew is lost. */
  kill(): Promise<void>
  /** On the same port, empty. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** A redis-server of one's own, without persistence. */
export async function startRedis({
  mode = 'single',
}: { readonly mode?: 'single' | 'cluster' } = {}): Promise<RedisServer> {
  const port = await freePort()
  const directory = mkdtempSync(join(tmpdir(), 'redis-'))
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const start = async (): Promise<ChildProcess> => {
    const cluster = mode === 'cluster' ? ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'] : []
    const server = spawn(REDIS_SERVER as string, [...settings, ...cluster])
    const output: string[] = []
    await new Promise<void>((resolve, reject) => {
      server.stdout.on('data', (chunk: Buffer) => {
        output.push(chunk.toString())
        if (/Ready to accept connections/.test(output.join(''))) resolve()
      })
      server.once('exit', () => reject(new Error(`redis-server has ended: ${output.join('')}`)))
    })
    return server
  }
  const end = async (server: ChildProcess): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  let server = await start()
  return {
    port,
    kill: () => end(server),
    async restart() {
      await end(server)
      server = await start()
    },
    async close() {
      await end(server)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
