import { verify } from '@hood-exports/contract'

const report = await verify({
  baseUrl: process.env['HOOD_BASE_URL'] ?? 'https://api.ocamba.com',
  tokens: { main: process.env['HOOD_TOKEN'] ?? '' },
  seed: 1,
  only: ['sort-order', 'page-size', 'search-finds'],
})
for (const { promise, state, checks } of report.laws) console.log(`${state} (${checks} checks): ${promise}`)
for (const { asked, came, pointer } of report.failures) console.log(`${asked}: ${came}. See ${pointer}.`)
