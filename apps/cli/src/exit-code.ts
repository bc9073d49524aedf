import type { ExportsErrorKind } from '@hood-exports/client'

/** What the process ends with. Documented in docs/cli.md; scripts depend on it. */
export const EXIT = {
  ok: 0,
  /** The API's answer, or a failure without a code of its own. */
  failed: 1,
  usage: 2,
  auth: 3,
  notFound: 4,
  /** The quota, or a deadline. */
  quota: 5,
  network: 6,
  /** Some was done, some was not. */
  partly: 7,
  /** Another run has the folder. */
  locked: 8,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The exit code of each kind of failure of the client. */
export const EXIT_OF_KIND: Readonly<Record<ExportsErrorKind, ExitCode>> = {
  'invalid-options': EXIT.usage,
  'invalid-query': EXIT.usage,
  'bad-request': EXIT.failed,
  unauthorized: EXIT.auth,
  'not-found': EXIT.notFound,
  'rate-limited': EXIT.quota,
  'queue-full': EXIT.quota,
  deadline: EXIT.quota,
  server: EXIT.failed,
  'unexpected-status': EXIT.failed,
  'invalid-response': EXIT.failed,
  network: EXIT.network,
  timeout: EXIT.network,
  aborted: EXIT.interrupted,
  incomplete: EXIT.partly,
  'size-mismatch': EXIT.failed,
  file: EXIT.failed,
  'export-failed': EXIT.failed,
}

/** The exit code of several exports, of which `done` are done and the others have failed. */
export function exitCodeOfSeveral(done: number, failures: readonly ExitCode[]): ExitCode {
  const [first] = failures
  if (first === undefined) return EXIT.ok
  if (done > 0) return EXIT.partly
  return failures.every((code) => code === first) ? first : EXIT.failed
}
