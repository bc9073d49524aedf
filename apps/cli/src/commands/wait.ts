import type { ExportField } from '@hood-exports/client'
import { neutraliseJson } from '@hood-exports/command-line/terminal'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { cellOf } from '../format/cell.ts'
import type { Item } from '../format/cell.ts'
import { LONGEST_WAIT_MS } from '../wait-limit.ts'
import { parseWhere } from '../where/where.ts'

export interface WaitFlags {
  readonly until?: readonly string[]
  readonly unless?: readonly string[]
}

export async function runWait(context: CommandContext, id: string, flags: WaitFlags): Promise<ExitCode> {
  const nowMs = context.wallNow()
  const until = parseWhere(flags.until ?? ['status=ready'], { flag: '--until', nowMs })
  const unless = (flags.unless ?? []).map((text) => ({ text, ...parseWhere([text], { flag: '--unless', nowMs }) }))
  const watched = [...new Set([...until.fields, ...unless.flatMap(({ fields }) => fields)])]
  const fields: readonly [ExportField, ...ExportField[]] = ['id', ...watched.filter((field) => field !== 'id')]

  const client = await context.connect()
  let shown = ''
  let looks = 0
  let reason: string | undefined
  const item = await client.waitUntil(
    id,
    (found: Item) => {
      looks += 1
      const state = watched.map((field) => `${field} ${cellOf(found, field, 'readable')}`).join(', ')
      if (state !== shown) {
        shown = state
        // The next look is seconds away; stderr is written long before.
        context.note(`${id}: ${state}`).catch(() => undefined)
      }
      context.status.show(`${id}: ${state}; looked ${looks === 1 ? 'once' : `${looks} times`}`)
      if (until.matches(found)) return true
      reason = unless.find(({ matches }) => matches(found))?.text
      return reason !== undefined
    },
    { fields, signal: context.signal, deadlineMs: context.remainingMs() ?? LONGEST_WAIT_MS },
  )
  if (reason !== undefined) {
    throw new CommandError('gave-up', `${id} has ${shown}, and ${reason} was the sign to give up`)
  }
  await context.print(`${context.flags.json ? neutraliseJson(JSON.stringify(item)) : id}\n`)
  return EXIT.ok
}
