import type { CommandContext } from '../command-context.ts'
import { SCRIPTS } from '../completion/scripts.ts'
import type { Shell } from '../completion/scripts.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'

export async function runCompletion(context: CommandContext, shell: Shell): Promise<ExitCode> {
  await context.print(SCRIPTS[shell])
  return EXIT.ok
}
