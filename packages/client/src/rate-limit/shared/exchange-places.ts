import { LONGEST_TRIP_MS } from '../planner/window-count.ts'
import type { EndRange } from '../planner/window-end.ts'
import type { ExchangeReply, ExchangeRequest, RequestedWindow, WindowTold } from './store.ts'

/** What a store keeps of an account, as JSON. Moments are on the store's clock. */
export interface AccountState {
  /** The last exchange. */
  readonly at: number
  readonly epoch: number
  readonly exchanges: number
  /**
   * The places that requests take, each with the latest moment at which its request can have arrived at the API: a second
   * after it was granted, or its answer when that came earlier. A process that has died needs no looking after. Ascending.
   */
  readonly places: readonly Place[]
  readonly closedUntil: number
  /** A 429 has closed the account, and no request that was sent after its wait was accepted yet. */
  readonly isHalfOpen: boolean
  /** While it is half open: until when the one place that was granted is waited for. */
  readonly probeUntil: number
  /** Since a 429: places in the shortest window at most, and one more for each `GROWTH_MS` after `since`. */
  readonly pace?: { readonly limit: number; readonly since: number } | undefined
  /** The last limit that an answer told. */
  readonly toldLimit?: number | undefined
  readonly windows: Readonly<Record<string, WindowState>>
}

type Place = readonly [id: string, arrivedBy: number]

export interface WindowState {
  /** When the present window ends. */
  readonly ends?: EndRange | undefined
  /** A window has ended: places up to this moment were in it, or in an earlier one. */
  readonly floor?: number | undefined
  /** Requests of other clients that an answer has proven, and when they count no more. */
  readonly strangers?: { readonly count: number; readonly leaveAt: number } | undefined
}

/** Places are kept for so much longer than the longest window: an answer may tell of the time before it. */
const LOOK_BACK_MS = 10_000
/** While the account is half open, callers look again so often. */
const HALF_OPEN_LOOK_MS = 100
/** In this time without a 429 the pace grows by one. */
const GROWTH_MS = 8_000
/** A request that goes first is waited for so long: it may travel for a second, and its answer too. */
const PROBE_MS = 2 * LONGEST_TRIP_MS

/**
 * The rule that every store keeps: one exchange, at the moment `now` of the store's clock. A store around it reads the
 * state of an account, and writes the new one, in one transaction.
 */
export function exchangePlaces(
  known: AccountState | undefined,
  { windows, want, arrived, freed, told, closeMs, seen }: ExchangeRequest,
  now: number,
): { readonly state: AccountState; readonly reply: ExchangeReply } {
  const before = known ?? newAccount(now)
  let { epoch, exchanges, closedUntil, isHalfOpen, probeUntil } = before
  // When the clock was set back, what was to last is left as long as it was, and nothing is known of windows.
  const backMs = Math.max(0, before.at - now)
  let pace = backMs > LONGEST_TRIP_MS ? undefined : before.pace
  const knownWindows = backMs > LONGEST_TRIP_MS ? {} : before.windows
  closedUntil -= backMs
  probeUntil -= backMs
  const keptSince = now - (windows.at(-1)?.windowMs ?? 0) - LOOK_BACK_MS
  const places = before.places
    .filter(([, arrivedBy]) => arrivedBy > keptSince)
    .map(([id, arrivedBy]): Place => [id, Math.min(arrivedBy, now + LONGEST_TRIP_MS)])

  exchanges += 1
  if (seen >= exchanges) {
    // The store has lost what others know: one request goes first, while they tell it again.
    exchanges = seen + 1
    epoch = Math.max(now, epoch + 1)
    closedUntil = Math.max(now, closedUntil)
    isHalfOpen = true
  }
  for (const { id, msAgo } of arrived) {
    remove(places, id)
    put(places, [id, Math.ceil(now - Math.max(msAgo, -LONGEST_TRIP_MS))])
    if (msAgo >= 0 && now - msAgo >= closedUntil) isHalfOpen = false
  }
  for (const id of freed) remove(places, id)
  if (freed.length > 0) probeUntil = now
  const shortest = windows[0]?.limit ?? 1
  let most = pace ? Math.min(shortest, pace.limit + Math.floor((now - pace.since) / GROWTH_MS)) : shortest
  if (closeMs > 0) {
    // Those that were sent together are refused together.
    if (now >= closedUntil) most = Math.max(1, Math.floor(most / 2))
    pace = { limit: most, since: now }
    closedUntil = Math.max(closedUntil, now + closeMs)
    isHalfOpen = true
  }
  const toldLimit = told.at(-1)?.limit ?? before.toldLimit

  const views = windows.map((spec) => {
    const learnt = told.find(({ name }) => name === spec.name)
    const view = viewOf(spec, knownWindows[spec.name] ?? {}, learnt, places, now)
    return spec === windows[0] ? { ...view, limit: Math.min(view.limit, most) } : view
  })
  const open = now < closedUntil || (isHalfOpen && now < probeUntil) ? 0 : isHalfOpen ? 1 : Infinity
  const granted = Math.max(0, Math.min(want.length, open, ...views.map(({ limit, taken }) => limit - taken.length)))
  for (const id of want.slice(0, granted)) put(places, [id, now + LONGEST_TRIP_MS])
  if (isHalfOpen && granted > 0) probeUntil = now + PROBE_MS

  const looksAt = isHalfOpen ? Math.min(probeUntil, now + HALF_OPEN_LOOK_MS) : now
  const opensAt = views.map((view) => (view.taken.length + granted < view.limit ? now : openingOf(view, now)))
  const windowStates = { ...knownWindows, ...Object.fromEntries(views.map(({ spec, state }) => [spec.name, state])) }
  const gate = { closedUntil, isHalfOpen, probeUntil, pace: most < shortest ? pace : undefined }
  return {
    state: { at: now, epoch, exchanges, ...gate, toldLimit, places, windows: windowStates },
    reply: {
      granted,
      waitMs: Math.max(now, closedUntil, looksAt, ...opensAt) - now,
      closedMs: Math.max(0, closedUntil - now),
      windows: views.map(({ taken, state: { ends, strangers } }) => ({
        used: taken.length + granted + (strangers?.count ?? 0),
        strangers: strangers?.count ?? 0,
        endsInMs: ends && ends.latest - now,
      })),
      toldLimit,
      exchanges,
      epoch,
    },
  }
}

