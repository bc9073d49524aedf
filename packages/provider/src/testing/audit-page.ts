import axe from 'axe-core'
import { renderedBy } from './browser.ts'

export { chromium, whySkipped } from './browser.ts'

/** The narrowest screen of WCAG 2.2, 1.4.10, a telephone, and a desk. */
const WIDTHS = [320, 375, 1280]

/** Shows the page in frames, and writes what is wrong into its own body. */
const DRIVER = `<!doctype html><body></body><script>
onload = async () => {
  const found = []
  for (const scheme of ['light', 'dark']) {
    const frame = document.createElement('iframe')
    frame.height = 900
    frame.src = '/' + scheme
    frame.width = 1
    await new Promise((resolve) => { frame.onload = resolve; document.body.append(frame) })
    const page = frame.contentDocument
    for (const details of page.querySelectorAll('details')) details.open = true
    for (const width of ${JSON.stringify(WIDTHS)}) {
      frame.width = width
      const { scrollWidth } = page.documentElement
      if (scrollWidth > width) found.push(width + ' px: it is ' + scrollWidth + ' px wide')
    }
    for (const field of page.querySelectorAll('[placeholder]')) {
      const { opacity } = frame.contentWindow.getComputedStyle(field, '::placeholder')
      if (opacity !== '1') found.push(scheme + ': a placeholder is faint')
    }
    frame.contentWindow.eval(axe)
    const { violations } = await frame.contentWindow.axe.run(page)
    for (const { id, nodes } of violations) found.push(scheme + ': ' + id + ' at ' + nodes.map(({ target }) => target))
  }
  document.documentElement.textContent = 'AUDIT' + JSON.stringify(found) + 'END'
}
</script>`

const DARK = '(prefers-color-scheme: dark)'

/** What is wrong with a page in both its schemes: sideways scrolling, faint text, and what axe finds with all unfolded. */
export async function auditPage(html: string): Promise<string[]> {
  const files: Readonly<Record<string, string>> = {
    '/': `<script>axe = ${JSON.stringify(axe.source).replaceAll('</', '<\\/')}</script>${DRIVER}`,
    '/light': html.replaceAll(DARK, 'not all'),
    '/dark': html.replaceAll(DARK, 'all'),
  }
  const rendered = await renderedBy(({ url = '' }, response) => {
    // Without the policy of the page, which would keep axe out.
    response.setHeader('content-type', 'text/html; charset=utf-8').end(files[url])
  })
  const [, found] = /AUDIT(.*)END/s.exec(rendered) ?? []
  if (found === undefined) throw new Error(`The audit did not end: ${rendered.slice(0, 500)}`)
  return JSON.parse(found.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&')) as string[]
}
