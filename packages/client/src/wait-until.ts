import * as checks from '#checks'
import type { Connection } from './connection.ts'
import type { ExportField, ItemOf } from './export-item.ts'
import { pastDeadline } from './failures.ts'
import { get } from './get.ts'
import { atOnce } from './check.ts'
import type { CallOptions } from './options.ts'
import { PAUSE_GROWTH, openScope } from './scope.ts'

/** How to poll. `deadlineMs` is for the whole wait, the other call options for each look. */
export interface WaitOptions extends CallOptions {
  /** Milliseconds before the second look. Default 1,000. */
  readonly intervalMs?: number | undefined
  /** The longest pause, which grows by half each time. Default 30,000. */
  readonly maxIntervalMs?: number | undefined
}

/**
 * Looks at an item, within the quota and with growing pauses, until `isDone`. Asks only for `fields`.
 * @throws ExportsError `deadline` when it would look past the deadline; `aborted`; what `get` rejects with.
 */
export async function waitUntil<const Fields extends readonly ExportField[] = readonly ['id', 'status']>(
  connection: Connection,
  id: string,
  isDone: (item: ItemOf<{ fields: Fields }>) => boolean,
  options: WaitOptions & { readonly fields?: Fields } = {},
): Promise<ItemOf<{ fields: Fields }>> {
  checks.waitOptions(options, isDone)
  const { clock } = connection
  const { intervalMs = 1_000, maxIntervalMs = 30_000, deadlineMs = connection.options.deadlineMs, ...rest } = options
  const { fields = ['id', 'status'] as unknown as Fields, ...call } = rest
  const deadline = clock.now() + (deadlineMs ?? Infinity)
  let pauseMs = Math.min(intervalMs, maxIntervalMs)
  const scope = openScope({ clock, signal: call.signal })
  for (;;) {
    const item = await get(connection, id, { fields }, { ...call, deadlineMs: Math.max(0, deadline - clock.now()) })
    if (atOnce('isDone', isDone(item))) return item
    if (clock.now() + pauseMs >= deadline) throw pastDeadline()
    await scope.pause(pauseMs)
    pauseMs = Math.min(pauseMs * PAUSE_GROWTH, maxIntervalMs)
  }
}
