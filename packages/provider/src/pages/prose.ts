import { html } from './html.ts'
import type { Html } from './html.ts'

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[((?:S|V|\?)(?:, (?:S|V|\?))*)\]/g

/** The Markdown that the descriptions of the spec use: paragraphs, lists, code, strong, and the sources `[S]` `[V]` `[?]`. */
export function prose(text: string): Html[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      const entries = block.split(/\n(?=- )/)
      if (!entries.every((entry) => entry.startsWith('- '))) return html`<p>${inline(block)}</p>`
      return html`<ul>
        ${entries.map((entry) => html`<li>${inline(entry.slice(2))}</li>`)}
      </ul>`
    })
}

/** The same within a line. */
export function inline(text: string): Html[] {
  const parts: Html[] = []
  let from = 0
  for (const match of text.matchAll(INLINE)) {
    const [all, code, strong, source] = match
    const before = text.slice(from, match.index)
    // A source stays beside the fact that it is of.
    parts.push(html`${source === undefined ? before : before.replace(/\s$/, '\u00A0')}`)
    if (code !== undefined) parts.push(html`<code>${code}</code>`)
    else if (strong !== undefined) parts.push(html`<strong>${inline(strong)}</strong>`)
    else parts.push(html`<span class="source" title="${sourceTitle(source ?? '')}">${source}</span>`)
    from = match.index + all.length
  }
  parts.push(html`${text.slice(from)}`)
  return parts
}

const SOURCES: Readonly<Record<string, string>> = {
  S: 'the vendor’s page “List Export items”',
  V: 'the vendor’s other public pages',
  '?': 'not documented: this project’s choice',
}

function sourceTitle(sources: string): string {
  return sources
    .split(', ')
    .map((source) => SOURCES[source] ?? source)
    .join('; ')
}
