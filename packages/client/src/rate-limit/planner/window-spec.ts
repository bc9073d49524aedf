/** A fixed window of an account's quota. */
export interface WindowSpec {
  readonly name: string
  /** Requests in a window. */
  readonly limit: number
  readonly windowMs: number
}
