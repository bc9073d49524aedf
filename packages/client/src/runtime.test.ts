import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, test } from 'vitest'
import { createExportsClient } from './client.ts'
import { DIAGNOSTICS_CHANNEL } from './diagnostics.ts'
import { createStandIn } from './testing/index.ts'

test('on Node, events are published to a diagnostics channel while it has a subscriber, without the token', async () => {
  const published: { type: string }[] = []
  const listen = (event: unknown): void => void published.push(event as { type: string })
  const client = createExportsClient({ token: 'the-token-of-this-test', fetch: createStandIn().fetch })
  await client.list()
  subscribe(DIAGNOSTICS_CHANNEL, listen)
  await client.list()
  unsubscribe(DIAGNOSTICS_CHANNEL, listen)
  await client.list()
  expect(published.map(({ type }) => type)).toEqual(['sent', 'answered', 'done'])
  expect(JSON.stringify(published)).not.toContain('the-token-of-this-test')
})
