import { verify } from '@hood-exports/contract'

const report = await verify({
  baseUrl: process.env['HOOD_BASE_URL'] ?? 'https://api.ocamba.com',
  tokens: { main: process.env['HOOD_TOKEN'] ?? '' },
  seed: 1,
  only: ['sort-order', 'page-size', 'search-finds'],
})
for (const { expected, status, checks } of report.laws) console.log(`${status} (${checks} checks): ${expected}`)
for (const { request, actual, pointer } of report.violations) console.log(`${request}: ${actual}. See ${pointer}.`)
