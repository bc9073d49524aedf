/** The exit codes that all commands share; 70 is EX_SOFTWARE of sysexits.h. */
export const EXIT = { ok: 0, failed: 1, usage: 2, internal: 70, interrupted: 130 } as const

/** What a shell expects of a program that a signal has ended: 128 and the signal's number. */
const SIGNALS = [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const

/** At the first signal, ends the process with the signal's exit code as soon as `end` is done; at a second one at once. */
export function endAtSignal(end: () => unknown): void {
  let isEnding = false
  for (const [name, code] of SIGNALS) {
    process.on(name, () => {
      if (isEnding) process.exit(code)
      isEnding = true
      process.exitCode = code
      void Promise.resolve(end()).finally(() => process.exit(code))
    })
  }
}
