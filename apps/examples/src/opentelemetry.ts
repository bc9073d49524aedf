import { trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { createExportsClient } from '@hood-exports/client'
import { telemetry } from '@hood-exports/client/otel'

const exporter = new InMemorySpanExporter()
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))

const client = createExportsClient({
  token: process.env['HOOD_TOKEN'] ?? '',
  baseUrl: process.env['HOOD_BASE_URL'],
  ...telemetry(),
})
await client.list()
for (const { name, attributes } of exporter.getFinishedSpans()) {
  console.log(name, attributes['http.response.status_code'], 'resent', attributes['http.request.resend_count'], 'times')
}
