import { Option } from 'commander'
import type { Command } from 'commander'
import { examples, names, several, wholeNumber } from '@hood-exports/command-line'
import type { CreateFlags } from '../commands/create.ts'
import { exportId } from '../export-id.ts'
import { fileOptions } from './start.ts'
import type { Start } from './start.ts'

export function declareCreate(program: Command, start: Start): void {
  const command = program
    .command('create')
    .summary('make an export of a quick report')
    .description(
      'Asks the API for an export of a quick report, and prints the operation that has begun. With --wait, waits until the export is ready (an hour, or --deadline) and prints its id; with -o or -d, saves its file and prints where.',
    )
    .argument('<report>', "the quick report's id, a string of digits", exportId)
    .addHelpText(
      'before',
      examples(
        'hood-exports create 2000000 --name "Clicks of July" --wait -o july.csv',
        'hood-exports create 2000000 --name Nightly --key 2026-07-28 --wait -d exports --if-exists overwrite',
        'hood-exports create 2000000 --filter "event_time=rf:2025-07-01 00:00:00,2025-07-03 23:59:59" --filter channel_type=in:push,sms',
        'hood-exports create 2000000 --body request.json --json',
      ),
    )
    .option('--name <text>', 'the name for people')
    .addOption(new Option('--out <format>', 'of the file').choices(['csv', 'json']))
    .option('--source <name>', 'where the numbers come from, such as hood.campaign-reports')
    .option('--fields <names>', 'columns, separated by commas', names)
    .option('--sort <names>', 'columns to sort by, separated by commas; - in front for descending', names)
    .option('--resolution <unit>', 'the time of a row, such as day')
    .option('--precision <number>', 'digits after the decimal point', wholeNumber(0))
    .option('--filter <column=value>', "of the report's rows, as the API writes filters; again for more", several)
    .option('--param <name=value>', 'a further parameter of the report; again for more', several)
    .option('--body <file>', 'the request as a JSON object, or - for standard input; other options are stronger')
    .option('--wait', 'until it is ready; a request without an answer is looked for before it is sent again')
    .option('--key <text>', 'what it is found by, in its name: the next run with it goes on with this export')
    .option('--retries <number>', 'how often a failed export is run again (default: 2)', wholeNumber(0))
  fileOptions(command).action((report: string, flags: CreateFlags) =>
    start(async (context) => (await import('../commands/create.ts')).runCreate(context, report, flags)),
  )
}
