import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createExportsClient } from './client.ts'
import type { ExportsClient } from './client.ts'
import { connect } from './connection.ts'
import { toResult } from './errors.ts'
import { TOKEN } from './fixtures/client-under-test.ts'
import type { ExportsClientOptions } from './options.ts'
import { createStandIn } from './testing/stand-in.ts'

describe('options that cannot be right', () => {
  test('none at all are refused with what to give', () => {
    expect(() => createExportsClient(undefined as never)).toThrow('token is of type undefined: give a personal API key')
  })

  test.each<[string, (client: ExportsClient) => unknown, string]>([
    [
      'a controller as signal',
      (client) => client.list({}, { signal: new AbortController() as never }),
      'signal: AbortController is not an AbortSignal',
    ],
    [
      'a number that is none',
      (client) => client.get('1', {}, { timeoutMs: Number.NaN }),
      'timeoutMs: NaN is not a number from 1',
    ],
    [
      'a number as text',
      (client) => client.download('1', { idleTimeoutMs: '5' as never }),
      'idleTimeoutMs: "5" is not a number from 1',
    ],
    [
      'an option of another library',
      (client) => client.list({}, { timeout: 5 } as never),
      '"timeout" is not an option. Allowed: signal, timeoutMs',
    ],
    ['an option of another call', (client) => client.list({}, { limit: 5 } as never), '"limit" is not an option'],
    [
      'a predicate that is none',
      (client) => client.listAll({}, { where: 'ready' as never }),
      'where: "ready" is not a function',
    ],
    ['a limit below 0', (client) => client.listAll({}, { limit: -1 }), 'limit: -1 is not a whole number from 0'],
    [
      'a prefetch that is none',
      (client) => client.listAll({}, { prefetch: true as never }),
      'prefetch: true is not one of never, spare',
    ],
    ['half a retry', (client) => client.list({}, { maxRetries: 1.5 }), 'maxRetries: 1.5 is not a whole number from 0'],
    ['half a page', (client) => client.listAll({}, { maxPages: 1.5 }), 'maxPages: 1.5 is not a whole number from 1'],
    [
      'text as options',
      (client) => client.list({}, 'fast' as never),
      'options is of type string: give an object of signal, timeoutMs',
    ],
    [
      'a list as options',
      (client) => client.waitUntil('1', () => true, [] as never),
      'options is an array: give an object of signal',
    ],
    ['null as options', (client) => client.download('1', null as never), 'options is null: give an object of signal'],
    ['no predicate', (client) => client.waitUntil('1', undefined as never), 'isDone: undefined is not a function'],
  ])('%s is refused before anything is sent', async (_title, call, message) => {
    const standIn = createStandIn()
    const client = createExportsClient({ token: 'fine', fetch: standIn.fetch })
    const { error } = await toResult((async () => call(client))())
    expect(error).toMatchObject({ kind: 'invalid-options', message: expect.stringContaining(message) })
    expect(standIn.requests).toHaveLength(0)
  })

  test.each<[string, Partial<ExportsClientOptions>, string]>([
    ['a name that is none', { timeout: 5_000 } as never, '"timeout" is not an option. Allowed: token, baseUrl'],
    ['a fetch that is none', { fetch: {} as never }, 'fetch: {} is not a function'],
    ['a limiter that is none', { limiter: { windows: [] } as never }, 'limiter: {"windows":[]} is not a limiter'],
    ['a schema that is none', { itemSchema: { parse: true } as never }, 'is not a Standard Schema'],
    ['a timeout as text', { timeoutMs: '30s' as never }, 'timeoutMs: "30s" is not a number from 1'],
    ['no token', { token: undefined as never }, 'token is of type undefined'],
    ['an empty token', { token: '' }, 'token is empty'],
    ['no token at all', { token: null as never }, 'token is null: give a personal API key'],
    ['a token with its scheme', { token: `Bearer ${TOKEN}` }, 'token is given with "Bearer", which is added here'],
    ['a token with a line break', { token: `${TOKEN}\n` }, 'token is not a header value'],
    ['a base URL that is none', { baseUrl: 'api.ocamba.com' }, '"api.ocamba.com" is not an http(s) URL'],
    ['a base URL with a query', { baseUrl: 'https://a.example?x' }, 'is not an http(s) URL without query'],
    ['a base URL with credentials', { baseUrl: `https://me:${TOKEN}@a.example` }, 'baseUrl holds credentials'],
    ['a negative number', { maxRetryAfterMs: -1 }, 'maxRetryAfterMs: -1 is not a number from 0'],
  ])('%s is refused when the client is made, and the token is not repeated', (_title, options, message) => {
    const make = (): ExportsClient => createExportsClient({ token: 'fine', ...options })
    expect(make).toThrow(message)
    expect(make).not.toThrow(TOKEN)
  })

  test('a refusal names the option, its value and the rule as data, and its message is made of them', async () => {
    const client = createExportsClient({ token: 'fine', fetch: createStandIn().fetch })
    const { error } = await toResult(client.list({ filter: { size: { gt: 0.5 } } }))
    expect(error).toMatchObject({
      kind: 'invalid-query',
      option: 'filter.size.gt',
      value: 0.5,
      rule: 'is not a whole number',
      message: 'filter.size.gt: 0.5 is not a whole number',
    })
  })

  test('a token in the place of the options is not repeated', () => {
    const make = (): ExportsClient => createExportsClient(TOKEN as never)
    expect(make).toThrow('options is of type string: give an object of token, baseUrl')
    expect(make).not.toThrow(TOKEN)
  })

  test('a limiter is missed where it must be given', () => {
    expect(() => connect({ token: 'fine' } as never)).toThrow('limiter: undefined is not a limiter')
  })

  test.each([
    ['a RangeError', new RangeError(`expired: ${TOKEN}`)],
    ['an Error', new Error(TOKEN, { cause: TOKEN })],
    ['a string', TOKEN],
  ])('a token function that fails with %s gives nothing else away, and says so', async (what, failure) => {
    const client = createExportsClient({
      token: () => {
        throw failure
      },
      fetch: createStandIn().fetch,
    })
    const { error } = await toResult(client.list())
    expect(error).toMatchObject({
      kind: 'invalid-options',
      message: `token is a function that failed with ${what}, left out here as it may hold the token (catch it in the function to see it) [list]`,
    })
    expect(error?.cause).toBeUndefined()
    expect(inspect(error, { showHidden: true })).not.toContain(TOKEN)
  })
})
