import type { Command } from 'commander'
import { examples, several } from '@hood-exports/command-line'
import type { WaitFlags } from '../commands/wait.ts'
import { exportId } from '../export-id.ts'
import type { Start } from './start.ts'

export function declareWait(program: Command, start: Start): void {
  program
    .command('wait')
    .summary('wait until an export is ready')
    .description(
      'Looks at an export with growing pauses, within the quota, until it is ready; then prints its id. Gives up after an hour, or after --deadline, with exit code 5.',
    )
    .argument('<id>', 'its id, a string of digits', exportId)
    .addHelpText(
      'before',
      examples(
        'hood-exports wait 1000000 && hood-exports download 1000000',
        'hood-exports wait 1000000 --unless status=failed --deadline 10m',
        'hood-exports wait 1000000 | hood-exports download -',
      ),
    )
    .option('--until <condition>', 'what to wait for; again for more, all must hold (default: status=ready)', several)
    .option('--unless <condition>', 'what to give up at, with exit code 1; again for more, one is enough', several)
    .action((id: string, flags: WaitFlags) =>
      start(async (context) => (await import('../commands/wait.ts')).runWait(context, id, flags)),
    )
}
