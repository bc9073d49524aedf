import type { Database } from './database.ts'

/** An account as it is made when a sandbox is created. */
export interface AccountSetup {
  /** Its name in provider states. */
  readonly name: string
  readonly companyId: string
  /** Digits: the creator of most of its exports. */
  readonly creatorId: string
  readonly tokens: readonly string[]
  /** How many exports it has. */
  readonly items: number
  /** The id of its first export; further ones count up. Ranges of accounts must not overlap. */
  readonly firstId: number
}

export interface Account {
  readonly id: number
  readonly name: string
  readonly companyId: string
  readonly creatorId: string
}

/** The most exports that an account is made with. */
export const MAX_ITEMS = 100_000_000

/** Demo tokens, not secrets: every sandbox of the world takes them. */
export const DEMO_TOKENS = {
  /** The account with most of the data. */
  main: 'sandbox-ana',
  /** A second token of the same account: it sees the same exports and shares the quota. */
  sameAccount: 'sandbox-ana-laptop',
  /** Another account in another company. */
  otherAccount: 'sandbox-boris',
  /** A third account, in a third company. */
  thirdAccount: 'sandbox-chiara',
  /** An account without a single export. */
  emptyAccount: 'sandbox-dunja',
} as const

export function demoAccounts(mainItems: number): AccountSetup[] {
  const { main, sameAccount, otherAccount, thirdAccount, emptyAccount } = DEMO_TOKENS
  const account = (number: number, name: string, tokens: string[], items: number): AccountSetup => ({
    name,
    companyId: String(number * 1_000_000 + 1),
    creatorId: String(number * 1_000_000 + 1),
    tokens,
    items,
    // The vendor's sample has the id 1000000 and belongs to the company 1000001.
    firstId: number === 1 ? 1_000_000 : number * 1_000_000_000,
  })
  return [
    account(1, 'main', [main, sameAccount], mainItems),
    account(2, 'other', [otherAccount], 120),
    account(3, 'third', [thirdAccount], 30),
    account(4, 'empty', [emptyAccount], 0),
  ]
}

export interface DemoAccountFacts extends Account {
  readonly itemCount: number
  readonly tokens: readonly string[]
}

/** What the demo accounts are now, with their tokens; those of other accounts stay unknown. */
export function demoAccountFacts(database: Database): DemoAccountFacts[] {
  const count = database.prepare('SELECT count(*) AS count FROM items WHERE account_id = ?')
  return demoAccounts(0).flatMap(({ name, tokens }) => {
    const account = findAccountByName(database, name)
    return account === undefined ? [] : [{ ...account, itemCount: Number(count.get(account.id)?.['count']), tokens }]
  })
}

const SELECT = 'SELECT id, name, company_id AS companyId, creator_id AS creatorId FROM accounts'

export function findAccountByName(database: Database, name: string): Account | undefined {
  return database.prepare(`${SELECT} WHERE name = ?`).get(name) as Account | undefined
}

export function findAccountByToken(database: Database, token: string): Account | undefined {
  return database.prepare(`${SELECT} JOIN tokens ON account_id = id WHERE token = ?`).get(token) as Account | undefined
}

export function accountNames(database: Database): string[] {
  return database
    .prepare('SELECT name FROM accounts ORDER BY id')
    .all()
    .map((row) => String(row['name']))
}

const BEARER = /^bearer +(\S+) *$/i

/** The token of an `Authorization` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header === undefined ? undefined : BEARER.exec(header)?.[1]
}
