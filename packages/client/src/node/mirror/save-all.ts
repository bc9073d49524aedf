import { ExportsError } from '../../errors.ts'
import type { Destination } from './destination.ts'
import type { MirrorResult } from './mirror-event.ts'
import { checkRunOptions } from './mirror-options.ts'
import type { MirrorClient, RunOptions } from './mirror-options.ts'
import { lookUp, openExports } from './open-exports.ts'
import { remember } from './read-list.ts'
import { run } from './run.ts'
import type { Found, Look } from './run.ts'

/**
 * Saves these exports as `mirror` does, and no others: each once, also over several runs, with the names that a mirror
 * of the same destination gives them.
 *
 * @throws ExportsError as `mirror`; `incomplete` also when an export is not ready or is not there
 */
export async function saveAll(
  client: MirrorClient,
  ids: readonly string[],
  destination: string | Destination,
  options: RunOptions = {},
): Promise<MirrorResult> {
  checkRunOptions(options)
  const wanted = new Set(ids)
  return run(client, destination, { ...options, where: ({ id }) => wanted.has(id) }, (look) => lookAt(wanted, look))
}

async function lookAt(ids: ReadonlySet<string>, look: Look): Promise<Found> {
  const { client, signal, manifest, onEvent } = look
  const unsaved = [...ids].filter((id) => manifest.get(id)?.state !== 'saved')
  const found = await openExports({ client, signal }, unsaved)
  let unread = 0
  for (const id of unsaved) {
    const item = found.get(id) ?? (await lookUp({ client, signal }, id))
    if (item !== undefined) remember(item, { ...look, extent: 'all', expiredIds: new Set() })
    const entry = manifest.get(id)
    if (entry?.state === 'wanted') continue
    unread += 1
    const why = entry?.reason ?? 'the API does not have it'
    await onEvent({
      type: 'failed',
      id,
      error: new ExportsError('incomplete', `The export ${id} cannot be saved: ${why}`, { id, missing: 1 }),
    })
  }
  return { ended: [], unread }
}
