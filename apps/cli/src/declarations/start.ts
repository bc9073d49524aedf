import { Option } from 'commander'
import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import type { ExitCode } from '../exit-code.ts'

/** Runs the body of a command. Bodies are imported here, when they are used: start-up pays for none of them. */
export type Start = (body: (context: CommandContext) => Promise<ExitCode>) => Promise<void>

/** Where the files of exports go, and what is done about those that are there already. */
export function fileOptions(command: Command): Command {
  return command
    .addOption(new Option('-o <file>', 'into this file; - is standard output').conflicts('d'))
    .option('-d <directory>', 'into this folder, made when it is not there (default: the one you are in)')
    .addOption(
      new Option('--if-exists <choice>', 'when there is such a file')
        .choices(['fail', 'overwrite', 'rename', 'skip'])
        .default('fail'),
    )
    .addOption(
      new Option('--size-mismatch <choice>', 'when other than the announced size arrives; its unit is not documented')
        .choices(['warn', 'fail'])
        .default('warn'),
    )
}
