import { ID_PATTERN } from '@hood-exports/openapi'
import { MAX_ITEMS } from './account.ts'
import type { AccountSetup } from './account.ts'

const ID = new RegExp(ID_PATTERN)
const TOKEN = /^[!-~]+$/

/** @throws RangeError for accounts that are alike, or that the API could not have. */
export function checkAccounts(accounts: readonly AccountSetup[]): void {
  const names = new Set<string>()
  const tokens = new Set<string>()
  for (const account of accounts) {
    const refuse = (rule: string): never => {
      throw new RangeError(`accounts: "${account.name}" ${rule}`)
    }
    const { companyId, creatorId, items, firstId } = account
    if (names.has(account.name)) refuse('is there already; the demo accounts are main, other, third and empty')
    names.add(account.name)
    if (!ID.test(companyId)) refuse(`has the companyId "${companyId}"; give a string of digits`)
    if (!ID.test(creatorId)) refuse(`has the creatorId "${creatorId}"; give a string of digits`)
    if (!isWithin(items, 0, MAX_ITEMS)) refuse(`has ${items} items; give a whole number from 0 to ${MAX_ITEMS}`)
    if (!isWithin(firstId, 1, Number.MAX_SAFE_INTEGER - items)) {
      refuse(`has the firstId ${firstId}; give a whole number from 1`)
    }
    for (const token of account.tokens) {
      // The value is not shown: it may be a real one.
      if (!TOKEN.test(token)) refuse('has a token with a space or a character beyond ASCII')
      if (tokens.has(token)) refuse('has a token that is given twice; a token belongs to one account')
      tokens.add(token)
    }
  }
  const ranges = accounts.filter(({ items }) => items > 0).toSorted((one, other) => one.firstId - other.firstId)
  for (const [index, { name, firstId }] of ranges.entries()) {
    const before = ranges[index - 1]
    if (before !== undefined && before.firstId + before.items > firstId) {
      throw new RangeError(`accounts: the ids of "${name}" overlap those of "${before.name}"; give another firstId`)
    }
  }
}

function isWithin(value: number, from: number, upTo: number): boolean {
  return Number.isSafeInteger(value) && value >= from && value <= upTo
}
