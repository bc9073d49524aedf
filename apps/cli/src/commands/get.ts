import { SELECTABLE_FIELDS } from '@hood-exports/client'
import type { ItemQuery } from '@hood-exports/client'
import { neutraliseJson } from '@hood-exports/command-line/terminal'
import type { CommandContext } from '../command-context.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Item } from '../format/cell.ts'
import { formatRecord } from '../format/record.ts'

export interface GetFlags {
  readonly fields?: readonly string[]
  readonly output?: 'table' | 'json'
}

export async function runGet(context: CommandContext, id: string, { fields, output }: GetFlags): Promise<ExitCode> {
  const format = output ?? (context.flags.json ? 'json' : 'table')
  const client = await context.connect()
  // The client checks every name, and says which are allowed.
  const query = (fields ? { fields } : { view: 'full' }) as ItemQuery
  const item: Item = await client.get(id, query, { signal: context.signal })
  const text =
    format === 'json'
      ? `${neutraliseJson(JSON.stringify(item, undefined, 2))}\n`
      : formatRecord(item, fields ?? SELECTABLE_FIELDS.filter((field) => field in item), context.terminal.stdout)
  await context.print(text)
  return EXIT.ok
}
