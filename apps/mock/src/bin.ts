#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander'
import { PortTaken, startMock } from './server.ts'

const program = new Command('hood-exports-mock')
  .description('The Hood exports API on your machine, answered from its OpenAPI document by Prism.')
  .option('-p, --port <number>', 'port; 0 takes a free one', parsePort, 4010)
  .option('--host <name>', 'address to listen on', '127.0.0.1')
  .option('--json', 'one JSON line when ready, for machines')
  .addHelpText(
    'beforeAll',
    `Examples:
  hood-exports-mock
  hood-exports-mock --port 0 --json
  curl -H "Authorization: Bearer any" http://127.0.0.1:4010/v1/hood/exports
  curl -H "Authorization: Bearer any" -H "Prefer: code=404" http://127.0.0.1:4010/v1/hood/exports/1000000
`,
  )
  .parse()

const { port, host, json } = program.opts<{ port: number; host: string; json?: true }>()

function parsePort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  return Number(text)
}

try {
  const mock = await startMock({ port, host })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void mock.close().then(() => process.exit(0)))
  console.log(
    json
      ? JSON.stringify({ ready: true, url: mock.url, port: mock.port, pid: process.pid })
      : `Mock of the Hood exports API on ${mock.url} (any bearer token; Ctrl-C ends it)`,
  )
} catch (error) {
  if (!(error instanceof PortTaken)) throw error
  console.error(error.message)
  process.exitCode = 2
}
