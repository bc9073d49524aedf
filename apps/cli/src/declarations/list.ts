import { Option } from 'commander'
import type { Command } from 'commander'
import { examples, names, several, wholeNumber } from '@hood-exports/command-line'
import type { ListFlags } from '../commands/list.ts'
import type { Start } from './start.ts'

export function declareList(program: Command, start: Start): void {
  program
    .command('list')
    .alias('ls')
    .summary('list exports, newest first')
    .description('Lists exports; without --all or --limit, the first 30. Times are in GMT.')
    .addHelpText(
      'before',
      examples(
        'hood-exports list --all --where status=failed --where "create_time>=7d"',
        'hood-exports list --where status=ready --where "size>10MB" --limit 5',
        'hood-exports list --search VIP --sort -size',
        'hood-exports list --all --output csv > exports.csv',
        'hood-exports list --all --output ndjson | jq .name',
      ),
    )
    .option('--fields <names>', 'what to show, separated by commas', names)
    .addOption(
      new Option('--sort <names>', 'sort keys, separated by commas; - in front for descending')
        .argParser(names)
        .default(['-create_time'], '-create_time'),
    )
    .option('--search <text>', 'only exports that contain it (asked of the API)')
    .option('--search-fields <names>', 'where --search looks', names)
    .option(
      '--where <condition>',
      'only exports that meet it: name=value, !=, <, <=, >, >=, ~ for contains, !~ for does not; a,b is one of several, 7d seven days ago; again for more',
      several,
    )
    .option('--limit <number>', 'how many at most; reads as many pages as that takes (default: 30)', wholeNumber(1))
    .addOption(new Option('--all', 'every one').conflicts('limit'))
    .addOption(new Option('--page <number>', 'this page alone').argParser(wholeNumber(1)).conflicts(['all']))
    .option('--page-size <number>', 'exports in a page (default: up to 100)', wholeNumber(1))
    .addOption(new Option('--output <format>', 'default: table').choices(['table', 'json', 'ndjson', 'csv']))
    .addOption(
      new Option('--csv-formulas <choice>', "whether a ' keeps spreadsheets from running text as a formula")
        .choices(['escape', 'keep'])
        .default('escape'),
    )
    .option('--csv-bom', 'CSV with a byte order mark in front, by which Excel knows that it is UTF-8')
    .action((flags: ListFlags) =>
      start(async (context) => (await import('../commands/list.ts')).runList(context, flags)),
    )
}
