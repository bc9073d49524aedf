import type { Account } from './data/account.ts'
import { accountNames, findAccountByName } from './data/account.ts'
import type { Database } from './data/database.ts'

/** What a provider state is given, as Pact's verifier sends it. */
export type StateParameters = Readonly<Record<string, unknown>>

/** @throws Error for an account that does not exist. */
export function accountOf(database: Database, { account: name = 'main' }: StateParameters): Account {
  const account = typeof name === 'string' ? findAccountByName(database, name) : undefined
  if (account !== undefined) return account
  throw new Error(`There is no account ${JSON.stringify(name)}: give one of ${accountNames(database).join(', ')}`)
}

/** @throws Error for a value that is neither. */
export function outcomeOf({ outcome = 'ready' }: StateParameters): 'ready' | 'failed' {
  if (outcome === 'ready' || outcome === 'failed') return outcome
  throw new Error(`The parameter "outcome" is ${JSON.stringify(outcome)}: give "ready" or "failed"`)
}

/** Undefined when it is not given. @throws Error for a value out of its bounds. */
export function wholeNumber(
  parameters: StateParameters,
  name: string,
  { from = 0, upTo = Number.MAX_SAFE_INTEGER }: { from?: number; upTo?: number } = {},
): number | undefined {
  const value = parameters[name]
  if (value === undefined) return undefined
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= from && number <= upTo) return number
  throw new Error(
    `The parameter "${name}" is ${JSON.stringify(value)}: give a whole number from ${from}${upTo < Number.MAX_SAFE_INTEGER ? ` to ${upTo}` : ''}`,
  )
}
