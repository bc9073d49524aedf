import { isExportsError } from '@hood-exports/client'
import type { CommandContext } from './command-context.ts'
import { CommandError } from './command-error.ts'

/**
 * Sends a request that changes something, once.
 * @param howToLook the command that shows whether it was carried out.
 * @throws CommandError `unknown-outcome` when no answer says that; on Ctrl-C it is a warning.
 */
export async function sendOnce<Answer>(
  { signal, warn }: CommandContext,
  howToLook: string,
  request: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await request()
  } catch (error) {
    if (!isExportsError(error) || error.outcome !== 'unknown') throw error
    if (!signal.aborted) throw new CommandError('unknown-outcome', `${error.message}: ${howToLook}`, { cause: error })
    await warn(`Whether the API has carried it out is unknown: look before you send it again: ${howToLook}`)
    throw error
  }
}

/** A text as a word of a shell. */
export function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
