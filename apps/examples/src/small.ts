import { connect, createRateLimiter, isExportsError, list } from '@hood-exports/client/calls'

const api = connect({
  token: process.env['HOOD_TOKEN'] ?? '',
  baseUrl: process.env['HOOD_BASE_URL'],
  limiter: createRateLimiter(),
})
try {
  const { total } = await list(api, { fields: ['id'], q: 'VIP' })
  console.log(`${total} exports`)
} catch (error) {
  if (!isExportsError(error)) throw error
  console.error(error.kind, error.message)
}
