/** A request as the sandbox sees it, whichever edge it came through. */
export interface Call {
  readonly method: string
  /** The path as it was sent, still percent-encoded. */
  readonly path: string
  /** What stands after `?`, still percent-encoded; empty without one. */
  readonly search: string
  /** Looks a header up by its lower-case name. */
  readonly header: (name: string) => string | undefined
  /** The text of the body; only the control endpoint reads it. */
  readonly text: () => Promise<string>
}

/** Splits a request target (`/path?search`) without normalising or decoding anything. */
export function splitTarget(target: string): { path: string; search: string } {
  const mark = target.indexOf('?')
  return mark === -1 ? { path: target, search: '' } : { path: target.slice(0, mark), search: target.slice(mark + 1) }
}
