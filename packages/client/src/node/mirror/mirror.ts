import { isExportsError } from '../../errors.ts'
import { createAccountCheck } from './account-check.ts'
import { expiredIds } from './delete-expired.ts'
import type { Destination } from './destination.ts'
import type { MirrorResult } from './mirror-event.ts'
import { checkMirrorOptions } from './mirror-options.ts'
import type { MirrorClient, MirrorOptions } from './mirror-options.ts'
import { readList } from './read-list.ts'
import { run } from './run.ts'
import type { Found, Look } from './run.ts'

/**
 * Keeps a destination in step with the exports that are ready: each file once, whole, and judged by what it is. What
 * fails is tried again; what still fails, or is not ready, the next run takes up. Only one run at a time has a
 * destination.
 *
 * @param destination the path of a folder, made when it is not there, or another destination
 * @throws ExportsError `incomplete` when exports are missing at the end; `file` when the destination cannot be used,
 * with the code `LOCKED` while another run has it and `OTHER_ACCOUNT` when it has the exports of another account;
 * `invalid-options`; `aborted`; and what would fail for every export, such as `unauthorized`
 */
export async function mirror(
  client: MirrorClient,
  destination: string | Destination,
  options: MirrorOptions = {},
): Promise<MirrorResult> {
  checkMirrorOptions(options)
  return run(client, destination, options, lookAtList)
}

/** A failure of one answer, which the next need not have. */
const ONE_ANSWER: readonly string[] = ['bad-request', 'not-found', 'server', 'unexpected-status', 'invalid-response']

async function lookAtList(look: Look): Promise<Found> {
  const { name, manifest, options, nowMs, signal, onEvent } = look
  const { deleteExpired = 'no', extent = 'new' } = options
  const account = createAccountCheck(name, manifest)
  const expired = deleteExpired === 'yes' ? expiredIds(manifest, nowMs) : new Set<string>()
  try {
    return await readList({ ...look, extent, account, expiredIds: expired })
  } catch (error) {
    // What was found earlier can be fetched all the same, unless that would fail in the same way.
    // Nothing is fetched for an account that was not seen: it may be another one.
    if (signal?.aborted || !account.isPassed || !isExportsError(error) || !ONE_ANSWER.includes(error.kind)) throw error
    await onEvent({ type: 'failed', error })
    return { ended: [], unread: 1 }
  }
}
