import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, test } from 'vitest'
import { createExportsClient } from '../client.ts'
import type { ExportsEvent } from '../events.ts'
import { createStandIn } from '../testing/index.ts'
import { DIAGNOSTICS_CHANNEL, toDiagnosticsChannel } from './diagnostics.ts'

test('events are published to the channel, without the token, and given on', async () => {
  const [published, given]: [unknown[], ExportsEvent[]] = [[], []]
  const listen = (message: unknown): void => void published.push(message)
  subscribe(DIAGNOSTICS_CHANNEL, listen)
  const onEvent = toDiagnosticsChannel((event) => given.push(event))
  await createExportsClient({ token: 'secret-4711', fetch: createStandIn().fetch, onEvent }).list()
  unsubscribe(DIAGNOSTICS_CHANNEL, listen)
  expect(published).toEqual(given)
  expect(given.map(({ type }) => type)).toEqual(['sent', 'answered', 'done'])
  expect(JSON.stringify(published)).not.toContain('4711')
})
