import { createHash } from 'node:crypto'
import type { Answer } from '../http/answer.ts'
import { html, trusted } from './html.ts'
import { page } from './layout.ts'

/** Swagger UI has its dark colours behind a class. */
const SCRIPT = `
document.documentElement.classList.toggle('dark-mode', matchMedia('(prefers-color-scheme: dark)').matches)
const ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#content',
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
  persistAuthorization: false,
  onComplete: () => ui.preauthorizeApiKey('bearer', 'any'),
})
`

/** The reference of the API, rendered from the document by Swagger UI: each call can be tried out on this mock. */
export function referencePage(): Answer {
  const hash = createHash('sha256').update(SCRIPT).digest('base64')
  return page({
    title: 'Hood exports – reference',
    current: 'reference',
    policy: `style-src 'self' 'unsafe-inline'; script-src 'self' 'sha256-${hash}'; connect-src 'self'; font-src data:`,
    head: html`<link rel="stylesheet" href="/reference/swagger-ui.css" />`,
    body: html`<main class="swagger" id="content"><p>The reference needs JavaScript.</p></main>
      <script src="/reference/swagger-ui.js"></script>
      ${trusted(`<script>${SCRIPT}</script>`)}`,
  })
}
