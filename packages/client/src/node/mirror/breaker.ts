/** Keeps downloads from an API that answers none of them. */
export interface Breaker {
  /**
   * Resolves when a request may be sent: at once, or, while nothing comes through, for one at a time after a pause.
   * `false`: nothing has come through for so long that the run ends.
   */
  enter(): Promise<boolean>
  /** An answer came that was one, be it a refusal. */
  succeeded(): void
  /** No answer, or one that the API is sick. @returns whether it is the API's failure, and not that of one export */
  failed(id: string): boolean
}

export interface BreakerOptions {
  /** Milliseconds without any success after which `enter` gives up. */
  readonly giveUpAfterMs: number
  readonly now: () => number
  readonly pause: (ms: number) => Promise<void>
  /** How long nothing is sent, in milliseconds. */
  readonly onPause: (ms: number) => void
}

/** Different exports that fail in a row: then it is not because of one of them. */
const SICK = 3
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

export function createBreaker({ giveUpAfterMs, now, pause, onPause }: BreakerOptions): Breaker {
  const failing = new Set<string>()
  let failingSince = 0
  let pauseMs = FIRST_PAUSE_MS
  /** The pause, and the one request after it. */
  let probe: PromiseWithResolvers<void> | undefined
  let isProbing = false

  const isOpen = (): boolean => failing.size >= SICK
  const endProbe = (): void => {
    probe?.resolve()
    probe = undefined
    isProbing = false
  }

  return {
    async enter() {
      while (isOpen() && probe !== undefined) await probe.promise
      if (!isOpen()) return true
      const leftMs = failingSince + giveUpAfterMs - now()
      if (leftMs <= 0) return false
      probe = Promise.withResolvers()
      const ms = Math.min(pauseMs, leftMs)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
      onPause(ms)
      try {
        await pause(ms)
        isProbing = true
      } catch (error) {
        endProbe()
        throw error
      }
      return true
    },
    succeeded() {
      failing.clear()
      pauseMs = FIRST_PAUSE_MS
      endProbe()
    },
    failed(id) {
      if (failing.size === 0) failingSince = now()
      const wasOpen = isOpen()
      failing.add(id)
      // Others may still be under way from before the pause.
      if (isProbing) endProbe()
      return wasOpen || isOpen()
    },
  }
}
