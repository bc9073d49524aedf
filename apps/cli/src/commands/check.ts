import { isExportsError } from '@hood-exports/client'
import type { ExportsEvent } from '@hood-exports/client'
import { counted } from '@hood-exports/command-line'
import { neutralise, neutraliseJson, paint } from '@hood-exports/command-line/terminal'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'

/** `·`: not known yet. */
const COLOURS = { '✓': 'green', '✗': 'red', '·': 'dim' } as const

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

export async function runCheck(context: CommandContext): Promise<ExitCode> {
  const { stdout } = context.terminal
  const { baseUrl, baseUrlFrom, tokenFrom } = await context.connection()
  const facts: Record<string, unknown> = { baseUrl, baseUrlFrom, tokenFrom }

  async function say(mark: keyof typeof COLOURS, name: string, text: string): Promise<void> {
    if (context.flags.json) return
    await context.print(`${paint(stdout, COLOURS[mark], mark)} ${name.padEnd(9)}${neutralise(text)}\n`)
  }

  async function reportFailure(error: unknown): Promise<void> {
    if (isExportsError(error, 'unauthorized')) {
      return say('✗', 'token', `from ${tokenFrom}: refused (${error.status})`)
    }
    await say('·', 'token', `from ${tokenFrom}, not proven`)
    await say('✗', 'answer', answered ? `${answered.status}, not what the API sends here` : 'none')
  }

  await say('✓', 'base URL', `${baseUrl} (${baseUrlFrom})`)
  if (URL.canParse(baseUrl) && isOpen(new URL(baseUrl))) {
    await context.warn('The base URL is http: the token can be read on the way. Use https.')
  }

  let answered: Extract<ExportsEvent, { type: 'answered' }> | undefined
  const client = await context.connect({
    maxRetries: 0,
    onEvent: (event) => {
      if (event.type === 'answered') answered = event
    },
  })
  try {
    const { total } = await client.list({ fields: ['id'], pageSize: 1 }, { signal: context.signal })
    const ms = Math.round(answered?.serverMs ?? 0)
    await say('✓', 'token', `from ${tokenFrom}`)
    await say('✓', 'answer', `${answered?.status} after ${ms} ms: ${counted(total, 'export')}`)
    const { limit, remaining } = answered?.rateLimit ?? {}
    if (limit !== undefined) await say('✓', 'quota', `${remaining} of ${limit} requests left`)
    const all = { ok: true, ...facts, status: answered?.status, serverMs: ms, total, rateLimit: answered?.rateLimit }
    if (context.flags.json) await context.print(`${neutraliseJson(JSON.stringify(all, undefined, 2))}\n`)
    return EXIT.ok
  } catch (error) {
    if (!context.signal.aborted) await reportFailure(error)
    if (!isExportsError(error, 'not-found')) throw error
    throw new CommandError(
      'check-failed',
      `${baseUrl} answers, but has no list of exports (404): check the host and the path of the base URL`,
      { exitCode: EXIT.notFound, cause: error },
    )
  }
}

/** Whether the connection can be read on the way. */
function isOpen({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !LOOPBACK.test(hostname)
}
