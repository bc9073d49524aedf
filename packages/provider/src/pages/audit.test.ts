import { expect, test } from 'vitest'
import { PATHS } from '@hood-exports/openapi'
import { document } from '@hood-exports/openapi/document'
import { auditPage, chromium, whySkipped } from '../testing/audit-page.ts'
import { referencePage } from './reference-page.ts'

test.skipIf(chromium === undefined)(
  `the reference is accessible, in light and in dark colours, and fits a telephone${whySkipped}`,
  async () => {
    const tryIt = { token: 'any', header: 'Prefer: code=404' }
    // Axe takes many seconds for all the filters of the list, which are rows like others.
    const { [PATHS.list]: _list, ...paths } = document['paths'] as Record<string, unknown>
    const some = { ...document, paths }
    const { text } = referencePage({ site: 'mock', current: '/reference', document: some, token: 'any', tryIt })
    expect(await auditPage(text)).toEqual([])
  },
)

test.skipIf(chromium === undefined)(`the audit finds out a page that is neither${whySkipped}`, async () => {
  const page = `<!doctype html><title>x</title><style>main { width: 500px; color: #aaa; background: #fff }
    @media (prefers-color-scheme: dark) { main { color: #000 } }</style><main>Hood</main>`
  expect(await auditPage(page)).toEqual(
    expect.arrayContaining(['320 px: it is 508 px wide', 'light: color-contrast at main']),
  )
})
