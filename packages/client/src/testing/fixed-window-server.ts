import type { WindowSpec } from '../rate-limit/planner/window-spec.ts'

export interface FixedWindowServerOptions {
  readonly windows: readonly WindowSpec[]
  /** Whether windows start on the clock or with the first request after the one before. Default `clock`. */
  readonly start?: 'clock' | 'first-request' | undefined
  /** Where windows on the clock start, in milliseconds. Default 0. */
  readonly phaseMs?: number | undefined
  /** Which window `X-RateLimit-*` describe, or none. The vendor does not say. Default `fewer-left`. */
  readonly described?: 'fewer-left' | 'tightest' | 'longest' | 'none' | undefined
  /** How the seconds of `Reset` are rounded; the vendor does not say. Default `up`. */
  readonly rounding?: 'up' | 'nearest' | 'down' | undefined
  /** Requests in flight at most; one more gets `Retry-After: -1`. */
  readonly parallel?: number | undefined
}

export type Admission =
  | { readonly kind: 'admitted'; readonly headers: Record<string, string>; leave(): void }
  | { readonly kind: 'refused'; answer(): Response }

const ROUND = { up: Math.ceil, nearest: Math.round, down: Math.floor } as const

/** The server's side of the quota: fixed windows, counted at arrival; a refused request is not counted. */
export class FixedWindowServer {
  readonly #options: FixedWindowServerOptions
  readonly #used = new Map<string, { startedAt: number; count: number }>()
  #inFlight = 0

  constructor(options: FixedWindowServerOptions) {
    this.#options = options
  }

  admit(now: number): Admission {
    const { windows, parallel = Infinity, rounding = 'up', described = 'fewer-left' } = this.#options
    if (this.#inFlight >= parallel) return refused(-1)
    const states = windows.map((window) => {
      const startedAt = this.#startOf(window, now)
      const used = this.#used.get(window.name)
      const count = used?.startedAt === startedAt ? used.count : 0
      return { window, startedAt, count, endsInMs: startedAt + window.windowMs - now }
    })
    const full = states.filter(({ window, count }) => count >= window.limit)
    if (full.length > 0) return refused(Math.max(...full.map(({ endsInMs }) => Math.ceil(endsInMs / 1000))))
    for (const { window, startedAt, count } of states) this.#used.set(window.name, { startedAt, count: count + 1 })
    this.#inFlight += 1
    const left = states.map((state) => ({ ...state, remaining: state.window.limit - state.count - 1 }))
    const byLength = left.toSorted((a, b) => a.window.windowMs - b.window.windowMs)
    const byRemaining = left.toSorted((a, b) => a.remaining - b.remaining)
    const shown = { 'fewer-left': byRemaining[0], tightest: byLength[0], longest: byLength.at(-1), none: undefined }[
      described
    ]
    return {
      kind: 'admitted',
      headers: shown
        ? {
            'X-RateLimit-Limit': String(shown.window.limit),
            'X-RateLimit-Remaining': String(shown.remaining),
            'X-RateLimit-Reset': String(ROUND[rounding](shown.endsInMs / 1000)),
          }
        : {},
      leave: () => {
        this.#inFlight -= 1
      },
    }
  }

  #startOf({ name, windowMs }: WindowSpec, now: number): number {
    const { start = 'clock', phaseMs = 0 } = this.#options
    if (start === 'clock') return Math.floor((now - phaseMs) / windowMs) * windowMs + phaseMs
    const last = this.#used.get(name)?.startedAt ?? -Infinity
    return now < last + windowMs ? last : now
  }
}

function refused(retryAfter: number): Admission {
  const body = { code: 429, title: 'Too many requests.', message: 'The rate limit was exceeded.' }
  return {
    kind: 'refused',
    answer: () => Response.json(body, { status: 429, headers: { 'Retry-After': String(retryAfter) } }),
  }
}
