/** The end of a window lies between these moments. */
export interface WindowEnd {
  readonly earliest: number
  readonly latest: number
}

/** Whole seconds are rounded in a way that is not documented. They say nothing of a window shorter than this. */
const ROUNDING_MS = 1_000
const SHORTEST_DESCRIBED_MS = 5_000

/** The end of a window that ends `resetMs` after an answer was made: up to a second earlier or later. */
export function endTold(
  { sentAt, answeredAt }: { readonly sentAt: number; readonly answeredAt: number },
  resetMs: number,
  windowMs: number,
): WindowEnd | undefined {
  if (windowMs < SHORTEST_DESCRIBED_MS || resetMs > windowMs + ROUNDING_MS) return undefined
  return { earliest: sentAt + resetMs - ROUNDING_MS, latest: answeredAt + Math.min(resetMs + ROUNDING_MS, windowMs) }
}

/** Both of two ends; the fresh one where they contradict each other. */
export function narrowed(known: WindowEnd | undefined, fresh: WindowEnd): WindowEnd {
  if (!known) return fresh
  const both = { earliest: Math.max(known.earliest, fresh.earliest), latest: Math.min(known.latest, fresh.latest) }
  return both.earliest <= both.latest ? both : fresh
}
