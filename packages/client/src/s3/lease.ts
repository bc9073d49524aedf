import { randomUUID } from 'node:crypto'
import type { Clock, Timer } from '../clock.ts'
import { ExportsError } from '../errors.ts'
import type { Objects } from './objects.ts'

export interface LeaseOptions {
  readonly objects: Objects
  readonly key: string
  /** What messages call the destination. */
  readonly name: string
  readonly clock: Clock
  /** Milliseconds after which a lease that is not renewed is over. */
  readonly leaseMs: number
}

/** The right to write to a destination, which one run has at a time. */
export interface Lease {
  /**
   * Resolves while the lease is held, and renews one that may be over.
   * @throws ExportsError `file` with the code `LEASE_LOST` when another run has taken it
   */
  hold(): Promise<void>
  /** Gives it back, unless it is lost. */
  release(): Promise<void>
}

/** Ages have whole seconds. */
const ROUNDING_MS = 2_000

/**
 * Takes the lease, an object that is only ever written by If-None-Match or If-Match. Its age is told by the store's own
 * clock, and the holder counts from before it asked: clocks of machines that differ do no harm.
 * @throws ExportsError `file` with the code `LOCKED` while another run has it
 */
export async function takeLease({ objects, key, name, clock, leaseMs }: LeaseOptions): Promise<Lease> {
  const owner = randomUUID()
  let writes = 0
  let etag: string | undefined
  let heldAt = clock.now()
  let timer: Timer | undefined
  let renewing: Promise<void> | undefined
  let isLost = false
  let isOver = false

  /** Each write is another object, also for the same owner. @returns whether it was made */
  const write = async (facts: object = {}): Promise<boolean> => {
    const askedAt = clock.now()
    const text = JSON.stringify({ owner, writes: (writes += 1), ...facts })
    const written = await objects.write(key, text, etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag })
    // The answer to a first attempt may have been lost: then the object is ours all the same.
    const found = written === undefined ? await objects.read(key) : undefined
    const taken = written ?? (found?.text === text ? found.etag : undefined)
    if (taken === undefined) return false
    etag = taken
    heldAt = askedAt
    return true
  }

  const found = await objects.read(key)
  if (found !== undefined) {
    if (!isReleased(found.text) && found.ageMs <= leaseMs + ROUNDING_MS) throw locked(name, leaseMs)
    etag = found.etag
  }
  if (!(await write())) throw locked(name, leaseMs)

  /** One at a time: two writes over the same ETag would each take the other for another run's. */
  const renew = (): Promise<void> => {
    renewing ??= write()
      .then((isMade) => void (isLost ||= !isMade))
      .finally(() => (renewing = undefined))
    return renewing
  }
  const renewLater = (): void => {
    // One that fails is tried again by the next, or by `hold`.
    const again = (): void => (isOver ? undefined : renewLater())
    timer = clock.setTimer(() => void renew().then(again, again), leaseMs / 3)
  }
  renewLater()

  return {
    async hold() {
      if (!isLost && clock.now() - heldAt > leaseMs) await renew()
      if (!isLost) return
      const message = `Another run has taken "${name}", because this one was silent for too long: it ends, and leaves the rest to the other`
      throw new ExportsError('file', message, { code: 'LEASE_LOST', path: name })
    },
    async release() {
      isOver = true
      timer?.cancel()
      await renewing?.catch(() => undefined)
      if (!isLost) await write({ released: true })
    },
  }
}

function isReleased(text: string): boolean {
  try {
    return (JSON.parse(text) as { readonly released?: unknown }).released === true
  } catch {
    return false
  }
}

function locked(name: string, leaseMs: number): ExportsError<'file'> {
  const seconds = Math.ceil((leaseMs + ROUNDING_MS) / 1_000)
  const message = `Another sync works on "${name}": wait for its end (or for ${seconds} s, when it was killed), or give another prefix`
  return new ExportsError('file', message, { code: 'LOCKED', path: name })
}
