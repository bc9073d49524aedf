import { UsageError } from '@hood-exports/command-line'
import type { Terminal } from './terminal/terminal.ts'

const VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const

/**
 * Sends the requests of this process through the proxies of the environment, but for the hosts in `NO_PROXY`.
 * @param warn called where this Node has no proxies
 * @throws UsageError for a proxy that is no URL
 */
export async function useProxies(env: Terminal['env'], warn: (text: string) => Promise<void>): Promise<void> {
  const name = VARIABLES.find((variable) => env[variable])
  if (name === undefined) return
  const http: { setGlobalProxyFromEnv?: (env: NodeJS.ProcessEnv) => unknown } = await import('node:http')
  if (http.setGlobalProxyFromEnv === undefined) {
    await warn(`${name} is not used: Node ${process.versions.node} has no proxies, Node 24.14 has`)
    return
  }
  try {
    http.setGlobalProxyFromEnv(env)
  } catch (error) {
    throw new UsageError(`The proxies of the environment cannot be used: ${(error as Error).message}`, { cause: error })
  }
}
