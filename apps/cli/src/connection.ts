import type { Connection, GlobalFlags } from './command-context.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal/terminal.ts'

/** Where to send, and the token: options before the environment before the profile. */
export async function resolveConnection({ env }: Terminal, flags: GlobalFlags): Promise<Connection> {
  const token = env['HOOD_TOKEN']
  if (!token) throw new CommandError('auth', 'No token: set HOOD_TOKEN')
  return {
    baseUrl: flags.baseUrl ?? env['HOOD_BASE_URL'] ?? 'https://api.ocamba.com',
    baseUrlFrom: '--base-url',
    token,
    tokenFrom: 'HOOD_TOKEN',
  }
}
