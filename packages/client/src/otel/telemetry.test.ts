import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createExportsClient } from '../client.ts'
import type { ExportsClient } from '../client.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import type { ManualClock } from '../testing/manual-clock.ts'
import { createStandIn } from '../testing/stand-in.ts'
import type { StandIn } from '../testing/stand-in.ts'
import { telemetry } from './telemetry.ts'

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
afterAll(() => context.disable())

/** A client in virtual time whose `fetch` makes a span, as an instrumentation does. */
function arrange() {
  const exporter = new InMemorySpanExporter()
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer('test')
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter: measured })
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test')
  const clock: ManualClock = createManualClock()
  const standIn: StandIn = createStandIn({ clock, latencyMs: () => 10 })
  const client: ExportsClient = createExportsClient({
    token: 'any',
    clock,
    random: () => 0.5,
    fetch: async (url, init) => {
      const span = tracer.startSpan('GET')
      try {
        return await standIn.fetch(url, init)
      } finally {
        span.end()
      }
    },
    ...telemetry({ tracer, meter }),
  })
  async function metrics(): Promise<Record<string, unknown>> {
    await reader.forceFlush()
    const all = measured.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    return Object.fromEntries(
      all.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ value, attributes }) => [(value as { sum?: number }).sum ?? value, attributes]),
      ]),
    )
  }
  return { client, clock, standIn, tracer, spans: () => exporter.getFinishedSpans(), metrics }
}

test('requests are children of their call, which is a child of what the program was doing', async () => {
  const { client, clock, standIn, tracer, spans } = arrange()
  standIn.next({ kind: 'network' })
  const job = tracer.startSpan('nightly job')
  await context.with(trace.setSpan(context.active(), job), () =>
    clock.runUntilSettled(Promise.all([client.list(), client.get('1000000')])),
  )
  job.end()
  const parentOf = (name: string) =>
    spans()
      .filter((span) => span.name === name)
      .map(
        ({ parentSpanContext }) =>
          spans().find((other) => other.spanContext().spanId === parentSpanContext?.spanId)?.name,
      )
  expect(parentOf('GET').toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
    'hood.exports list',
    'hood.exports list',
    'hood.exports view',
  ])
  expect([...parentOf('hood.exports list'), ...parentOf('hood.exports view')]).toEqual(['nightly job', 'nightly job'])
})

test('a span says where the time of its call went, and a download ends with its body', async () => {
  const { client, clock, standIn, spans, metrics } = arrange()
  standIn.next({ kind: 'network' }, { kind: 'status', status: 429, retryAfterS: 7 })
  const download = await clock.runUntilSettled(client.download('1000000'))
  expect(spans().map(({ name }) => name)).not.toContain('hood.exports download')
  await clock.runUntilSettled(download.text())
  const span = spans().find(({ name }) => name === 'hood.exports download')
  expect(span?.attributes).toEqual({
    'hood.operation': 'download',
    'hood.id': '1000000',
    'http.request.resend_count': 2,
    'http.response.status_code': 200,
    'hood.waited_ms': 7_000,
    'hood.back_off_ms': 250,
    'hood.prepare_ms': 0,
    'hood.server_ms': 50,
    'hood.body_ms': 0,
  })
  expect(await metrics()).toMatchObject({
    'hood.exports.call.duration': [[7.3, { 'hood.operation': 'download' }]],
    'hood.rate_limit.request.time_in_queue': [[7, { 'hood.operation': 'download' }]],
    'hood.rate_limit.requests.throttled': [[1, { 'hood.operation': 'download' }]],
  })
})

test('a download that breaks off is a failed span', async () => {
  const { client, clock, standIn, spans } = arrange()
  standIn.next({ kind: 'cut-body', bytes: 5 })
  const download = await clock.runUntilSettled(client.download('1000000', { maxRetries: 0 }))
  await clock.runUntilSettled(download.text().catch(() => undefined))
  expect(spans().find(({ name }) => name === 'hood.exports download')).toMatchObject({
    status: { message: 'network' },
    attributes: { 'error.type': 'network' },
  })
})
