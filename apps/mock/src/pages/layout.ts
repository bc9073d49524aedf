import type { Answer } from '../http/answer.ts'
import { bytesBody } from '../http/answer.ts'
import { html, trusted } from './html.ts'
import type { Html, HtmlPart } from './html.ts'
import { STYLE } from './style.ts'

export interface PageOptions {
  readonly title: string
  readonly current: 'home' | 'reference'
  /** Beside the style of all pages. */
  readonly head?: Html
  readonly body: Html
  /** What the page may load; the browser keeps it to that. */
  readonly policy: string
}

/** A page that loads nothing from elsewhere. */
export function page({ title, current, head, body, policy }: PageOptions): Answer {
  const link = (to: PageOptions['current'], href: string, text: string): Html =>
    html`<a href="${href}" ${to === current ? trusted('aria-current="page"') : undefined}>${text}</a>`
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(STYLE)}
        </style>
        ${head}
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="top">
          <div class="bar">
            <a class="brand" href="/">Hood exports <b>mock</b></a>
            <nav aria-label="Pages">${link('home', '/', 'Start')}${link('reference', '/reference', 'Reference')}</nav>
          </div>
        </header>
        ${body}
      </body>
    </html> `
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; ${policy}`,
      'x-content-type-options': 'nosniff',
    },
    body: bytesBody(text),
  }
}

/** Lines of a shell. */
export function shell(...lines: readonly string[]): Html {
  return html`<pre
    class="shell"
    tabindex="0"
  ><code>${lines.map((line) => html`<span class="line">${line}</span>`)}</code></pre>`
}

export interface TableOptions {
  /** What it is about, for those who cannot see it. */
  readonly label: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly HtmlPart[])[]
}

export function table({ label, head, rows }: TableOptions): Html {
  const cells = (row: readonly HtmlPart[]): Html[] =>
    row.map((cell, index) => (index === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))
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
