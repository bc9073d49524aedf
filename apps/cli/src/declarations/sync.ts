import { Option } from 'commander'
import type { Command } from 'commander'
import { choice, duration, examples, several, wholeNumber } from '@hood-exports/command-line'
import type { SyncFlags } from '../commands/sync.ts'
import type { Start } from './start.ts'

/** `sync <directory>`: keeps a folder, or a bucket, in step with the exports that are ready. */
export function declareSync(program: Command, start: Start): void {
  program
    .command('sync')
    .summary('mirror ready exports into a folder or a bucket')
    .description(
      'Downloads every ready export into a folder or an S3 bucket, once and complete; the next run goes on where this one ended.',
    )
    .argument('<directory>', 'the folder, made when it is not there; s3://bucket/prefix; or - for a tar archive')
    .addHelpText(
      'before',
      examples(
        'hood-exports sync ./exports',
        "hood-exports sync ./exports --where 'resource=quick-reports' --since 2026-01-01",
        'hood-exports sync ./exports --watch',
        'hood-exports sync s3://bucket/exports',
        'hood-exports sync - --state state.sqlite | tar -x -C inbox',
        `hood-exports sync ./exports --exec 'load "$HOOD_PATH"'`,
        'hood-exports sync ./exports --dry-run',
      ),
    )
    .option('--where <condition>', 'only exports that meet it, as for list; again for more', several)
    .option('--since <time>', 'only exports created since, such as 2026-01-31, "2026-01-31 12:00:00" (GMT) or 7d')
    .option('--include <glob>', "only files whose name matches, such as '*.csv'; again for more", several)
    .option('--exclude <glob>', 'no files whose name matches; again for more', several)
    .option(
      '--path <template>',
      'paths of files, such as {create_time:YYYY/MM}/{resource}/{id}-{name} (default: the name of the export)',
    )
    .option('--watch [interval]', 'go on for ever, looking again after this time (default: 1m)', duration)
    .addOption(
      choice('--delete-expired <choice>', 'delete files whose export has expired and that the API gives no more', {
        of: ['no', 'yes'],
        otherwise: 'no',
      }),
    )
    .addOption(
      choice(
        '--size-mismatch <choice>',
        'another size than announced, twice; auto: fail once sizes proved to be bytes',
        {
          of: ['auto', 'warn', 'fail'],
          otherwise: 'auto',
        },
      ),
    )
    .addOption(
      choice('--removed <choice>', 'files that are not there any more: fetch them again, or keep them as done', {
        of: ['fetch', 'keep'],
        otherwise: 'fetch',
      }),
    )
    .addOption(
      choice('--versions <choice>', 'when an export was made again: replace its file, or keep that one beside it', {
        of: ['replace', 'keep'],
        otherwise: 'replace',
      }),
    )
    .option(
      '--exec <command>',
      'run by the shell for each new file, whose path is in HOOD_PATH, before it counts as done',
    )
    .option('--state <file>', 'remember what is saved in this file, not in the folder; it may lie on another disk')
    .option(
      '--s3-endpoint <url>',
      "the store of the bucket, where it is not Amazon's (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3)",
    )
    .option('--full', 'read the whole list, not only what is new; finds exports that were listed late or made again')
    .addOption(
      new Option('--retry-for <duration>', 'how long a run goes on while nothing comes through')
        .argParser(duration)
        .default(300_000, '5m'),
    )
    .option('--metrics <file>', 'write metrics of each run for Prometheus, in the text format of its node exporter')
    .option('--dry-run', 'show what would be downloaded, its requests and its time; write nothing')
    .option('--concurrency <number>', 'files at once', wholeNumber(1), 4)
    .option(
      '--redis <url>',
      'share the quota with other machines of the account (HOOD_REDIS, where a password is in it)',
    )
    .option('--redis-account <name>', 'names the account there (default: the host of the base URL)')
    .option(
      '--machines <number>',
      'machines that share it, at most: without Redis each takes so small a part (default: 8)',
      // With more, not even each minute had a request for each.
      wholeNumber(1, 150),
    )
    .action((directory: string, flags: SyncFlags) =>
      start(async (context) => (await import('../commands/sync.ts')).runSync(context, directory, flags)),
    )
}
