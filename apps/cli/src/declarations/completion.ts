import { Argument } from 'commander'
import type { Command } from 'commander'
import { examples } from '@hood-exports/command-line'
import { SHELLS } from '../completion/scripts.ts'
import type { Shell } from '../completion/scripts.ts'
import type { Start } from './start.ts'

export function declareCompletion(program: Command, start: Start): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description(
      'Prints a script that completes commands, options, fields and files. Its first line says where it goes.',
    )
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText(
      'before',
      examples(
        'source <(hood-exports completion bash)',
        'hood-exports completion fish > ~/.config/fish/completions/hood-exports.fish',
      ),
    )
    .action((shell: Shell) =>
      start(async (context) => (await import('../commands/completion.ts')).runCompletion(context, shell)),
    )
}
