import { ORIGIN } from '@hood-exports/client'
import { readBaseUrl, tokenFrom } from '@hood-exports/command-line'
import type { Connection, GlobalFlags } from './command-context.ts'
import { CommandError } from './command-error.ts'
import { readProfile } from './profile.ts'
import { readTokenFrom } from './token-input.ts'
import type { Terminal } from './terminal/terminal.ts'

/**
 * Where to send, and the token: options before the environment before the profile before the vendor's origin.
 * @throws CommandError `auth` or `profile`; UsageError for a base URL or a token that cannot be used.
 */
export async function resolveConnection(terminal: Terminal, flags: GlobalFlags): Promise<Connection> {
  const { env, stdin, signal } = terminal
  const profile = await readProfile(env, flags.profile)
  const address = addressOf(flags, env, profile?.baseUrl)
  if (flags.tokenStdin) return { ...address, token: await readTokenFrom(stdin, signal), tokenFrom: 'standard input' }
  // A profile that was asked for by name is meant.
  const isChosen = flags.profile !== undefined
  const token = tokenFrom(env['HOOD_TOKEN'], 'HOOD_TOKEN')
  if (token && !isChosen) return { ...address, token, tokenFrom: 'HOOD_TOKEN' }
  if (!profile) {
    const name = flags.profile ?? env['HOOD_PROFILE']
    throw new CommandError(
      'auth',
      name === undefined
        ? 'There is no token: set HOOD_TOKEN, pass --token-stdin, or save one with "hood-exports login"'
        : `There is no profile "${name}": save one with "hood-exports login --profile ${name}"`,
    )
  }
  if (new URL(address.baseUrl).origin !== new URL(profile.baseUrl).origin) {
    throw new CommandError(
      'auth',
      `The token of ${profile.file} belongs to ${profile.baseUrl} and is not sent to ${address.baseUrl}: set HOOD_TOKEN, or save another profile with "hood-exports login --profile NAME"`,
    )
  }
  return { ...address, token: profile.token, tokenFrom: profile.file }
}

/**
 * Where to send, and which setting says so.
 * @throws UsageError for what is no base URL
 */
export function addressOf(
  { baseUrl }: GlobalFlags,
  env: Terminal['env'],
  saved?: string,
): Pick<Connection, 'baseUrl' | 'baseUrlFrom'> {
  if (baseUrl !== undefined) return checked(baseUrl, '--base-url')
  if (env['HOOD_BASE_URL']) return checked(env['HOOD_BASE_URL'], 'HOOD_BASE_URL')
  if (saved !== undefined) return checked(saved, 'the profile')
  return { baseUrl: ORIGIN, baseUrlFrom: 'the default' }
}

function checked(text: string, from: string): Pick<Connection, 'baseUrl' | 'baseUrlFrom'> {
  return { baseUrl: readBaseUrl(text, from), baseUrlFrom: from }
}
