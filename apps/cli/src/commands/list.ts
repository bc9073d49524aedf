import type { CommandContext } from '../command-context.ts'
import type { ExitCode } from '../exit-code.ts'
import { EXIT } from '../exit-code.ts'

export interface ListFlags {
  readonly fields?: readonly string[]
  readonly sort: readonly string[]
  readonly search?: string
  readonly searchFields?: readonly string[]
  readonly where?: readonly string[]
  readonly limit?: number
  readonly all?: true
  readonly page?: number
  readonly pageSize?: number
  readonly output?: 'table' | 'json' | 'ndjson' | 'csv'
  readonly csvFormulas: 'escape' | 'keep'
}

export async function runList(context: CommandContext, _flags: ListFlags): Promise<ExitCode> {
  const client = await context.connect()
  const { items } = await client.list({ fields: ['id', 'name'] }, { signal: context.signal })
  for (const { id, name } of items) await context.terminal.stdout.write(`${id} ${name}\n`)
  return EXIT.ok
}
