import type { Command } from 'commander'
import { examples } from '@hood-exports/command-line'
import type { RetryFlags } from '../commands/retry.ts'
import type { Start } from './start.ts'

export function declareRetry(program: Command, start: Start): void {
  program
    .command('retry')
    .summary('run exports again')
    .description(
      'Has the API run exports again, with the parameters of their first request, and prints their ids. With several, some may fail: the exit code is 7 then.',
    )
    .argument('<id...>', 'ids; - reads them from standard input, one a line, or lines of "list --output ndjson"')
    .addHelpText(
      'before',
      examples(
        'hood-exports retry 1000000',
        'hood-exports retry 1000000 --wait && hood-exports download 1000000',
        'hood-exports list --all --where status=failed --output ndjson | hood-exports retry -',
      ),
    )
    .option('--wait', 'until each is ready; exit code 1 for one that fails again, 5 after an hour or --deadline')
    .action((ids: readonly string[], flags: RetryFlags) =>
      start(async (context) => (await import('../commands/retry.ts')).runRetry(context, ids, flags)),
    )
}
