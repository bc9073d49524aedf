import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { FixedWindowServer } from '../../../testing/fixed-window-server.ts'
import type { WindowSpec } from '../../planner/window-spec.ts'
import type { CallerSettings } from './caller.ts'

/** The vendor's windows, many times as fast. */
const FAST_WINDOWS: readonly WindowSpec[] = [
  { name: 'burst', limit: 10, windowMs: 200 },
  { name: 'steady', limit: 150, windowMs: 3_000 },
]

const PROCESSES = 8

export interface Api {
  readonly url: string
  /** Calls that were served, by caller. */
  readonly served: Map<string, number>
  refused: number
  /** Resolves once so many were served. */
  until(count: number): Promise<void>
}

/** The API, with windows of its own on the real clock. */
export async function startApi(): Promise<Api> {
  const quota = new FixedWindowServer({ windows: FAST_WINDOWS, described: 'none' })
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const ready: ServerResponse[] = []
  let total = 0
  const server = createServer((request, response) => {
    if (request.url === '/ready') {
      ready.push(response)
      if (ready.length === PROCESSES) for (const one of ready) one.end()
      return
    }
    const admission = quota.admit(performance.now())
    if (admission.kind === 'refused') {
      api.refused += 1
      response.writeHead(429, { 'retry-after': '1' }).end()
      return
    }
    const caller = String(request.headers['x-caller'])
    api.served.set(caller, (api.served.get(caller) ?? 0) + 1)
    total += 1
    for (const { resolve } of waiting.filter(({ count }) => count <= total)) resolve()
    response.end('{}')
    admission.leave()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const api: Api = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    served: new Map(),
    refused: 0,
    until: (count) => new Promise((resolve) => void waiting.push({ count, resolve })),
  }
  return api
}

/** Eight processes that share an account. */
export function startEight(settings: Omit<CallerSettings, 'windows' | 'processes'>): ChildProcess[] {
  const CALLER = JSON.stringify({ ...settings, windows: FAST_WINDOWS, processes: PROCESSES } satisfies CallerSettings)
  return Array.from({ length: PROCESSES }, () => {
    const caller = spawn(process.execPath, [join(import.meta.dirname, 'caller.ts')], {
      env: { ...process.env, CALLER },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    onTestFinished(() => void caller.kill('SIGKILL'))
    return caller
  })
}

/** The exit code, or the signal that ended it. */
export async function ended(caller: ChildProcess): Promise<number | string> {
  const [code, signal] = (await once(caller, 'exit')) as [number | null, string | null]
  return code ?? signal ?? 'unknown'
}
