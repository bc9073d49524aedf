/** A command line, a variable or an input that cannot be used. The message names the value, the rule and the way out, and never a token. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
