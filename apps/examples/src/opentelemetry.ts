import { SpanStatusCode, trace } from '@opentelemetry/api'
import type { Span } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { createExportsClient } from '@hood-exports/client'
import type { OnEvent } from '@hood-exports/client'

/** One span for each call, with the wait for the quota apart from the server's time. */
function toSpans(): OnEvent {
  const tracer = trace.getTracer('hood-exports')
  const spans = new Map<number, Span>()
  return (event) => {
    if (!('callId' in event)) return
    const { callId, operation } = event
    const span = spans.get(callId) ?? tracer.startSpan(`hood.exports ${operation}`)
    spans.set(callId, span)
    if (event.type === 'sent') span.setAttribute('http.request.resend_count', event.attempt - 1)
    if (event.type === 'answered') span.setAttribute('http.response.status_code', event.status)
    if (event.type === 'failed') span.setStatus({ code: SpanStatusCode.ERROR, message: event.kind })
    if (event.type !== 'done' && event.type !== 'failed') return
    span.setAttribute('hood.waited_ms', event.waitedMs)
    span.end()
    spans.delete(callId)
  }
}

const exporter = new InMemorySpanExporter()
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))

const client = createExportsClient({
  token: process.env['HOOD_TOKEN'] ?? '',
  baseUrl: process.env['HOOD_BASE_URL'],
  onEvent: toSpans(),
})
await client.list()
for (const { name, attributes } of exporter.getFinishedSpans()) {
  console.log(name, attributes['http.response.status_code'], 'resent', attributes['http.request.resend_count'], 'times')
}
