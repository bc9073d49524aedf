import type { Admission, Limits, QuotaState } from '@hood-exports/provider'

/** Counts the requests of each token. A token is an account of its own: which of them share one, the mock cannot know. */
export interface Quota {
  /** Counts one request. A refused one is not counted. */
  admit(token: string): Admission
  /** For a request without a token, which is counted nowhere. */
  untouched(): QuotaState
  /** Gives every token the whole quota back. Requests that are under way stay so. */
  refill(): void
}

interface Account {
  /** For each window: when the counted one began, and how many requests it has had. */
  readonly startedMs: number[]
  readonly used: number[]
  inFlight: number
}

const MAX_ACCOUNTS = 10_000

/** Windows begin at whole multiples of their length since the epoch. */
export function createQuota({ windows, parallel = Infinity }: Limits, now: () => number): Quota {
  const accounts = new Map<string, Account>()
  const longest = windows.reduce(
    (place, { windowMs }, index) => (windowMs > (windows[place]?.windowMs ?? 0) ? index : place),
    0,
  )
  const startOf = (index: number, nowMs: number): number => {
    const { windowMs = 1 } = windows[index] ?? {}
    return Math.floor(nowMs / windowMs) * windowMs
  }
  const refreshed = (token: string, nowMs: number): Account => {
    const account = accounts.get(token) ?? { startedMs: [], used: [], inFlight: 0 }
    for (const index of windows.keys()) {
      const startedMs = startOf(index, nowMs)
      if (account.startedMs[index] === startedMs) continue
      account.startedMs[index] = startedMs
      account.used[index] = 0
    }
    return account
  }
  /** The longest window's: the vendor does not say which one its headers describe. */
  const state = (nowMs: number, used: number): QuotaState => {
    const { limit = 0, windowMs = 0 } = windows[longest] ?? {}
    return {
      limit,
      remaining: Math.max(0, limit - used),
      resetSeconds: Math.ceil((startOf(longest, nowMs) + windowMs - nowMs) / 1_000),
    }
  }
  const keep = (token: string, account: Account): void => {
    accounts.delete(token)
    accounts.set(token, account)
    const [oldest] = accounts.size > MAX_ACCOUNTS ? accounts : []
    if (oldest === undefined) return
    accounts.delete(oldest[0])
    // What is under way stays counted: its turn comes again later.
    if (oldest[1].inFlight > 0) accounts.set(...oldest)
  }

  return {
    admit: (token) => {
      const nowMs = now()
      const account = refreshed(token, nowMs)
      // The parallel limit first: a request that it refuses must not use a place in the windows.
      if (account.inFlight >= parallel) return { kind: 'too-many-in-parallel' }
      const waits = windows.flatMap(({ limit, windowMs }, index) =>
        (account.used[index] ?? 0) >= limit ? [startOf(index, nowMs) + windowMs - nowMs] : [],
      )
      if (waits.length > 0) return { kind: 'used-up', waitMs: Math.max(...waits) }
      for (const index of windows.keys()) account.used[index] = (account.used[index] ?? 0) + 1
      account.inFlight += 1
      keep(token, account)
      let hasLeft = false
      const leave = (): void => {
        if (!hasLeft) account.inFlight -= 1
        hasLeft = true
      }
      const quota = state(nowMs, account.used[longest] ?? 0)
      return { kind: 'admitted', quotaAfter: () => quota, leave }
    },
    untouched: () => state(now(), 0),
    refill: () => {
      for (const account of accounts.values()) account.startedMs.length = 0
    },
  }
}
