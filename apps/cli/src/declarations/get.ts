import { Option } from 'commander'
import type { Command } from 'commander'
import { examples, names } from '@hood-exports/command-line'
import type { GetFlags } from '../commands/get.ts'
import { exportId } from '../export-id.ts'
import type { Start } from './start.ts'

export function declareGet(program: Command, start: Start): void {
  program
    .command('get')
    .summary('show one export')
    .description('Shows one export with all its fields. Times are in GMT.')
    .argument('<id>', 'its id, a string of digits', exportId)
    .addHelpText(
      'before',
      examples(
        'hood-exports get 1000000',
        'hood-exports get 1000000 --fields status,failure_reason',
        'hood-exports get 1000000 --json',
      ),
    )
    .option('--fields <names>', 'what to show, separated by commas', names)
    .addOption(new Option('--output <format>', 'default: table').choices(['table', 'json']))
    .action((id: string, flags: GetFlags) =>
      start(async (context) => (await import('../commands/get.ts')).runGet(context, id, flags)),
    )
}
