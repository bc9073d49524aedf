/** A request as the sandbox sees it, whichever edge it came through. */
export interface Call {
  readonly method: string
  /** The path as it was sent, still percent-encoded. */
  readonly path: string
  /** What stands after `?`, still percent-encoded; empty without one. */
  readonly search: string
  /** Looks a header up by its lower-case name. */
  readonly header: (name: string) => string | undefined
  /**
   * The text of the body; undefined when it is larger than {@link MAX_BODY_BYTES}. A body that breaks off is empty: there
   * is no caller left to be told.
   */
  readonly text: () => Promise<string | undefined>
}

export const MAX_BODY_BYTES = 1_000_000

const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** Where the caller has reached the sandbox, for examples in its pages; a host that is none is not repeated. */
export function originOf({ header }: Call): string {
  const host = header('host')
  return host !== undefined && HOST.test(host) ? `http://${host}` : 'http://127.0.0.1:4020'
}

/** Splits a request target (`/path?search`) without normalising or decoding anything. */
export function splitTarget(target: string): { path: string; search: string } {
  const mark = target.indexOf('?')
  return mark === -1 ? { path: target, search: '' } : { path: target.slice(0, mark), search: target.slice(mark + 1) }
}
