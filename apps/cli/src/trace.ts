import type { ExportsEvent, OperationName } from '@hood-exports/client'
import type { Output } from '@hood-exports/command-line'
import { neutralise, paint } from '@hood-exports/command-line/terminal'

/** Reports each request, wait and retry in a line of its own, for `--verbose`. */
export function tracer(stderr: Output): (event: ExportsEvent) => void {
  return (event) => {
    const line = lineOf(event)
    // A trace is not waited for; when stderr is closed, it is lost.
    if (line !== undefined) stderr.write(`${paint(stderr, 'dim', neutralise(line))}\n`).catch(() => undefined)
  }
}

/** Everything else is asked for with GET. */
const POSTS: readonly OperationName[] = ['retry', 'exportQuickReport']

function lineOf(event: ExportsEvent): string | undefined {
  switch (event.type) {
    case 'queued':
      return `#${event.callId} waits about ${seconds(event.estimatedWaitMs)} for the quota`
    case 'sent':
      return `#${event.callId} ${POSTS.includes(event.operation) ? 'POST' : 'GET'} ${decodeURI(event.url)}${event.attempt > 1 ? ` (attempt ${event.attempt})` : ''}`
    case 'answered': {
      const { limit, remaining } = event.rateLimit
      const quota = limit === undefined ? '' : `, ${remaining} of ${limit} left`
      return `#${event.callId} ${event.status} after ${seconds(event.serverMs)}${quota}`
    }
    case 'throttled':
      return `#${event.callId} refused for the quota; sent again after it`
    case 'retried':
      return `#${event.callId} failed (${event.reason}); again in ${seconds(event.delayMs)}`
    case 'tier': {
      const [second, minute] = event.limits
      return `the account has tier ${event.tier}: ${second} requests in a second, ${minute} in a minute`
    }
    case 'repeated-item':
      return `export ${event.id} came again on page ${event.page}: the list has changed meanwhile`
    case 'total-changed':
      return `${event.to} exports instead of ${event.from}: the list has changed meanwhile`
    case 'incomplete':
      return `${event.missing} of ${event.total} exports came on no page`
    case 'done':
    case 'failed':
    case 'page':
      return undefined
    default:
      return event satisfies never
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`
}
