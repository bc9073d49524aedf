import { systemClock } from '../../clock.ts'
import { ExportsError, isExportsError } from '../../errors.ts'
import { aborted } from '../../failures.ts'
import { openScope } from '../../scope.ts'
import { codeOf } from '../file-error.ts'
import { announceRest } from './announce.ts'
import { createBreaker } from './breaker.ts'
import { checkFiles, recover } from './check-files.ts'
import { chooseExports } from './choice.ts'
import type { Choice } from './choice.ts'
import { deleteFiles } from './delete-expired.ts'
import type { Destination, Store } from './destination.ts'
import type { Entry } from './entry.ts'
import { fetchAll } from './fetch-all.ts'
import { folder } from './folder.ts'
import { createFileNames } from './file-names.ts'
import type { FileNames } from './file-names.ts'
import type { Manifest } from './manifest.ts'
import type { MirrorEvent, MirrorResult, OnMirrorEvent } from './mirror-event.ts'
import type { MirrorClient, MirrorOptions } from './mirror-options.ts'
import { openManifest } from './open-manifest.ts'

/** What a look at the account knows. */
export interface Look {
  readonly client: MirrorClient
  /** What messages call the destination. */
  readonly name: string
  readonly manifest: Manifest
  readonly choice: Choice
  readonly namesOf: FileNames
  readonly nowMs: number
  readonly options: MirrorOptions
  readonly signal: AbortSignal | undefined
  readonly onEvent: OnMirrorEvent
}

/** What a look at the account has found; what is wanted is in the manifest. */
export interface Found {
  /** Saved exports whose files the API does not give any more, and that are to be deleted. */
  readonly ended: readonly string[]
  /** Failures that were reported: they count. */
  readonly unread: number
}

const RETRY_FOR_MS = 300_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

/**
 * One run: ends what an earlier one has begun, looks for files that are missing, looks at the account, fetches what is
 * wanted. Each step leaves the destination so that the next run goes on from there, whatever ends this one.
 */
export async function run(
  client: MirrorClient,
  destination: string | Destination,
  options: MirrorOptions,
  look: (given: Look) => Promise<Found>,
): Promise<MirrorResult> {
  const { mode = 'run', state, clock = systemClock, onIncomplete = 'fail', signal } = options
  const choice = chooseExports(options)
  const namesOf = createFileNames(options.path)
  const target = typeof destination === 'string' ? folder(destination) : destination
  const listener = createListener(options.onEvent)
  const onEvent = listener.tell
  const scope = openScope({ clock, signal })
  try {
    if (signal?.aborted) throw aborted(signal.reason)
    const store = await target.open({ mode, state, clock, signal })
    let manifest: Manifest | undefined
    let result: MirrorResult
    try {
      const { name } = target
      manifest = openManifest({ file: store.manifestFile, name, baseUrl: client.baseUrl, mode })
      const given = { client, name, manifest, choice, namesOf, options, signal, onEvent, nowMs: clock.wallNow() }
      result = await untilAnswered(given, { store, look, pause: scope.pause })
    } catch (error) {
      manifest?.close()
      // What has ended the run is told, and not what came of it.
      await store.close('broken').catch(() => undefined)
      throw error
    }
    manifest.close()
    await store.close('reached')
    if (onIncomplete === 'fail' && result.failed + result.left > 0) throw listener.incomplete(result)
    return result
  } catch (error) {
    if (error instanceof Thrown) throw error.error
    throw refusalOf(error, target.name)
  } finally {
    scope.close()
  }
}

interface StepOptions {
  readonly store: Store
  readonly look: (given: Look) => Promise<Found>
  readonly pause: (ms: number) => Promise<void>
}

/** Looks again while the account gives no answer, or one that the API is sick, for as long as that is asked for. */
async function untilAnswered(given: Look, options: StepOptions): Promise<MirrorResult> {
  const { signal, onEvent } = given
  const { clock = systemClock, retryForMs = RETRY_FOR_MS } = given.options
  const giveUpAt = clock.now() + retryForMs
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await step(given, options)
    } catch (error) {
      if (signal?.aborted || !isSick(error) || clock.now() + pauseMs > giveUpAt) throw error
      await onEvent({ type: 'paused', ms: pauseMs })
      await options.pause(pauseMs)
    }
  }
}

