/** A request that need not be one. */
export interface FuzzRequest {
  readonly method: string
  readonly target: string
  /** Undefined sends none, which HTTP forbids. */
  readonly host: string | undefined
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** The status of its answer, where the document settles it. */
  readonly expected?: number
}

/** What the requests to a server are made of, beside what is made up for every one. */
export interface Ingredients {
  readonly tokens: readonly string[]
  readonly ids: readonly string[]
  /** Paths of its own, such as its pages. */
  readonly paths: readonly string[]
  /** Bodies that its control endpoint could take. */
  readonly bodies: readonly string[]
  /** Headers that script it, with parts of what they take. */
  readonly scripts: Readonly<Record<string, readonly string[]>>
}
