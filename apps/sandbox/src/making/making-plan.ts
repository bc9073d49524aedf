import type { Database } from '../data/database.ts'

/** How an export is made: by a request for a new one, or by a retry. */
export interface Making {
  /** Whole seconds from the request to the end. */
  readonly seconds: number
  readonly outcome: 'ready' | 'failed'
}

/** How the next exports of an account are made. */
export interface MakingPlan {
  /** Null: as long as without a plan. */
  readonly seconds: number | null
  readonly outcome: Making['outcome']
  /** How many requests it is for; null: all that follow. */
  readonly times: number | null
}

export function planMaking(database: Database, accountId: number, { seconds, outcome, times }: MakingPlan): void {
  database.write(() => {
    database
      .prepare('INSERT OR REPLACE INTO making_plans (account_id, seconds, outcome, times) VALUES (?, ?, ?, ?)')
      .run(accountId, seconds, outcome, times)
  })
}

/** For an account; without one, for all. */
export function forgetMakingPlans(database: Database, accountId?: number): void {
  database.write(() => {
    if (accountId === undefined) database.prepare('DELETE FROM making_plans').run()
    else database.prepare('DELETE FROM making_plans WHERE account_id = ?').run(accountId)
  })
}

/** How an export that was just asked for is made; counts the request. To be called in a transaction. */
export function nextMaking(database: Database, accountId: number, usualSeconds: number): Making {
  const plan = database
    .prepare('SELECT seconds, outcome, times FROM making_plans WHERE account_id = ?')
    .get(accountId) as MakingPlan | undefined
  if (plan === undefined) return { seconds: usualSeconds, outcome: 'ready' }
  database.prepare('UPDATE making_plans SET times = times - 1 WHERE account_id = ?').run(accountId)
  database.prepare('DELETE FROM making_plans WHERE times = 0').run()
  return { seconds: plan.seconds ?? usualSeconds, outcome: plan.outcome }
}
