import type { Command } from 'commander'
import { examples } from '@hood-exports/command-line'
import type { Start } from './start.ts'

/** The commands about the account: its quota, the connection, the saved token. */
export function declareAccount(program: Command, start: Start): void {
  program
    .command('limits')
    .summary('show what is left of the quota')
    .description(
      'Shows both windows of the quota, what is left in them and when they refresh. Costs one request. The API speaks of one of the windows; the other one is what this program has counted.',
    )
    .addHelpText('before', examples('hood-exports limits', 'hood-exports limits --json'))
    .action(() => start(async (context) => (await import('../commands/limits.ts')).runLimits(context)))
  program
    .command('check')
    .summary('check token and base URL')
    .description(
      'Checks, with one request, where this would send and whether the token is accepted; says what is wrong if it is not.',
    )
    .addHelpText('before', examples('hood-exports check', 'hood-exports check --base-url http://127.0.0.1:4020'))
    .action(() => start(async (context) => (await import('../commands/check.ts')).runCheck(context)))
  program
    .command('login')
    .summary('save a token and its base URL')
    .description(
      'Reads a token (typed and not shown, or from standard input), checks it with one request, and saves it in a file that its owner alone can read.',
    )
    .addHelpText(
      'before',
      examples(
        'hood-exports login',
        'pass show hood | hood-exports login',
        'hood-exports login --profile staging --base-url https://staging.example.com',
      ),
    )
    .action(() => start(async (context) => (await import('../commands/login.ts')).runLogin(context)))
  program
    .command('logout')
    .summary('delete the saved token')
    .description('Deletes the file that "login" has saved. The token itself stays valid: revoke it where it was made.')
    .addHelpText('before', examples('hood-exports logout', 'hood-exports logout --profile staging'))
    .action(() => start(async (context) => (await import('../commands/logout.ts')).runLogout(context)))
}
