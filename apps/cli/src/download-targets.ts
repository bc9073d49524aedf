import type { SaveTarget } from '@hood-exports/client/node'
import { UsageError } from '@hood-exports/command-line'
import type { CommandContext } from './command-context.ts'
import { exportId } from './export-id.ts'
import { untilAborted } from './terminal/until-aborted.ts'

/** What to download, or why a line of the input is not that. */
export type Target =
  | { readonly kind: 'export'; readonly id: string; readonly target: SaveTarget }
  | { readonly kind: 'bad-line'; readonly error: unknown }

const ID = /^\d+$/

/** Exports that a command line names. */
export interface Targets {
  readonly targets: AsyncGenerator<Target, void, undefined>
  /** How many there are; `undefined` when they are still being read. */
  readonly total: number | undefined
  /** Ends the reading of more. */
  readonly stop: AbortController
}

/**
 * The exports that a command was given: ids, and `-` for lines of standard input.
 * @throws UsageError
 */
export async function openTargets(
  { terminal, flags, signal, note }: CommandContext,
  ids: readonly string[],
): Promise<Targets> {
  const isListed = ids.includes('-')
  if (isListed && flags.tokenStdin) {
    throw new UsageError('Ids and the token cannot both come from standard input: set HOOD_TOKEN for the token')
  }
  const stop = new AbortController()
  const targets = targetsOf(ids, untilAborted(terminal.stdin, AbortSignal.any([signal, stop.signal])))
  if (isListed && terminal.stdin.isTTY) await note('Type ids, one a line; Ctrl-D ends.')
  return { targets, total: isListed ? undefined : new Set(ids).size, stop }
}

/**
 * Each export once, in the order given; `-` stands for the lines of the input, read as they come.
 * @throws UsageError, before anything else, for an argument that is no id.
 */
function targetsOf(
  ids: readonly string[],
  input: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Target, void, undefined> {
  for (const id of ids) {
    if (id !== '-') exportId(id)
  }
  return read(ids, input)
}

async function* read(
  ids: readonly string[],
  input: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Target, void, undefined> {
  const seen = new Set<string>()
  for (const id of ids) {
    for await (const target of id === '-' ? fromLines(input) : [{ kind: 'export', id, target: id } as const]) {
      if (target.kind === 'export') {
        if (seen.has(target.id)) continue
        seen.add(target.id)
      }
      yield target
    }
  }
}

async function* fromLines(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<Target, void, undefined> {
  for await (const line of linesOf(input)) {
    const text = line.trim()
    if (text === '') continue
    yield targetIn(text)
  }
}

function targetIn(line: string): Target {
  const item = itemIn(line)
  if (item !== undefined) return { kind: 'export', id: typeof item === 'string' ? item : item.id, target: item }
  try {
    return { kind: 'export', id: exportId(line), target: line }
  } catch (error) {
    return { kind: 'bad-line', error }
  }
}

/** An item of `list --output ndjson`: with its name known, one request less. */
function itemIn(line: string): SaveTarget | undefined {
  try {
    const { id, name, extension, size } = JSON.parse(line) as Record<string, unknown>
    if (typeof id !== 'string' || !ID.test(id)) return undefined
    if (typeof name !== 'string') return id
    return {
      id,
      name,
      ...(typeof extension === 'string' && { extension }),
      ...(typeof size === 'number' && { size }),
    }
  } catch {
    return undefined
  }
}

async function* linesOf(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of input) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}
