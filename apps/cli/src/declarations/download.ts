import type { Command } from 'commander'
import { examples, wholeNumber } from '@hood-exports/command-line'
import type { DownloadFlags } from '../commands/download.ts'
import { fileOptions } from './start.ts'
import type { Start } from './start.ts'

export function declareDownload(program: Command, start: Start): void {
  const command = program
    .command('download')
    .summary('save the files of exports')
    .description(
      'Saves exports under their own names, whole or not at all, and prints where. With several, some may fail: the exit code is 7 then.',
    )
    .argument('<id...>', 'ids; - reads them from standard input, one a line, or lines of "list --output ndjson"')
    .addHelpText(
      'before',
      examples(
        'hood-exports download 1000000',
        'hood-exports download 1000000 1000001 -d reports --if-exists rename',
        'hood-exports download 1000000 -o - | gzip > report.csv.gz',
        'hood-exports list --all --where status=ready --output ndjson | hood-exports download -',
      ),
    )
  fileOptions(command)
    .option('--concurrency <number>', 'files at once', wholeNumber(1), 4)
    .action((ids: readonly string[], flags: DownloadFlags) =>
      start(async (context) => (await import('../commands/download.ts')).runDownload(context, ids, flags)),
    )
}
