/** Why the limiter gave no place. `retryAfterMs`: when the call could leave instead, from now, where known. */
export class RateLimitRefusal extends Error {
  readonly kind: 'queue-full' | 'deadline'
  readonly retryAfterMs: number | undefined

  constructor(kind: 'queue-full' | 'deadline', message: string, retryAfterMs?: number) {
    super(message)
    this.name = 'RateLimitRefusal'
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}
