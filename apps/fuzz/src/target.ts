import type { FuzzRequest, Ingredients } from './ingredients.ts'

/** Members of an export that say whose it is; each can be missing. */
export interface ItemFacts {
  readonly id?: string
  readonly company_id?: string
  readonly download_url?: string | null
}

/** A server to be fuzzed. */
export interface Target {
  readonly port: number
  readonly ingredients: Ingredients
  /** Errors that the server could not explain, since it was started. */
  readonly failures: readonly unknown[]
  /** Whether a request asks for no whole answer. */
  mayBreak(request: FuzzRequest): boolean
  /** Whether a request asks for a 500. */
  mayFail(request: FuzzRequest): boolean
  /** Whether a request asks for an answer that is none of the spec. */
  mayDeviate(request: FuzzRequest): boolean
  /** Whether the caller may see the exports in a good answer. @throws AssertionError */
  checkItems(request: FuzzRequest, items: readonly ItemFacts[]): void
  /** Forgets what a request may have armed for the next one. */
  settle(request: FuzzRequest): Promise<void>
  close(): Promise<void>
}
