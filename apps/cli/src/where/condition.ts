import { SELECTABLE_FIELDS } from '@hood-exports/client'
import type { ExportField } from '@hood-exports/client'
import { nearest } from '@hood-exports/command-line'
import { compare } from './compare.ts'
import type { Comparison, Operator } from './compare.ts'
import { refuse } from './given.ts'
import type { Given } from './given.ts'

/** A condition on one member of an export. */
export interface Condition extends Comparison {
  /** As it was given. */
  readonly text: string
  readonly field: ExportField
}

const OPERATORS: readonly Operator[] = ['!=', '!~', '<=', '>=', '=', '<', '>', '~']

/**
 * Parses one condition.
 * @throws UsageError that names the flag, the condition and the way out.
 */
export function parseCondition(given: Given): Condition {
  const [, name = '', operator, wanted = ''] =
    /^\s*([a-z_]*)\s*(!=|!~|<=|>=|[=<>~])\s*(.*?)\s*$/is.exec(given.text) ?? []
  if (operator === undefined || name === '') {
    throw refuse(given, `has no name or no operator: write a field, one of ${OPERATORS.join(' ')}, and a value`)
  }
  const field = SELECTABLE_FIELDS.find((known) => known === name)
  if (field === undefined) {
    const meant = nearest(name, SELECTABLE_FIELDS)
    const hint = meant === undefined ? `fields are ${SELECTABLE_FIELDS.join(', ')}` : `did you mean ${meant}?`
    throw refuse(given, `looks at "${name}", which is no field: ${hint}`)
  }
  return { text: given.text.trim(), field, ...compare(given, { field, operator: operator as Operator, wanted }) }
}
