import { describe, expect, test } from 'vitest'
import { toResult } from './errors.ts'
import { CORES } from './fixtures/client-under-test.ts'

describe.each(CORES)('waiting for an item, with a client %s', (_name, arrange) => {
  test('looks with growing pauses, and asks only for what it needs', async () => {
    const { client, standIn, clock } = arrange({ items: [{ id: '7', status: 'cooking' }] })
    const done = client.waitUntil('7', ({ status }) => status === 'ready')
    await clock.advance(2_600)
    standIn.items = [{ id: '7', status: 'ready' }]
    expect(await clock.runUntilSettled(done)).toEqual({ id: '7', status: 'ready' })
    expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 1_000, 2_500, 4_750])
    expect(standIn.requests[0]?.url.search).toBe('?fields=id,status')
  })

  test('does not take a promise for a yes', async () => {
    const { client } = arrange({ items: [{ id: '7', status: 'cooking' }] })
    const isDone = (async () => false) as unknown as () => boolean
    expect((await toResult(client.waitUntil('7', isDone))).error).toMatchObject({
      kind: 'invalid-options',
      message: 'isDone returned a promise; it must return a boolean synchronously',
    })
  })

  test('gives up at its deadline', async () => {
    const { client, fails } = arrange({ items: [{ id: '7', status: 'cooking' }] })
    expect(await fails(client.waitUntil('7', () => false, { deadlineMs: 10_000 }))).toMatchObject({
      kind: 'deadline',
    })
  })

  test('has the deadline of the client when it has none of its own', async () => {
    const { client, fails, clock } = arrange({ items: [{ id: '7', status: 'cooking' }] }, { deadlineMs: 10_000 })
    expect(await fails(client.waitUntil('7', () => false))).toMatchObject({ kind: 'deadline' })
    expect(clock.now()).toBeLessThan(10_000)
  })

  test('can be aborted while it pauses', async () => {
    const { client, clock } = arrange()
    const controller = new AbortController()
    const outcome = toResult(client.waitUntil('1000000', () => false, { signal: controller.signal }))
    await clock.advance(500)
    controller.abort()
    expect((await outcome).error).toMatchObject({ kind: 'aborted' })
    expect(clock.pending).toBe(0)
  })
})
