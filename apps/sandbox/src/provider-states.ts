import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import type { Account } from './data/account.ts'
import { MAX_ITEMS } from './data/account-setup.ts'
import type { Database } from './data/database.ts'
import type { StoredItem } from './data/item.ts'
import { SAMPLE_ITEM } from './data/item.ts'
import { itemInserter } from './data/item-store.ts'
import { MAX_SECONDS } from './data/sandbox-time.ts'
import type { SandboxTime } from './data/sandbox-time.ts'
import { insertGeneratedItems, readSetting } from './data/seed.ts'
import type { Words } from './data/words.ts'
import { formatTimestamp } from './data/timestamp.ts'
import { itemFromParameters } from './item-parameters.ts'
import { forgetMakingPlans, planMaking } from './making/making-plan.ts'
import type { Overlays } from './overlay.ts'
import type { StateParameters } from './state-parameters.ts'
import { accountOf, outcomeOf, wholeNumber } from './state-parameters.ts'

/** What a provider state changes. */
export interface StateTarget {
  readonly database: Database
  readonly time: SandboxTime
  readonly words: Words
  /** How many items each account was created with, and from which id. */
  readonly setups: ReadonlyMap<string, { items: number; firstId: number }>
  readonly overlays: Overlays
  /** For an account; without one, for all. */
  readonly refillQuota: (accountId?: number) => void
}

type Setup = (
  target: StateTarget,
  account: Account,
  parameters: StateParameters,
  match: RegExpExecArray,
) => Record<string, unknown>

interface State {
  /** As it is written in a pact; `<id>` stands for digits. */
  readonly name: string
  /** Beside `account`, which every state has. */
  readonly parameters: readonly string[]
  readonly setup: Setup
}

/** Every state that {@link applyState} takes, in the order of the documentation. */
const STATES: readonly State[] = [
  {
    name: 'exports exist',
    parameters: ['count'],
    setup: ({ database, words, setups }, account, parameters) => {
      const setup = setups.get(account.name) ?? { items: 0, firstId: 1_000_000 }
      const count = wholeNumber(parameters, 'count', { upTo: MAX_ITEMS }) ?? Math.max(setup.items, 1)
      database.write(() => {
        deleteItems(database, account)
        refuseForeignIds(database, { firstId: setup.firstId, count })
        const [seed, now] = [readSetting(database, 'seed'), readSetting(database, 'created')]
        const { creatorId } = account
        insertGeneratedItems(database, account.id, { ...setup, items: count, creatorId, words, seed, now })
      })
      return { count, firstId: String(setup.firstId) }
    },
  },
  {
    name: 'no exports exist',
    parameters: [],
    setup: ({ database }, account) => {
      database.write(() => deleteItems(database, account))
      return { count: 0 }
    },
  },
  {
    name: 'export <id> exists',
    parameters: SELECTABLE_FIELDS,
    setup: (target, account, parameters, match) =>
      putItem(target, account, itemFromParameters({ ...SAMPLE_ITEM, id: idOf(match) }, parameters)),
  },
  {
    name: 'export <id> does not exist',
    parameters: [],
    setup: ({ database }, _account, _parameters, match) => {
      const id = idOf(match)
      database.write(() => database.prepare('DELETE FROM items WHERE id = ?').run(id))
      return { id: String(id) }
    },
  },
  {
    name: 'export <id> is being prepared',
    parameters: ['seconds', 'outcome', 'size'],
    setup: (target, account, parameters, match) => {
      const now = target.time.now()
      const item: StoredItem = {
        ...SAMPLE_ITEM,
        id: idOf(match),
        status: 'processing',
        failure_reason: null,
        expire_time: null,
        size: null,
        download_count: 0,
        create_time: formatTimestamp(now),
        update_time: formatTimestamp(now),
        due: now + (wholeNumber(parameters, 'seconds', { upTo: MAX_SECONDS }) ?? 60),
        outcome: outcomeOf(parameters),
        planned_size: wholeNumber(parameters, 'size') ?? 125,
      }
      return putItem(target, account, item)
    },
  },
  {
    name: 'export <id> has expired',
    parameters: SELECTABLE_FIELDS,
    setup: (target, account, parameters, match) => {
      const item = { ...SAMPLE_ITEM, id: idOf(match), status: 'expired' }
      return putItem(target, account, itemFromParameters(item, parameters))
    },
  },
  {
    name: 'export <id> has failed',
    parameters: SELECTABLE_FIELDS,
    setup: (target, account, parameters, match) => {
      const item = {
        ...SAMPLE_ITEM,
        id: idOf(match),
        status: 'failed',
        size: null,
        expire_time: null,
        download_count: 0,
      }
      return putItem(target, account, itemFromParameters(item, parameters))
    },
  },
  {
    name: 'making an export takes',
    parameters: ['seconds', 'outcome', 'times'],
    setup: ({ database }, account, parameters) => {
      planMaking(database, account.id, {
        seconds: wholeNumber(parameters, 'seconds', { upTo: MAX_SECONDS }) ?? null,
        outcome: outcomeOf(parameters),
        times: wholeNumber(parameters, 'times', { from: 1 }) ?? null,
      })
      return {}
    },
  },
  {
    name: 'quick report <id> does not exist',
    parameters: [],
    setup: ({ overlays }, account, _parameters, match) => {
      const reportId = String(match[1])
      overlays.set(account.id, { kind: 'report-missing', reportId })
      return { id: reportId }
    },
  },
  {
    name: 'the token is not valid',
    parameters: ['token'],
    setup: ({ overlays }, account, { token }) => {
      overlays.set(account.id, { kind: 'token-revoked', token: typeof token === 'string' ? token : undefined })
      return {}
    },
  },
  { name: 'the second window is used up', parameters: [], setup: useUp('shortest') },
  { name: 'the minute is used up', parameters: [], setup: useUp('longest') },
  {
    name: 'the parallel limit is reached',
    parameters: ['times'],
    setup: ({ overlays }, account, parameters) => {
      overlays.set(account.id, {
        kind: 'parallel-limit',
        times: wholeNumber(parameters, 'times', { from: 1 }) ?? 1,
      })
      return {}
    },
  },
  {
    name: 'the server fails',
    parameters: ['times'],
    setup: ({ overlays }, account, parameters) => {
      overlays.set(account.id, {
        kind: 'server-fails',
        times: wholeNumber(parameters, 'times', { from: 1 }) ?? Infinity,
      })
      return {}
    },
  },
  {
    name: 'time passes',
    parameters: ['seconds'],
    setup: ({ time }, _account, parameters) => {
      time.advance(wholeNumber(parameters, 'seconds', { upTo: MAX_SECONDS }) ?? 60)
      return { now: formatTimestamp(time.now()) }
    },
  },
  {
    name: 'nothing is special',
    parameters: [],
    setup: ({ database, overlays, refillQuota }, account, { account: named }) => {
      const accountId = named === undefined ? undefined : account.id
      forgetMakingPlans(database, accountId)
      overlays.clear(accountId)
      refillQuota(accountId)
      return {}
    },
  },
]

