import { html } from './html.ts'
import type { Html } from './html.ts'

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)/g

/** A value as indented JSON, coloured; a text as it is. */
export function jsonView(value: unknown): Html {
  return html`<pre
    tabindex="0"
  ><code>${typeof value === 'string' ? value : coloured(JSON.stringify(value, null, 2))}</code></pre>`
}

function coloured(json: string): Html[] {
  const parts: Html[] = []
  let from = 0
  for (const match of json.matchAll(TOKEN)) {
    const [all, text, colon, number, literal] = match
    const kind =
      colon !== undefined ? 'name' : text !== undefined ? 'string' : number !== undefined ? 'number' : 'literal'
    parts.push(html`${json.slice(from, match.index)}<span class="${kind}">${text ?? number ?? literal}</span>${colon}`)
    from = match.index + all.length
  }
  parts.push(html`${json.slice(from)}`)
  return parts
}
