/** Text that is HTML already. Everything else is escaped when it is put into a page. */
export interface Html {
  readonly kind: 'html'
  readonly text: string
}

export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[]

/** A template whose values are escaped, unless they are HTML themselves; nothing stands for undefined. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const text = strings.map((string, index) => string + (index < parts.length ? render(parts[index]) : '')).join('')
  return { kind: 'html', text }
}

/** For text that these pages wrote themselves, such as their style sheet. */
export function trusted(text: string): Html {
  return { kind: 'html', text }
}

function render(part: HtmlPart): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part))
  return 'kind' in part ? part.text : part.map(render).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
}
