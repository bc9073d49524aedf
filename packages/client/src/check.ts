import { invalidOption, invalidSecret } from './failures.ts'

/** What is wrong with an option's value, as what it should be instead; `undefined` when nothing is. */
export type OptionRule = (value: unknown) => string | undefined

export function numberFrom(minimum: number): OptionRule {
  return (value) => (typeof value === 'number' && value >= minimum ? undefined : `a number from ${minimum}`)
}

/** For counts. */
export function wholeFrom(minimum: number): OptionRule {
  return (value) =>
    value === Infinity || (Number.isInteger(value) && (value as number) >= minimum)
      ? undefined
      : `a whole number from ${minimum}, or Infinity`
}

export function oneOf(...words: readonly string[]): OptionRule {
  return (value) => (words.includes(value as string) ? undefined : `one of ${words.join(', ')}`)
}

export const text: OptionRule = (value) => (typeof value === 'string' ? undefined : 'a string')

export const callback: OptionRule = (value) => (typeof value === 'function' ? undefined : 'a function')

export function objectWith(member: string, name: string): OptionRule {
  return (value) => ((value as never)?.[member] === undefined ? name : undefined)
}

/**
 * Checks options, so that plain JavaScript gets an error for `timeout`, too: it is called `timeoutMs`.
 * @throws ExportsError `invalid-options` that names the option, its value and the rule.
 */
export function checkOptions(options: object, rules: Readonly<Record<string, OptionRule>>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    // Not repeated: a string in the place of options may be the token.
    const found = options === null ? 'null' : Array.isArray(options) ? 'an array' : `of type ${typeof options}`
    throw invalidSecret('options', `is ${found}: give an object of ${Object.keys(rules).join(', ')}`)
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = rules[name]
    if (!rule) throw invalidOption('options', name, 'is not an option', Object.keys(rules))
    if (value !== undefined) checkOption(name, value, rule)
  }
}

/**
 * Checks one option, that must be there.
 * @throws ExportsError `invalid-options` that names the option, its value and the rule.
 */
export function checkOption(name: string, value: unknown, rule: OptionRule): void {
  const expected = rule(value)
  if (expected) throw invalidOption(name, value, `is not ${expected}`)
}

/**
 * The answer of a predicate.
 * @throws ExportsError `invalid-options` when it is a promise, which would always count as yes.
 */
export function atOnce(name: string, answer: unknown): boolean {
  if (typeof (answer as PromiseLike<unknown> | undefined)?.then !== 'function') return Boolean(answer)
  throw invalidSecret(name, 'returned a promise; it must return a boolean synchronously')
}