async function step(given: Look, { store, look, pause }: StepOptions): Promise<MirrorResult> {
  const { client, manifest, choice, namesOf, options, signal, nowMs, onEvent } = given
  const {
    mode = 'run',
    removed = 'fetch',
    concurrency = 4,
    retryForMs = RETRY_FOR_MS,
    idleTimeoutMs,
    versions = 'replace',
    onSaved,
  } = options
  const { clock = systemClock } = options
  const sizes = judgeSizes(manifest, options)
  if (mode === 'run') {
    await recover(store, manifest, nowMs)
    await announceRest({ manifest, signal, onEvent, onSaved })
  }
  const { isSelected } = choice
  await checkFiles({ store, manifest, isSelected, removed, isWrongSize: sizes.isWrong })
  const { ended, unread } = await look(given)
  await tellPlan(given, mode)
  if (mode === 'plan') return { saved: 0, bytes: 0, deleted: 0, failed: unread, left: 0 }
  const breaker = createBreaker({
    giveUpAfterMs: retryForMs,
    now: () => clock.now(),
    pause,
    onPause: (ms) => void onEvent({ type: 'paused', ms }),
  })
  const { failed, ...fetched } = await fetchAll({
    client,
    store,
    manifest,
    namesOf,
    isSelected,
    concurrency,
    breaker,
    pause,
    signal,
    mismatch: sizes.mismatch,
    idleTimeoutMs,
    versions,
    wallNow: () => clock.wallNow(),
    onEvent,
    onSaved,
  })
  const deleted = await deleteFiles(ended, { store, manifest, nowMs, onEvent })
  return { ...fetched, failed: failed + unread, deleted }
}

/** Files with exactly their announced size: they prove that it is in bytes. */
const PROOF_OF_UNIT = 5

/** What another size than the announced one means: with `auto` it is wrong once the unit is known to be bytes. */
function judgeSizes(
  manifest: Manifest,
  { onSizeMismatch = 'auto' }: MirrorOptions,
): { readonly mismatch: 'possible' | 'wrong'; readonly isWrong: (entry: Entry) => boolean } {
  const { matching, differing } = manifest.sizes()
  const isProven = matching >= PROOF_OF_UNIT && matching > differing
  const isWrong = onSizeMismatch === 'fail' || (onSizeMismatch === 'auto' && isProven)
  return {
    mismatch: isWrong ? 'wrong' : 'possible',
    isWrong: ({ item, bytes }) => isWrong && item.size !== null && bytes !== item.size,
  }
}

async function tellPlan({ manifest, choice, onEvent }: Look, mode: 'run' | 'plan'): Promise<void> {
  let [count, bytes] = [0, 0]
  for (const id of manifest.wantedIds()) {
    const entry = manifest.get(id)
    if (entry === undefined || !choice.isSelected(entry.item)) continue
    const { size } = entry.item
    count += 1
    bytes += size ?? 0
    if (mode === 'plan' && entry.file !== null) await onEvent({ type: 'would-save', id, file: entry.file, size })
  }
  await onEvent({ type: 'planned', exports: count, bytes })
}

/** The API gave no answer, or one that it is sick: asked again, it may give another. */
function isSick(error: unknown): boolean {
  return isExportsError(error) && ['network', 'timeout', 'server'].includes(error.kind)
}

/** What a listener has thrown: no failure of the run, and thrown as it is. */
class Thrown {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

interface Listener {
  readonly tell: (event: MirrorEvent) => Promise<void>
  /** The error of a run after which exports are missing; its cause is the first failure. */
  readonly incomplete: (result: MirrorResult) => ExportsError<'incomplete'>
}

function createListener(onEvent: OnMirrorEvent = () => undefined): Listener {
  let thrown: Thrown | undefined
  let firstFailure: { readonly error: unknown } | undefined
  return {
    async tell(event) {
      if (event.type === 'failed') firstFailure ??= event
      if (thrown === undefined) {
        try {
          await onEvent(event)
        } catch (error) {
          thrown = new Thrown(error)
        }
      }
      // Progress is not waited for: the event after it ends the run.
      if (thrown !== undefined && event.type !== 'progress' && event.type !== 'paused') throw thrown
    },
    incomplete({ saved, failed, left }) {
      const cause = firstFailure?.error
      const why = cause instanceof Error ? ` (the first failure: ${cause.message})` : ''
      return new ExportsError(
        'incomplete',
        `${saved} saved, ${failed} failed, ${left} not tried${why}: the next run goes on from here`,
        { missing: failed + left, cause },
      )
    },
  }
}

/** A refusal of the file system or of the database. */
function refusalOf(error: unknown, name: string): unknown {
  if (isExportsError(error) || !(error instanceof Error)) return error
  const code = codeOf(error)
  if (code === undefined || (!('syscall' in error) && code !== 'ERR_SQLITE_ERROR')) return error
  return new ExportsError('file', `The destination "${name}" cannot be kept in step: ${error.message}`, {
    code,
    path: name,
    cause: error,
  })
}
