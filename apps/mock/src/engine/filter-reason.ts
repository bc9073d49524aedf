import { OPERATOR_VALUES } from '@hood-exports/openapi'

/** What a parameter's schema says in `x-filter`. */
export interface FilterRule {
  /** `id`, `text`, `number` or `time`. */
  readonly kind: string
  readonly operators: readonly string[]
}

/** Undefined for a parameter that is no filter. */
export function filterRule({ schema }: { readonly schema?: object }): FilterRule | undefined {
  const { 'x-filter': rule }: { readonly 'x-filter'?: FilterRule } = schema ?? {}
  return rule
}

/** Why a value is no filter of its parameter: which value, which rule, which way out. */
export function filterReason(name: string, value: string, { kind, operators }: FilterRule): string {
  const [, operator] = /^([a-z]*):/.exec(value) ?? []
  const given = `Request query parameter ${name} is ${JSON.stringify(value)}`
  const one = ONE[kind] ?? `a ${kind}`
  if (operator === undefined) return `${given}: give ${one}, or an operator before it: ${operators.join(', ')}`
  if (operators.includes(operator)) return `${given}: ${operator} takes ${taken(operator, one)}`
  const wayOut = operators.includes('eq') && kind === 'text' ? `; for a text that begins so, give eq:${value}` : ''
  return `${given}: it has no operator ${JSON.stringify(operator)}, but ${operators.join(', ')}${wayOut}`
}

const ONE: Readonly<Record<string, string>> = {
  id: 'an id of digits',
  text: 'a text',
  number: 'a whole number',
  time: 'a time such as 2026-01-31 12:00:00 or 2026-01-31',
}

function taken(operator: string, one: string): string {
  switch (
    Object.hasOwn(OPERATOR_VALUES, operator) ? OPERATOR_VALUES[operator as keyof typeof OPERATOR_VALUES] : 'one'
  ) {
    case 'none':
      return `no value: give ${operator}:`
    case 'many':
      return `values with commas between them, each ${one}`
    case 'two':
      return `two values with a comma between them, each ${one}`
    case 'one':
      return one
  }
}
