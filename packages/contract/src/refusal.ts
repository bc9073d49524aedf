/** What was given cannot be used. The message names the value, the rule and the way out, and never a token. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
