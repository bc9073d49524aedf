import type { Bench } from './bench.ts'

export interface CurlCall {
  readonly method: string
  readonly path: string
  readonly token: string
  readonly body: string | undefined
}

/** The lines of curl that call the API of a sandbox, as curl would read them. */
export function curlCalls(words: string): CurlCall[] {
  return [...words.matchAll(/curl (-[^\n]*?) "http:\/\/[^/]+(\/v1\/[^"]*)"/g)].map(([, options = '', path = '']) => {
    const body = /(?:--json|-d) '([^']*)'/.exec(options)?.[1]
    const token = /Bearer ([\w-]+)"/.exec(options)?.[1] ?? ''
    return { method: /-X (\w+)/.exec(options)?.[1] ?? (body === undefined ? 'GET' : 'POST'), path, token, body }
  })
}

export async function statusesOf(calls: readonly CurlCall[], { ask }: Bench): Promise<number[]> {
  const statuses: number[] = []
  for (const { method, path, token, body } of calls) {
    const headers = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body }
    statuses.push((await ask(path, { method, token, ...headers })).status)
  }
  return statuses
}
