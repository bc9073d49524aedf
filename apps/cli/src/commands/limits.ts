import { RATE_LIMIT_WINDOWS, createRateLimiter, isExportsError } from '@hood-exports/client'
import type { RateLimitFacts } from '@hood-exports/client'
import { formatDuration } from '@hood-exports/command-line'
import type { CommandContext } from '../command-context.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { formatMeter } from '../format/meter.ts'
import type { WindowState } from '../format/meter.ts'

export async function runLimits(context: CommandContext): Promise<ExitCode> {
  const { clock, stdout } = context.terminal
  // A refusal is an answer to this question: it is reported, not waited out.
  const limiter = createRateLimiter({ clock, maxRetryAfterMs: 0 })
  let facts: RateLimitFacts = {}
  const client = await context.connect({
    limiter,
    onEvent: (event) => {
      if (event.type === 'answered') facts = event.rateLimit
    },
  })
  let retryAfterMs: number | undefined
  try {
    await client.list({ fields: ['id'], pageSize: 1 }, { signal: context.signal })
  } catch (error) {
    if (!isExportsError(error, 'rate-limited')) throw error
    retryAfterMs = error.retryAfterMs
  }

  const windows = RATE_LIMIT_WINDOWS.map(({ name, limit, windowMs }): WindowState => {
    const counted = limiter.snapshot().windows.find((window) => window.name === name)
    const common = { name, windowMs, limit }
    if (facts.limit === limit && facts.remaining !== undefined) {
      return { ...common, source: 'api', remaining: facts.remaining, refreshesInMs: facts.resetMs ?? windowMs }
    }
    if (retryAfterMs !== undefined && counted?.remaining === 0) {
      return { ...common, source: 'api', remaining: 0, refreshesInMs: retryAfterMs }
    }
    return {
      ...common,
      source: 'counted',
      remaining: counted?.remaining ?? limit,
      refreshesInMs: counted?.refreshesInMs ?? windowMs,
    }
  })
  await context.print(
    context.flags.json
      ? `${JSON.stringify({ windows, retryAfterMs }, undefined, 2)}\n`
      : formatMeter({ windows, retryAfterMs, output: stdout }),
  )
  const unseen = windows.filter(({ source }) => source === 'counted').map(({ windowMs }) => formatDuration(windowMs))
  if (unseen.length > 0 && retryAfterMs === undefined) {
    await context.note(
      `The API has described one window; the other one (${unseen.join(', ')}) is what was counted here.`,
    )
  }
  return retryAfterMs === undefined ? EXIT.ok : EXIT.quota
}
