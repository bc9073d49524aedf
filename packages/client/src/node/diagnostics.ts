import { channel } from 'node:diagnostics_channel'
import type { ExportsEvent, OnEvent } from '../events.ts'

/** The channel that {@link toDiagnosticsChannel} publishes to. Its messages are {@link ExportsEvent}s. */
export const DIAGNOSTICS_CHANNEL = 'hood-exports'

/**
 * An `onEvent` that publishes to `node:diagnostics_channel`, for whoever watches the process. Costs nothing while
 * nobody subscribes.
 *
 * @param next called with each event as well.
 */
export function toDiagnosticsChannel(next?: OnEvent): OnEvent {
  const events = channel(DIAGNOSTICS_CHANNEL)
  return (event: ExportsEvent) => {
    if (events.hasSubscribers) events.publish(event)
    next?.(event)
  }
}
