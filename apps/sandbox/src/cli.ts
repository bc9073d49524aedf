import { choice, examples, fileArgument, runCommand, wholeNumber } from '@hood-exports/command-line'
import {
  checked,
  print,
  readArrayFile,
  requestLog,
  serverCommand,
  startUntilSignal,
} from '@hood-exports/provider/command'
import type { ServerFlags } from '@hood-exports/provider/command'
import manifest from '../package.json' with { type: 'json' }
import { readVendorProfile } from '@hood-exports/openapi/profile'
import { DEFAULT_CHOICES, NULLS_LEFT_OUT, NUMBERS_AS_TEXT, choicesLike, completeChoices } from './choices.ts'
import type { Choices } from './choices.ts'
import { completeAccounts } from './data/account.ts'
import { MAX_ITEMS, accountSetupOf } from './data/account-setup.ts'
import type { AccountSetup } from './data/account-setup.ts'
import { DEFAULT_MAKING_SECONDS } from './made-up.ts'
import { MAX_SECONDS } from './data/sandbox-time.ts'
import { startSandbox } from './start.ts'

interface Flags extends ServerFlags {
  items: number
  accounts?: AccountSetup[]
  startTime: 'fixed' | 'now'
  database?: string
  like?: Partial<Choices>
  nulls?: 'sent' | 'left-out'
  numbers?: 'number' | 'text'
  makingSeconds: number
}

const program = serverCommand({ provider: 'sandbox', version: manifest.version, port: 4020, limits: 'on' })
  .description('The Hood exports API with state, on this machine. Its page at / shows how to call it.')
  .option('--items <number>', 'exports of the main account', wholeNumber(0, MAX_ITEMS), 1_000)
  .option('--accounts <file>', 'accounts beside the demo accounts: a JSON array, as in docs/sandbox.md', readAccounts)
  .addOption(
    choice('--start-time <when>', 'when its time begins: now, or fixed at 2026-01-01 for the same bytes on every day', {
      of: ['now', 'fixed'],
      otherwise: 'now',
    }),
  )
  .option('--database <file>', 'keep the state in a file; several sandboxes may share it (default: in memory)')
  .option(
    '--like <profile>',
    'behave as the account of a vendor-profile.json; other options go before',
    fileArgument('--like', readLike),
  )
  .addOption(
    choice('--nulls <way>', 'how a member without a value is sent: as null (default), or not at all', {
      of: ['sent', 'left-out'],
    }),
  )
  .addOption(
    choice('--numbers <way>', 'how total, size and counts are sent: as numbers (default), or as strings of digits', {
      of: ['number', 'text'],
    }),
  )
  .option(
    '--making-seconds <number>',
    'how long making an export takes, by a request or a retry',
    wholeNumber(0, MAX_SECONDS),
    DEFAULT_MAKING_SECONDS,
  )
  .addHelpText(
    'before',
    examples(
      'hood-exports-sandbox --port 0 --json',
      'hood-exports-sandbox --items 1000000 --database sandbox.db',
      'hood-exports-sandbox --limits 75/1s,700/60s,parallel=4 --faults "delay=100-300ms, status=500@5%"',
      'curl -H "Authorization: Bearer sandbox-ana" "http://127.0.0.1:4020/v1/hood/exports?status=ready&page=1,3"',
      'curl -H "Authorization: Bearer sandbox-ana" -X POST "http://127.0.0.1:4020/v1/hood/exports/1000000/retry"',
      `curl -H "Authorization: Bearer sandbox-ana" --json '{"name": "Mine", "out": "csv"}' \\
      "http://127.0.0.1:4020/v1/hood/quick-reports/42/export"`,
    ),
  )
  .action(async ({ json, log, like, nulls, numbers, ...options }: Flags) => {
    const choices = {
      ...like,
      ...(nulls === undefined ? {} : nulls === 'left-out' ? NULLS_LEFT_OUT : pick('members.without-value')),
      ...(numbers === undefined ? {} : numbers === 'text' ? NUMBERS_AS_TEXT : pick('numbers.form')),
    }
    const onRequest = requestLog(json, log)
    const started = await startUntilSignal(() => startSandbox({ ...options, choices, onRequest }))
    if (started === undefined) return
    const { url, port, sandbox } = started
    print(json, { ready: true, url, port, pid: process.pid, tokens: sandbox.tokens }, readyText(url))
  })

// Not awaited: a chunk that is loaded on the way may need this module, which would then wait for itself.
void runCommand(program)

function readAccounts(file: string): AccountSetup[] {
  const example = '[{"name": "mine", "tokens": ["my-token"], "items": 25}]'
  const accounts = readArrayFile({ option: 'accounts', file, example, read: accountSetupOf })
  checked('', () => completeAccounts(0, accounts))
  return accounts
}

function readLike(text: string): Partial<Choices> {
  const choices = choicesLike(readVendorProfile(text))
  completeChoices(choices)
  return choices
}

function pick(id: keyof Choices): Partial<Choices> {
  return { [id]: DEFAULT_CHOICES[id] }
}

function readyText(url: string): string {
  return `Hood exports sandbox is ready at ${url}

  curl -H "Authorization: Bearer sandbox-ana" "${url}/v1/hood/exports?status=ready&page=1,3"

Demo tokens  sandbox-ana, sandbox-ana-laptop (one account) · sandbox-boris · sandbox-chiara · sandbox-dunja (empty)
For people   ${url}/
`
}