/** The names of all states, for people. */
export const STATE_NAMES: readonly string[] = STATES.map(({ name }) => name)

/**
 * Puts an account into a state. Whatever an earlier state has armed for it (a revoked token, a used-up window, a failing
 * server, a missing quick report) is gone afterwards, and it has its whole quota again; its exports, how they are made,
 * and all other accounts stay as they are. `nothing is special` without an account is for all of them.
 *
 * @param parameters `account` names the account (default `main`); the rest depends on the state.
 * @returns Values that a test may want to know, such as the item's id.
 * @throws Error for a state, an account or a parameter that does not exist.
 */
export function applyState(target: StateTarget, name: string, parameters: StateParameters): Record<string, unknown> {
  for (const state of STATES) {
    const match = patternOf(state.name).exec(name)
    if (match === null) continue
    refuseUnknown(state, parameters)
    const account = accountOf(target.database, parameters)
    target.overlays.clear(account.id)
    target.refillQuota(account.id)
    return state.setup(target, account, parameters, match)
  }
  throw new Error(
    `There is no provider state "${name}": the sandbox has ${STATE_NAMES.map((known) => `"${known}"`).join(', ')}`,
  )
}

/** A misspelt parameter must not make a test pass by accident. */
function refuseUnknown({ name, parameters: own }: State, parameters: StateParameters): void {
  const known = ['account', ...own]
  const unknown = Object.keys(parameters).find((given) => !known.includes(given))
  if (unknown !== undefined) throw new Error(`"${name}" has no parameter "${unknown}": it has ${known.join(', ')}`)
}

function patternOf(name: string): RegExp {
  return new RegExp(`^${name.replace('<id>', '([0-9]+)')}$`)
}

function useUp(window: 'shortest' | 'longest'): Setup {
  return ({ overlays }, account) => {
    overlays.set(account.id, { kind: 'window-used-up', window })
    return {}
  }
}

function putItem({ database }: StateTarget, account: Account, item: StoredItem): Record<string, unknown> {
  database.write(() => {
    const owner = database.prepare('SELECT account_id AS accountId FROM items WHERE id = ?').get(item.id)
    if (owner !== undefined && owner['accountId'] !== account.id) {
      throw new Error(
        `Export ${item.id} belongs to another account: ids are unique over all accounts, give another one`,
      )
    }
    database.prepare('DELETE FROM items WHERE id = ?').run(item.id)
    itemInserter(database, account.id)(item)
  })
  return { id: String(item.id) }
}

/** Ids are unique over all accounts, as the API's are. */
function refuseForeignIds(database: Database, { firstId, count }: { firstId: number; count: number }): void {
  const row = database.prepare('SELECT min(id) AS id FROM items WHERE id >= ? AND id < ?').get(firstId, firstId + count)
  if (row === undefined || row['id'] === null) return
  throw new Error(`Export ${String(row['id'])} belongs to another account: give a smaller "count", or remove it first`)
}

function deleteItems(database: Database, account: Account): void {
  database.prepare('DELETE FROM items WHERE account_id = ?').run(account.id)
}

function idOf(match: RegExpExecArray): number {
  const id = Number(match[1])
  if (Number.isSafeInteger(id)) return id
  throw new Error(
    `Exports of the sandbox have ids up to ${Number.MAX_SAFE_INTEGER}: give a smaller one than ${match[1]}`,
  )
}
