export type Values = Record<string, string | number>

/** A condition over `items`, with the values of its parameters. */
export interface Condition {
  readonly sql: string
  readonly values: Values
}

/** All of them, at least one, must hold. */
export function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    values: Object.assign({}, ...conditions.map(({ values }) => values)) as Values,
  }
}
