import { ID_PATTERN } from '@hood-exports/openapi'
import { itemFromParameters } from '../item-parameters.ts'
import { SAMPLE_ITEM } from './item.ts'
import type { StoredItem } from './item.ts'

/** The most exports that an account is made with. */
export const MAX_ITEMS = 100_000_000

/** An account as it is made when a sandbox is created. */
export interface AccountSetup {
  /** Its name in provider states. */
  readonly name: string
  readonly tokens: readonly string[]
  /** Digits; default: unlike those of the other accounts. */
  readonly companyId?: string
  /** Digits: the creator of most of its exports. Default: the company's. */
  readonly creatorId?: string
  /** How many exports are made up. Default: none. */
  readonly items?: number
  /** The id of the first of them; further ones count up. Ranges of accounts must not overlap. Default: a free range. */
  readonly firstId?: number
  /** Further exports, by the API's names: `id`, and members as in the state `export <id> exists`. Default: none. */
  readonly exports?: readonly Readonly<Record<string, unknown>>[]
}

/** With all that was left out. */
export interface CompleteAccount extends Required<Omit<AccountSetup, 'exports'>> {
  readonly exports: readonly StoredItem[]
}

/**
 * @param number Different for each account.
 * @throws Error for an export that the API could not have.
 */
export function completeAccount(setup: AccountSetup, number: number): CompleteAccount {
  const companyId = setup.companyId ?? String(number * 1_000_000 + 1)
  return {
    items: 0,
    firstId: number * 1_000_000_000,
    creatorId: companyId,
    ...setup,
    companyId,
    exports: (setup.exports ?? []).map(({ id, ...members }) =>
      itemFromParameters({ ...SAMPLE_ITEM, id: idOf(id), creator_id: setup.creatorId ?? companyId }, members),
    ),
  }
}

function idOf(id: unknown): number {
  if (typeof id === 'string' && /^[1-9]\d*$/.test(id) && Number.isSafeInteger(Number(id))) return Number(id)
  throw new RangeError(
    `exports: the id ${JSON.stringify(id)}; give a string of digits, up to "${Number.MAX_SAFE_INTEGER}"`,
  )
}

const ID = new RegExp(ID_PATTERN)
const TOKEN = /^[!-~]+$/

/** @throws RangeError for accounts that are alike, or that the API could not have. */
export function checkAccounts(accounts: readonly CompleteAccount[]): void {
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

interface MemberType {
  readonly text: string
  readonly includes: (value: unknown) => boolean
}

const TEXT: MemberType = { text: 'a text', includes: (value) => typeof value === 'string' }
const NUMBER: MemberType = { text: 'a number', includes: (value) => typeof value === 'number' }
const MEMBERS: Readonly<Record<keyof AccountSetup, MemberType>> = {
  name: TEXT,
  tokens: { text: 'an array of texts', includes: (value) => Array.isArray(value) && value.every(TEXT.includes) },
  companyId: TEXT,
  creatorId: TEXT,
  items: NUMBER,
  firstId: NUMBER,
  exports: {
    text: 'an array of objects',
    includes: (value) => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null),
  },
}

/** @throws RangeError for an object that is no account by its members and their types. */
export function accountSetupOf(object: Readonly<Record<string, unknown>>): AccountSetup {
  for (const [name, value] of Object.entries(object)) {
    const type = Object.hasOwn(MEMBERS, name) ? MEMBERS[name as keyof AccountSetup] : undefined
    if (type === undefined) {
      throw new RangeError(`"${name}" is not a member of an account: it has ${Object.keys(MEMBERS).join(', ')}`)
    }
    if (!type.includes(value)) throw new RangeError(`"${name}" must be ${type.text}`)
  }
  const { name, tokens } = object
  if (name === undefined || tokens === undefined) throw new RangeError('an account needs a name and tokens')
  return object as unknown as AccountSetup
}
