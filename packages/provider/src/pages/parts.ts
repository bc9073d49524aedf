import { html } from './html.ts'
import type { Html, HtmlPart } from './html.ts'

/** Lines of a shell. */
export function shell(...lines: readonly string[]): Html {
  return html`<pre
    class="shell"
    tabindex="0"
  ><code>${lines.map((line) => html`<span class="line">${line}</span>`)}</code></pre>`
}

export interface TableOptions {
  /** What it is about, for screen readers. */
  readonly label: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly HtmlPart[])[]
}

export function table({ label, head, rows }: TableOptions): Html {
  const cells = (row: readonly HtmlPart[]): Html[] =>
    row.map((cell, index) =>
      index === 0 ? html`<th scope="row">${cell}</th>` : html`<td data-head="${head[index]}">${cell}</td>`,
    )
  return html`<div class="table" tabindex="0" role="region" aria-label="${label}">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}

export function chips(values: readonly HtmlPart[]): Html {
  return html`<ul class="chips">
    ${values.map((value) => html`<li><code>${value}</code></li>`)}
  </ul>`
}

/** Small, and coloured by what it says. */
export function badge(text: string, kind: string = text): Html {
  return html`<span class="badge ${kind}">${text}</span>`
}
