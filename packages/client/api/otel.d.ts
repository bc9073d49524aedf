import { ExportsClientOptions } from "./shared.js";
import { Meter, Tracer } from "@opentelemetry/api";
interface TelemetryOptions {
  /** Default: the global one. */
  readonly tracer?: Tracer | undefined;
  /** Default: the global one. */
  readonly meter?: Meter | undefined;
}
/** The options of a client that are taken. */
type TelemetryHooks = Required<Pick<ExportsClientOptions, "aroundCall" | "onEvent">>;
/**
 * Spans and metrics of OpenTelemetry for one client: `createExportsClient({ token, ...telemetry() })`.
 *
 * A span is of a whole call, down to the last byte of a download; the spans of its requests (of an instrumentation of
 * `fetch`) are its children. Its attributes `hood.*_ms` say where the time went, and add up to it. Metrics:
 * `hood.exports.call.duration` and `hood.rate_limit.request.time_in_queue` (histograms, in seconds),
 * `hood.rate_limit.requests.throttled` (a counter of 429s) and `hood.rate_limit.remaining` (a gauge by limit).
 */
export declare function telemetry({ tracer, meter }?: TelemetryOptions): TelemetryHooks;
export type { TelemetryHooks, TelemetryOptions };