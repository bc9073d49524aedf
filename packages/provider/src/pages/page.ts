import { createHash } from 'node:crypto'
import { html, trusted } from './html.ts'
import type { Html } from './html.ts'
import { STYLE } from './style.ts'

/** What a page belongs to: the last word of its name in the head of each page; it also chooses the colour. */
export type Site = 'mock' | 'sandbox' | 'reference'

/** The pages of a server. */
const LINKS = [
  ['/', 'Start'],
  ['/reference', 'Reference'],
] as const

export interface PageOptions {
  readonly site: Site
  /** The link that leads to this page. */
  readonly current: string
  readonly title: string
  readonly body: Html
  /** Runs at the end of the page; no other script does. Default: none. */
  readonly script?: string
}

/** An HTML page that needs nothing from elsewhere. */
export interface Page {
  /** With a policy that makes the browser keep that promise. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

export function page({ site, current, title, body, script }: PageOptions): Page {
  const links = site === 'reference' ? [] : LINKS
  const { text } = html`<!doctype html>
    <html lang="en" class="${site}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="top">
          <div class="bar">
            <a class="brand" href="${links[0]?.[0] ?? '#content'}"
              ><span class="mark" aria-hidden="true"></span><span>Hood exports <b>${site}</b></span></a
            >
            <nav aria-label="Pages">
              ${links.map(
                ([href, text]) =>
                  html`<a href="${href}" ${href === current ? trusted('aria-current="page"') : undefined}>${text}</a>`,
              )}
            </nav>
          </div>
        </header>
        ${body} ${script === undefined ? undefined : trusted(`<script>${script}</script>`)}
      </body>
    </html> `
  return {
    text,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'",
        ...(script === undefined ? [] : [`connect-src 'self'; script-src 'sha256-${sha256(script)}'`]),
      ].join('; '),
      'x-content-type-options': 'nosniff',
    },
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
