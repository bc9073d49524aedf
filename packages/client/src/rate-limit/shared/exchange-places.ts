import { LONGEST_TRIP_MS } from '../planner/window-count.ts'
import type { WindowSpec } from '../planner/window-spec.ts'
import type { ExchangeReply, ExchangeRequest, WindowTold } from './store.ts'
import { narrowed } from './window-end.ts'
import type { WindowEnd } from './window-end.ts'

/**
 * The places of an account, each with the latest moment at which its request can have arrived at the API: a second after
 * it was granted, or its answer when that came earlier. A process that has died needs no looking after.
 */
export interface Places {
  /** Sets the moment of a place, new or not. */
  put(id: string, arrivedBy: number): void
  remove(id: string): void
  /** How many are later than a moment. */
  countAfter(moment: number): number
  /** The moment of number `index` of those, from 0. */
  momentAfter(moment: number, index: number): number | undefined
  /** Sets those that are later than a moment to it. */
  pullBack(moment: number): void
  /** Drops those up to a moment. */
  forget(moment: number): void
}

/** What is kept of an account beside its places, as JSON. Moments are on the store's clock. */
export interface AccountFacts {
  /** The last exchange. */
  readonly at: number
  readonly epoch: number
  readonly exchanges: number
  readonly closedUntil: number
  /** A 429 has closed the account, and no request that was sent after its wait was accepted yet. */
  readonly isHalfOpen: boolean
  /** While it is half open: until when the one place that was granted is waited for. */
  readonly probeUntil: number
  /** The last limit that an answer told. */
  readonly toldLimit?: number | undefined
  readonly windows: Readonly<Record<string, WindowFacts>>
}

export interface WindowFacts {
  /** When the present window ends. */
  readonly ends?: WindowEnd | undefined
  /** A window has ended: places up to this moment were in it, or in an earlier one. */
  readonly floor?: number | undefined
  /** Requests of other clients that an answer has proven, and when they count no more. */
  readonly strangers?: { readonly count: number; readonly leaveAt: number } | undefined
}

/** While the account is half open, callers look again so often. */
const HALF_OPEN_LOOK_MS = 100
/** A request that goes first is waited for so long: it may travel for a second, and its answer too. */
const PROBE_MS = 2 * LONGEST_TRIP_MS

/** One exchange, at the moment `now` of the store's clock. */
export function exchangePlaces(
  places: Places,
  known: AccountFacts | undefined,
  { windows, want, arrived, freed, told, closeMs, seen }: ExchangeRequest,
  now: number,
): { readonly facts: AccountFacts; readonly reply: ExchangeReply } {
  // When the clock was set back, what was to last is left as long as it was, and no window's end is known.
  const backMs = Math.max(0, (known?.at ?? now) - now)
  const knownWindows = backMs > LONGEST_TRIP_MS ? {} : (known?.windows ?? {})
  let { epoch = now, exchanges = 0, closedUntil = now, isHalfOpen = false, probeUntil = now } = known ?? {}
  closedUntil -= backMs
  probeUntil -= backMs
  places.pullBack(now + LONGEST_TRIP_MS)
  places.forget(now - 2 * (windows.at(-1)?.windowMs ?? 0))

  exchanges += 1
  if (seen >= exchanges) {
    // The store has lost what others know: one request goes first, while they tell it again.
    exchanges = seen + 1
    epoch = Math.max(now, epoch + 1)
    closedUntil = Math.max(now, closedUntil)
    isHalfOpen = true
  }
  for (const { id, msAgo } of arrived) {
    places.put(id, now - Math.max(msAgo, -LONGEST_TRIP_MS))
    if (msAgo >= 0 && now - msAgo > closedUntil) isHalfOpen = false
  }
  for (const id of freed) places.remove(id)
  if (freed.length > 0) probeUntil = now
  if (closeMs > 0) {
    closedUntil = Math.max(closedUntil, now + closeMs)
    isHalfOpen = true
  }

  const states = windows.map((spec) => {
    const learnt = told.find(({ name }) => name === spec.name)
    return windowAt(spec, knownWindows[spec.name] ?? {}, learnt, places, now)
  })
  const most = now < closedUntil || (isHalfOpen && now < probeUntil) ? 0 : isHalfOpen ? 1 : Infinity
  const granted = Math.max(0, Math.min(want.length, most, ...states.map(({ limit, used }) => limit - used)))
  for (const id of want.slice(0, granted)) places.put(id, now + LONGEST_TRIP_MS)
  if (isHalfOpen && granted > 0) probeUntil = now + PROBE_MS

  const looksAt = isHalfOpen ? Math.min(probeUntil, now + HALF_OPEN_LOOK_MS) : now
  const opensAt = states.map((state) => (state.used + granted < state.limit ? now : openingOf(state, places, now)))
  const toldLimit = told.at(-1)?.limit ?? known?.toldLimit
  const windowFacts = states.map(({ spec, ends, floor, strangers }) => [spec.name, { ends, floor, strangers }])
  return {
    facts: {
      ...{ at: now, epoch, exchanges, closedUntil, isHalfOpen, probeUntil, toldLimit },
      windows: { ...knownWindows, ...Object.fromEntries(windowFacts) },
    },
    reply: {
      granted,
      waitMs: Math.max(now, closedUntil, looksAt, ...opensAt) - now,
      closedMs: Math.max(0, closedUntil - now),
      windows: states.map(({ spec, limit, used, ends }) => ({
        used: spec.limit - limit + used + granted,
        endsInMs: ends && ends.latest - now,
      })),
      toldLimit,
      exchanges,
      epoch,
    },
  }
}

interface WindowState extends WindowFacts {
  readonly spec: WindowSpec
  /** What other clients leave of the window's limit. */
  readonly limit: number
  /** Places later than this moment count. */
  readonly since: number
  readonly used: number
}

/** A window at `now`, with what an answer said of it. */
function windowAt(
  spec: WindowSpec,
  { ends, floor, strangers }: WindowFacts,
  told: WindowTold | undefined,
  places: Places,
  now: number,
): WindowState {
  const { limit, windowMs } = spec
  if (told?.endsIn) {
    const { earliestMs, latestMs } = told.endsIn
    ends = narrowed(ends, { earliest: now + earliestMs, latest: now + Math.min(latestMs, windowMs) })
  }
  if (strangers && strangers.leaveAt <= now) strangers = undefined
  if (told) {
    const count = limit - told.remaining - places.countAfter(now - told.sentMsAgo - windowMs)
    if (count > (strangers?.count ?? 0)) strangers = { count, leaveAt: now + windowMs }
  }
  if (strangers && ends) strangers = { ...strangers, leaveAt: Math.min(strangers.leaveAt, ends.latest) }
  if (ends && ends.latest <= now) [floor, ends] = [Math.max(ends.earliest, floor ?? 0), undefined]
  const since = Math.max(now - windowMs, floor ?? -Infinity)
  return { spec, ends, floor, strangers, limit: limit - (strangers?.count ?? 0), since, used: places.countAfter(since) }
}

/** The earliest moment at which a full window may have room for one more. */
function openingOf({ spec, ends, strangers, limit, since, used }: WindowState, places: Places, now: number): number {
  const arrivedBy = places.momentAfter(since, Math.max(0, used - limit)) ?? Infinity
  // What is still on its way may be answered at any moment.
  const freesAt = Math.min(arrivedBy, now) + spec.windowMs
  return Math.min(freesAt, ends?.latest ?? Infinity, strangers?.leaveAt ?? Infinity)
}
