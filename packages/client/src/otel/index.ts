export { telemetry } from './telemetry.ts'
export type { TelemetryOptions, TelemetryHooks } from './telemetry.ts'
