import type { CommandContext } from '../command-context.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { profileFile, removeProfile } from '../profile.ts'

export async function runLogout(context: CommandContext): Promise<ExitCode> {
  const file = profileFile(context.terminal.env, context.flags.profile)
  const isRemoved = await removeProfile(file)
  await context.note(isRemoved ? `${file} is deleted.` : `There is no ${file}: nothing to delete.`)
  return EXIT.ok
}
