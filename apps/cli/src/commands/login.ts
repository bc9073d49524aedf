import { counted } from '@hood-exports/command-line'
import type { CommandContext } from '../command-context.ts'
import { addressOf } from '../connection.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { profileFile, writeProfile } from '../profile.ts'
import { readTokenFrom } from '../token-input.ts'

export async function runLogin(context: CommandContext): Promise<ExitCode> {
  const { terminal, flags, signal } = context
  const file = profileFile(terminal.env, flags.profile)
  // What was saved before does not count: a new token may belong elsewhere.
  const address = addressOf(flags, terminal.env)
  const { baseUrl } = address
  const token = await readTokenFrom(terminal.stdin, signal)
  const client = await context.connect({ connection: { ...address, token } })
  const { total } = await client.list({ fields: ['id'], pageSize: 1 }, { signal })
  await writeProfile({ file, baseUrl, token })
  await context.note(`The token is accepted by ${baseUrl} (${counted(total, 'export')}), and saved in ${file}.`)
  return EXIT.ok
}
