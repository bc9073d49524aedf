import { SpanStatusCode, context, metrics, trace } from '@opentelemetry/api'
import type { Meter, Span, Tracer } from '@opentelemetry/api'
import type { ExportsEvent, PhaseTimes } from '../events.ts'
import type { AroundCall, ExportsClientOptions } from '../options.ts'

const NAME = '@hood-exports/client'

export interface TelemetryOptions {
  /** Default: the global one. */
  readonly tracer?: Tracer | undefined
  /** Default: the global one. */
  readonly meter?: Meter | undefined
}

/** The options of a client that are taken. */
export type TelemetryHooks = Required<Pick<ExportsClientOptions, 'aroundCall' | 'onEvent'>>

/**
 * Spans and metrics of OpenTelemetry for one client: `createExportsClient({ token, ...telemetry() })`.
 *
 * A span is of a whole call, down to the last byte of a download; the spans of its requests (of an instrumentation of
 * `fetch`) are its children. Its attributes `hood.*_ms` say where the time went, and add up to it. Metrics:
 * `hood.exports.call.duration` and `hood.rate_limit.request.time_in_queue` (histograms, in seconds),
 * `hood.rate_limit.requests.throttled` (a counter of 429s) and `hood.rate_limit.remaining` (a gauge by limit).
 */
export function telemetry({
  tracer = trace.getTracer(NAME),
  meter = metrics.getMeter(NAME),
}: TelemetryOptions = {}): TelemetryHooks {
  const spans = new Map<number, Span>()
  const duration = meter.createHistogram('hood.exports.call.duration', { unit: 's' })
  const queued = meter.createHistogram('hood.rate_limit.request.time_in_queue', { unit: 's' })
  const throttled = meter.createCounter('hood.rate_limit.requests.throttled')
  const left = meter.createGauge('hood.rate_limit.remaining')

  const aroundCall: AroundCall = ({ callId, operation, id }, run) => {
    const attributes = { 'hood.operation': operation, ...(id !== undefined && { 'hood.id': id }) }
    const span = tracer.startSpan(`hood.exports ${operation}`, { attributes })
    spans.set(callId, span)
    return context.with(trace.setSpan(context.active(), span), run)
  }

  function end(
    event: PhaseTimes & { readonly tookMs: number; readonly operation: string },
    span: Span,
    kind?: string,
  ): void {
    const attributes = { 'hood.operation': event.operation, ...(kind !== undefined && { 'error.type': kind }) }
    duration.record(event.tookMs / 1_000, attributes)
    for (const phase of ['waited', 'backOff', 'prepare', 'server', 'body'] as const) {
      span.setAttribute(`hood.${phase === 'backOff' ? 'back_off' : phase}_ms`, event[`${phase}Ms`])
    }
    if (kind !== undefined) {
      span.setAttribute('error.type', kind)
      span.setStatus({ code: SpanStatusCode.ERROR, message: kind })
    }
    span.end()
  }

  function onEvent(event: ExportsEvent): void {
    const span = 'callId' in event ? spans.get(event.callId) : undefined
    if (!span || !('callId' in event)) return
    switch (event.type) {
      case 'sent':
        span.setAttribute('http.request.resend_count', event.attempt - 1)
        return queued.record(event.waitedMs / 1_000, { 'hood.operation': event.operation })
      case 'answered': {
        const { limit, remaining } = event.rateLimit
        span.setAttribute('http.response.status_code', event.status)
        if (limit !== undefined && remaining !== undefined) left.record(remaining, { 'hood.rate_limit.limit': limit })
        return
      }
      case 'throttled':
        return throttled.add(1, { 'hood.operation': event.operation })
      case 'done':
      case 'failed':
        spans.delete(event.callId)
        return end(event, span, event.type === 'failed' ? event.kind : undefined)
      case 'queued':
      case 'retried':
      case 'tier':
        span.addEvent(event.type)
        return
      default:
        event satisfies never
    }
  }

  return { aroundCall, onEvent }
}
