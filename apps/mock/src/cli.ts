import { flushCompileCache } from 'node:module'
import { UsageError, choice, examples, runCommand } from '@hood-exports/command-line'
import { BadRequest } from '@hood-exports/provider'
import {
  checked,
  print,
  printLine,
  readArrayFile,
  requestLog,
  serverCommand,
  startUntilSignal,
} from '@hood-exports/provider/command'
import type { ServerFlags } from '@hood-exports/provider/command'
import manifest from '../package.json' with { type: 'json' }
import { exampleCalls } from './example-calls.ts'
import { deviationText } from './proxy/deviation.ts'
import { parseOrigin } from './proxy/origin.ts'
import { startMock } from './start.ts'
import { scenarioOf } from './scenario/scenarios.ts'
import type { Scenario } from './scenario/scenarios.ts'
import { SpecUnreadable } from './spec/read-spec.ts'

interface Flags extends ServerFlags {
  spec?: string
  watch: 'on' | 'off'
  proxy?: string
  scenarios?: Scenario[]
}

const EXAMPLES = exampleCalls({ origin: 'http://127.0.0.1:4010', token: 'any' })

const program = serverCommand({ provider: 'mock', version: manifest.version, port: 4010, limits: 'off' })
  .description('The Hood exports API on this machine, answered from its OpenAPI document by Prism.')
  .option('--spec <file>', 'an OpenAPI document of your own, YAML or JSON (default: the one of this package)')
  .addOption(
    choice('--watch <state>', 'whether a change of --spec, or of a file it refers to, is taken over', {
      of: ['on', 'off'],
      otherwise: 'on',
    }),
  )
  .option(
    '--proxy <origin>',
    'pass requests on, and report how they and their answers deviate from the document',
    (text) => {
      checked('', () => parseOrigin(text))
      return text
    },
  )
  .option(
    '--scenarios <file>',
    'script the requests from the start on: a JSON array of what /_mock/scenarios takes',
    (file) =>
      readArrayFile({ option: 'scenarios', file, example: '[{"faults": "status=500", "times": 2}]', read: scenarioOf }),
  )
  .addHelpText(
    'before',
    examples(
      'hood-exports-mock --port 0 --json',
      'hood-exports-mock --limits on --faults "delay=100-300ms, status=500@5%"',
      'hood-exports-mock --proxy http://127.0.0.1:4020',
      EXAMPLES.line('/v1/hood/exports/1000000', ' -H "Prefer: code=404"'),
      EXAMPLES.filter,
      EXAMPLES.create,
    ),
  )
  .action(async ({ json, log, ...options }: Flags) => {
    const started = await startUntilSignal(() =>
      startMock({
        ...options,
        onDeviation: (deviation) => printLine(json, { deviation }, deviationText(deviation)),
        onRequest: requestLog(json, log),
        onSpecChange: (change) => {
          if (change.kind === 'reloaded' || json === true) {
            print(json, { spec: change }, 'The document has changed: it answers from now on\n')
          } else {
            process.stderr.write(`The document is broken, the last good one goes on answering: ${change.message}\n`)
          }
        },
      }).catch((error: unknown) => {
        if (error instanceof SpecUnreadable) throw new UsageError(error.message)
        // All else was checked before.
        if (error instanceof BadRequest) throw new UsageError(`--scenarios: ${error.message}`)
        throw error
      }),
    )
    if (started === undefined) return
    const { url, port } = started
    print(json, { ready: true, url, port, pid: process.pid }, readyText(url, options.proxy))
    // So that the next start is as fast, also after a SIGKILL.
    setTimeout(flushCompileCache, 1_000).unref()
  })

// Not awaited: a chunk that is loaded on the way may need this module, which would then wait for itself.
void runCommand(program)

function readyText(url: string, proxy: string | undefined): string {
  const [what, token, tokens] =
    proxy === undefined
      ? ['is ready', 'any', 'any']
      : [`passes requests on to ${proxy}`, '$TOKEN', 'those of the other side; none is logged']
  const { list, filter, create } = exampleCalls({ origin: url, token })
  // Where requests are passed on, a line that is tried out must make nothing.
  const lines = proxy === undefined ? [list, filter, create] : [list, filter]
  return `Hood exports mock ${what} at ${url}

${lines.map((line) => `  ${line}`).join('\n')}

Tokens       ${tokens}
For people   ${url}/
`
}
