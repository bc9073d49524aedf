import { describe, expect, test } from 'vitest'
import { STATE_NAMES } from './provider-states.ts'
import { LIST, bench } from './testing/bench.ts'

const STATES = '/_sandbox/states'

describe('the control endpoint', () => {
  const { ask, list } = bench({ items: 3, control: 'on' })
  const post = (body: string): ReturnType<typeof ask> => ask(STATES, { method: 'POST', token: null, body })

  test('lists the states, without a token', async () => {
    expect((await ask(STATES, { token: null })).json).toEqual({ states: STATE_NAMES })
  })

  test('sets a state as Pact’s verifier asks for it', async () => {
    const { status, json } = await post(
      JSON.stringify({ state: 'export 42 exists', params: { name: 'Mine' }, action: 'setup', consumer: 'x' }),
    )
    expect([status, json]).toEqual([200, { id: '42' }])
    expect((await list('?id=42&fields=name')).items).toEqual([{ name: 'Mine' }])
  })

  test('leaves everything as it is when Pact tears a state down', async () => {
    const { status, json } = await post(JSON.stringify({ state: 'no exports exist', action: 'teardown' }))
    expect([status, json]).toEqual([200, {}])
    expect((await list()).total).toBeGreaterThan(0)
  })

  test.each([
    ['no JSON', 'x', 'such as {"state": "...", "params": {...}}'],
    ['no object', '[]', 'such as {"state"'],
    ['no name', '{"state":1}', 'send {"state"'],
    ['an unknown state', '{"state":"x"}', 'There is no provider state "x"'],
    ['an unknown account', '{"state":"exports exist","params":{"account":"y"}}', 'There is no account "y"'],
  ])('refuses %s with a 400 that says why', async (_title, body, reason) => {
    const { status, headers, json } = await post(body)
    expect(status).toBe(400)
    expect(json).toMatchObject({ message: expect.stringContaining(reason) as string })
    expect(headers['x-sandbox-reason']).toContain(reason)
  })

  test('has no other path and method', async () => {
    expect((await ask('/_sandbox/nothing')).status).toBe(404)
    expect((await ask(STATES, { method: 'PUT' })).status).toBe(405)
  })

  test('is a 404 that names the switch while it is off, with and without a token', async () => {
    const closed = bench({ items: 3 })
    const reason = 'the control endpoint is off: start the sandbox with --control on'
    for (const token of [closed.sandbox.tokens.main, null]) {
      const reply = await closed.ask(STATES, { method: 'POST', token, body: '{"state":"no exports exist"}' })
      expect(reply).toMatchObject({ status: 404, headers: { 'x-sandbox-reason': reason }, json: { message: reason } })
    }
    expect((await closed.ask(LIST)).json).toMatchObject({ total: 3 })
    closed.sandbox.close()
  })
})
