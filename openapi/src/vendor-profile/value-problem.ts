import type { ValueSchema } from './questions.ts'

/** Where a value breaks its schema, and the rule: `.total: "3", not one of number, text, both`. Undefined when it does not. */
export function valueProblem(schema: ValueSchema, value: unknown): string | undefined {
  const { type, anyOf, minimum = -Infinity } = schema
  const is = (rule: string): string => `: ${JSON.stringify(value)}, not ${rule}`
  if (anyOf !== undefined) {
    const problems = anyOf.map((one) => valueProblem(one, value))
    return problems.includes(undefined) ? undefined : is(`what ${JSON.stringify(anyOf)} takes`)
  }
  switch (type) {
    case 'integer':
    case 'number': {
      const isNumber = typeof value === 'number' && Number.isFinite(value) && value >= minimum
      if (isNumber && (type === 'number' || Number.isInteger(value))) return undefined
      return is(`${type === 'integer' ? 'a whole number' : 'a number'}${minimum > -Infinity ? ` from ${minimum}` : ''}`)
    }
    case 'string':
      if (typeof value !== 'string') return is('a text')
      return schema.enum?.includes(value) === false ? is(`one of ${schema.enum.join(', ')}`) : undefined
    case 'array':
      if (!Array.isArray(value)) return is('a list')
      if (schema.uniqueItems === true && new Set(value).size < value.length) return is('a list without repeats')
      return firstProblem(value.map((item, index) => [`[${index}]`, schema.items ?? {}, item]))
    case 'object':
      return objectProblem(schema, value)
    case undefined:
      return undefined
    default:
      return type satisfies never
  }
}

function objectProblem(
  { properties = {}, required = [], propertyNames, additionalProperties }: ValueSchema,
  value: unknown,
): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `: ${JSON.stringify(value)}, not an object`
  }
  const missing = required.find((name) => !Object.hasOwn(value, name))
  if (missing !== undefined) return `.${missing}: it is missing`
  const names = Object.keys(value)
  const known = propertyNames?.enum ?? (additionalProperties === false ? Object.keys(properties) : undefined)
  const unknown = names.find((name) => known?.includes(name) === false)
  if (unknown !== undefined) return `.${unknown}: the name is not one of ${known?.join(', ')}`
  return firstProblem(
    Object.entries(value).map(([name, part]) => [`.${name}`, properties[name] ?? (additionalProperties || {}), part]),
  )
}

function firstProblem(
  parts: readonly (readonly [at: string, schema: ValueSchema, value: unknown])[],
): string | undefined {
  for (const [at, schema, value] of parts) {
    const problem = valueProblem(schema, value)
    if (problem !== undefined) return `${at}${problem}`
  }
  return undefined
}
