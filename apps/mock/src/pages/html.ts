/** Text that is HTML already. Everything else is escaped when it is put into a page. */
export interface Html {
  readonly kind: 'html'
  readonly text: string
}

export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[]

/** A template whose values are escaped, unless they are HTML themselves; nothing stands for undefined. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { kind: 'html', text: strings.reduce((text, string, index) => text + render(parts[index - 1]) + string) }
}

/** For text that this package wrote itself, such as its style sheet. */
export function trusted(text: string): Html {
  return { kind: 'html', text }
}

function render(part: HtmlPart): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') {
    return String(part).replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
  }
  return 'kind' in part ? part.text : part.map(render).join('')
}