function newAccount(now: number): AccountState {
  const moments = { at: now, epoch: now, closedUntil: now, probeUntil: now }
  return { ...moments, exchanges: 0, isHalfOpen: false, places: [], windows: {} }
}

/** The index of the first place that is later than a moment. */
function indexAfter(places: readonly Place[], moment: number): number {
  return places.findLastIndex(([, arrivedBy]) => arrivedBy <= moment) + 1
}

function put(places: Place[], place: Place): void {
  places.splice(indexAfter(places, place[1]), 0, place)
}

function remove(places: Place[], id: string): void {
  const index = places.findLastIndex(([one]) => one === id)
  if (index >= 0) places.splice(index, 1)
}

interface WindowView {
  readonly spec: RequestedWindow
  readonly state: WindowState
  /** What other clients leave of the window's limit. */
  readonly limit: number
  /** The places that count. */
  readonly taken: readonly Place[]
}

/** A window at `now`, with what an answer said of it. */
function viewOf(
  spec: RequestedWindow,
  { ends, floor, strangers }: WindowState,
  told: WindowTold | undefined,
  places: readonly Place[],
  now: number,
): WindowView {
  const { limit, windowMs, leave = 0 } = spec
  const after = (since: number): readonly Place[] => places.slice(indexAfter(places, since))
  if (told?.endsIn) {
    const { earliestMs, latestMs } = told.endsIn
    ends = narrowed(ends, { earliest: now + earliestMs, latest: now + Math.min(latestMs, windowMs) })
  }
  if (strangers && strangers.leaveAt <= now) strangers = undefined
  if (told) {
    const count = limit - told.remaining - after(now - told.sentMsAgo - windowMs).length
    if (count > (strangers?.count ?? 0)) strangers = { count, leaveAt: now + windowMs }
  }
  if (strangers && ends) strangers = { ...strangers, leaveAt: Math.min(strangers.leaveAt, ends.latest) }
  if (ends && ends.latest <= now) [floor, ends] = [Math.max(ends.earliest, floor ?? -Infinity), undefined]
  const taken = after(Math.max(now - windowMs, floor ?? -Infinity))
  return { spec, state: { ends, floor, strangers }, limit: limit - Math.max(strangers?.count ?? 0, leave), taken }
}

/** Both of two ends; the fresh one where they contradict each other. */
function narrowed(known: EndRange | undefined, fresh: EndRange): EndRange {
  const earliest = Math.max(fresh.earliest, known?.earliest ?? -Infinity)
  const latest = Math.min(fresh.latest, known?.latest ?? Infinity)
  return earliest <= latest ? { earliest, latest } : fresh
}

/** The earliest moment at which a full window may have room for one more. */
function openingOf({ spec, state: { ends, strangers }, limit, taken }: WindowView, now: number): number {
  // What is still on its way may be answered at any moment.
  const [, arrivedBy] = taken[Math.max(0, taken.length - limit)] ?? ['', now]
  return Math.min(Math.min(arrivedBy, now) + spec.windowMs, ends?.latest ?? Infinity, strangers?.leaveAt ?? Infinity)
}
