import { checkAccounts, completeAccount } from './account-setup.ts'
import type { AccountSetup, CompleteAccount } from './account-setup.ts'
import type { Database } from './database.ts'

export interface Account {
  readonly id: number
  readonly name: string
  readonly companyId: string
  readonly creatorId: string
}

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

function demoAccounts(mainItems: number): CompleteAccount[] {
  const { main, sameAccount, otherAccount, thirdAccount, emptyAccount } = DEMO_TOKENS
  return [
    // The vendor's sample has the id 1000000 and belongs to the company 1000001.
    { name: 'main', tokens: [main, sameAccount], items: mainItems, firstId: 1_000_000 },
    { name: 'other', tokens: [otherAccount], items: 120 },
    { name: 'third', tokens: [thirdAccount], items: 30 },
    { name: 'empty', tokens: [emptyAccount] },
  ].map((account, index) => completeAccount(account, index + 1))
}

/** The demo accounts, and others. @throws Error for accounts that cannot be. */
export function completeAccounts(mainItems: number, others: readonly AccountSetup[] = []): CompleteAccount[] {
  const demo = demoAccounts(mainItems)
  const accounts = [...demo, ...others.map((other, index) => completeAccount(other, demo.length + 1 + index))]
  checkAccounts(accounts)
  return accounts
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
