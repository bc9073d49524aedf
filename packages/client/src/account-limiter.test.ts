import { expect, test } from 'vitest'
import { createExportsClient } from './client.ts'
import { createRateLimiter } from './rate-limit/limiter.ts'
import { createManualClock } from './testing/manual-clock.ts'
import { createStandIn } from './testing/stand-in.ts'

const token = 'account-limiter-test'

test('clients of one process with the same origin and token share one limiter', () => {
  const one = createExportsClient({ token })
  const two = createExportsClient({ token, timeoutMs: 5, baseUrl: 'https://api.ocamba.com/' })
  expect(one.limiter).toBe(two.limiter)
})

test('clients with the same token function share one, too', () => {
  const ask = (): string => token
  expect(createExportsClient({ token: ask }).limiter).toBe(createExportsClient({ token: ask }).limiter)
  expect(createExportsClient({ token: ask }).limiter).not.toBe(createExportsClient({ token: () => token }).limiter)
})

test.each([
  ['another token', { token: 'another' }],
  ['another origin', { baseUrl: 'http://127.0.0.1:4020' }],
  ['a fetch of its own', { fetch: createStandIn().fetch }],
  ['a clock of its own', { clock: createManualClock() }],
  ['a limiter of its own', { limiter: createRateLimiter() }],
  ['another longest wait', { maxRetryAfterMs: 1 }],
])('a client with %s has another limiter', (_title, options) => {
  expect(createExportsClient({ token, ...options }).limiter).not.toBe(createExportsClient({ token }).limiter)
})

test('two clients of one account, each with a burst, are never refused', async () => {
  const clock = createManualClock()
  const limiter = createRateLimiter({ clock })
  const standIn = createStandIn({ clock, limits: 'on' })
  const clients = [1, 2].map(() => createExportsClient({ token, clock, limiter, fetch: standIn.fetch }))
  await clock.runUntilSettled(Promise.all(clients.flatMap((client) => Array.from({ length: 40 }, () => client.list()))))
  expect(new Set(standIn.requests.map(({ status }) => status))).toEqual(new Set([200]))
})
