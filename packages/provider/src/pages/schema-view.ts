import { html } from './html.ts'
import type { Html } from './html.ts'
import { chips, table } from './parts.ts'
import { prose } from './prose.ts'
import { list, object, text } from './spec-reader.ts'
import type { SpecObject } from './spec-reader.ts'

export function schemaId(name: string): string {
  return `schema-${name}`
}

/** A schema in one line: its type, or a link to the schema of that name. */
export function typeOf(schema: SpecObject): Html {
  const reference = text(schema['$ref']).split('/').at(-1)
  if (reference !== undefined && reference !== '') return html`<a href="#${schemaId(reference)}">${reference}</a>`
  const [first] = list(schema['allOf'])
  if (first !== undefined) return typeOf(object(first))
  const variants = [...list(schema['anyOf']), ...list(schema['oneOf'])].map(object)
  if (variants.length > 0) return joined(variants.map(typeOf), ' or ')
  if ('const' in schema) return html`<code>${JSON.stringify(schema['const'])}</code>`
  const types = Array.isArray(schema['type']) ? (schema['type'] as unknown[]) : [schema['type']]
  return joined(
    types.map((type) =>
      type === 'array' ? html`list of ${typeOf(object(schema['items']))}` : html`${text(type) || 'anything'}`,
    ),
    ' or ',
  )
}

/** What a value must also be: its allowed values, pattern and bounds. */
export function rulesOf(schema: SpecObject): Html[] {
  const items = object(schema['items'])
  const values = [...list(schema['enum']), ...list(items['enum'])]
  const known = list(schema['x-known-values'])
  const rules: Html[] = []
  if (values.length > 0) rules.push(chips(values.map(shown)))
  if (known.length > 0)
    rules.push(html`<p class="quiet">Documented: ${joined(known.map(code), ', ')}; others may arrive.</p>`)
  const pattern = text(schema['pattern'])
  if (pattern !== '') rules.push(html`<p class="quiet">Pattern <code>${pattern}</code></p>`)
  const minimum = schema['minimum'] ?? items['minimum']
  if (typeof minimum === 'number') rules.push(html`<p class="quiet">At least ${minimum}</p>`)
  return rules
}

/** A named schema: its members, or its rules. */
export function schemaView(name: string, schema: SpecObject): Html {
  const members = Object.entries(object(schema['properties']))
  const required = list(schema['required'])
  const [base, ...more] = list(schema['allOf']).map(object)
  return html`<section class="operation" id="${schemaId(name)}">
    <h3>${name}</h3>
    ${prose(text(schema['description']))}
    ${
      base === undefined
        ? undefined
        : html`<p>All of ${typeOf(base)}, and:</p>
            ${more.map(memberTable(name))}`
    }
    ${members.length > 0 ? memberTable(name)(schema) : undefined}
    ${
      members.length === 0 && base === undefined
        ? html`<p>Type: ${typeOf(schema)}</p>
            ${rulesOf(schema)}`
        : undefined
    }
    ${required.length > 0 ? html`<p class="quiet">Always present: ${joined(required.map(code), ', ')}.</p>` : undefined}
  </section>`
}

function memberTable(name: string): (schema: SpecObject) => Html {
  return (schema) =>
    table({
      label: `Members of ${name}`,
      head: ['Member', 'Type', 'Meaning'],
      rows: Object.entries(object(schema['properties'])).map(([member, value]) => {
        const facts = object(value)
        return [html`<code>${member}</code>`, typeOf(facts), [...prose(text(facts['description'])), ...rulesOf(facts)]]
      }),
    })
}

function code(value: unknown): Html {
  return html`<code>${shown(value)}</code>`
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function joined(parts: readonly Html[], separator: string): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`${separator}${part}`))}`
}
