import { describe, expect, test } from 'vitest'
import { isExportsError } from './errors.ts'
import { CORES } from './fixtures/client-under-test.ts'
import type { CallOptions } from './options.ts'
import type { Scenario } from './testing/scenario.ts'

/** The same module, loaded as another one. */
const COPY: string = './errors.ts?copy'

describe.each(CORES)('a failure of a client %s', (_name, arrange) => {
  test.each<[string, Scenario, object]>([
    ['a wrong token', { kind: 'status', status: 401 }, { kind: 'unauthorized', status: 401, code: 401, traceId: '{}' }],
    ['an unknown id', { kind: 'status', status: 404 }, { kind: 'not-found', status: 404, title: 'Not found.' }],
    [
      'a query that the API refuses',
      { kind: 'status', status: 400 },
      {
        kind: 'bad-request',
        status: 400,
        detail: 'The request is not valid.',
        traceId: '99a84211-f73d-4ff8-acdf-eb3e06bb9d62',
      },
    ],
    [
      'HTML from a proxy with status 200',
      { kind: 'answer', body: '<html>login</html>', headers: { 'content-type': 'text/html' } },
      {
        kind: 'invalid-response',
        status: 200,
        bodyStart: '<html>login</html>',
        message: expect.stringContaining('text/html'),
      },
    ],
    [
      'an empty 200',
      { kind: 'answer' },
      { kind: 'invalid-response', message: expect.stringContaining('an empty body') },
    ],
    ['JSON that ends early', { kind: 'answer', body: '{"total":1,"it' }, { kind: 'invalid-response', status: 200 }],
    [
      'JSON without items',
      { kind: 'answer', body: '{"total":1}' },
      { kind: 'invalid-response', message: expect.stringContaining('an array as items') },
    ],
    [
      'a total that is not a number',
      { kind: 'answer', body: '{"total":"1.5","items":[]}' },
      { kind: 'invalid-response', message: expect.stringContaining('total') },
    ],
    ['a status that is not documented', { kind: 'answer', status: 418 }, { kind: 'unexpected-status', status: 418 }],
    [
      'a redirection',
      { kind: 'answer', status: 302, headers: { location: 'https://evil.example/x?y' } },
      { kind: 'unexpected-status', status: 302, message: expect.stringContaining('https://evil.example') },
    ],
  ])('%s is a typed error, after one request', async (_title, scenario, expected) => {
    const { client, standIn, fails } = arrange()
    standIn.next(scenario)
    expect(await fails(client.get('1000000'))).toMatchObject({ attempts: 1, ...expected })
    expect(standIn.requests).toHaveLength(1)
  })

  test.each<[string, Scenario, object]>([
    ['an empty 500', { kind: 'answer', status: 500 }, { kind: 'server', status: 500, bodyStart: '' }],
    ['a documented 500', { kind: 'status', status: 500 }, { kind: 'server', title: 'Internal server error.' }],
    ['HTML with 502', { kind: 'answer', status: 502, body: '<h1>Bad gateway' }, { kind: 'server', status: 502 }],
    [
      'a name that does not resolve',
      { kind: 'network', code: 'ENOTFOUND' },
      { kind: 'network', message: expect.stringContaining('ENOTFOUND') },
    ],
    [
      'a body that is cut off',
      { kind: 'cut-body', bytes: 9 },
      { kind: 'network', message: expect.stringContaining('UND_ERR_SOCKET') },
    ],
    ['no answer', { kind: 'silent' }, { kind: 'timeout', message: expect.stringContaining('30000 ms') }],
    ['a body that stalls', { kind: 'stalled-body', bytes: 9 }, { kind: 'timeout' }],
  ])('%s is tried three times more, and then a typed error', async (_title, scenario, expected) => {
    const { client, standIn, fails } = arrange()
    standIn.next(scenario, scenario, scenario, scenario)
    expect(await fails(client.list())).toMatchObject({ attempts: 4, ...expected })
    expect(standIn.requests).toHaveLength(4)
  })

  test.each(['x-request-id', 'cf-ray'])('the id that a gateway gives in %s is on the error', async (name) => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'answer', status: 404, body: '<html>', headers: { [name]: 'req-7' } })
    expect(await fails(client.list())).toMatchObject({ kind: 'not-found', requestId: 'req-7' })
  })

  test('a detail that repeats the title is not said twice', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 401 })
    expect(await fails(client.list())).toMatchObject({
      message: expect.stringMatching(/^The API answered 401: Unauthorized\. \(/),
      detail: 'Unauthorized.',
    })
  })

  test.each<[string, Scenario, CallOptions]>([
    ['without a network', { kind: 'network' }, { maxRetries: 0 }],
    ['of an attempt that takes too long', { kind: 'silent' }, { maxRetries: 0 }],
    ['past its deadline', { kind: 'silent' }, { deadlineMs: 100 }],
    ['that its caller aborts', { kind: 'silent' }, { signal: AbortSignal.abort() }],
    ['of an answer', { kind: 'status', status: 500 }, { maxRetries: 0 }],
  ])(
    'the stack of a call %s leads to its caller, and the message names its operation and id',
    async (_title, scenario, options) => {
      const { client, standIn, fails } = arrange()
      standIn.next(scenario)
      const nightlyJob = async (): Promise<unknown> => await client.get('1000000', {}, options)
      const { stack, message } = await fails(nightlyJob())
      expect(stack).toContain('nightlyJob')
      expect(message).toMatch(/ \[view 1000000\]$/)
    },
  )

  test('a 404 of a list leads to the base URL, as a list has no id', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 404 })
    const { message } = await fails(client.list())
    expect(message).toMatch(/\(check the base URL, which \/v1\/hood\/exports is appended to\) \[list\]$/)
  })

  test('a 404 of an item leads to its id', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 404 })
    const { message } = await fails(client.get('1000000'))
    expect(message).toMatch(/\(check the id, and that the token belongs to the account that has it\) \[view 1000000\]$/)
  })

  test('a 404 of a download says that an export may have no file', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 404 })
    const { message } = await fails(client.download('1000000'))
    expect(message).toContain(
      'an export that is not ready or has expired may have no file: check its status and expire_time',
    )
  })

  test('a failure that passes is not seen: the pauses grow, and only events show it', async () => {
    const { client, standIn, clock, events } = arrange()
    standIn.next({ kind: 'network' }, { kind: 'answer', status: 503 })
    await clock.runUntilSettled(client.list())
    expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 250, 750])
    expect(events.filter(({ type }) => type === 'retried')).toMatchObject([
      { reason: 'network', delayMs: 250 },
      { reason: 'server', delayMs: 500 },
    ])
  })

  test('an error names its operation, its id and its requests as data', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 404 }, { kind: 'network' })
    const call = { operation: 'view', id: '1000000', attempts: 1, url: '/v1/hood/exports/1000000' }
    expect(await fails(client.get('1000000'))).toMatchObject({ kind: 'not-found', ...call })
    expect(await fails(client.get('1000000', {}, { maxRetries: 0 }))).toMatchObject({ kind: 'network', ...call })
  })

  test.each<[string, Scenario, CallOptions, object]>([
    ['a timeout', { kind: 'silent' }, { maxRetries: 0 }, { kind: 'timeout', option: 'timeoutMs' }],
    ['a deadline', { kind: 'silent' }, { deadlineMs: 9 }, { kind: 'deadline', option: 'deadlineMs' }],
    [
      'a 429 that asks for too long a wait',
      { kind: 'answer', status: 429, headers: { 'retry-after': '600' } },
      {},
      { kind: 'rate-limited', option: 'maxRetryAfterMs', retryAfterMs: 600_000 },
    ],
  ])('%s names the option that set the limit', async (_title, scenario, options, expected) => {
    const { client, standIn, fails } = arrange()
    standIn.next(scenario)
    const error = await fails(client.list({}, options))
    expect(error).toMatchObject(expected)
    expect(error.message).toContain(error.option)
  })

  test('a refusal of the limiter is an error of the call', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'answer', status: 429, headers: { 'retry-after': '600' } })
    await fails(client.list())
    expect(await fails(client.get('7'))).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 600_000,
      attempts: 0,
      operation: 'view',
      id: '7',
    })
  })

  test('in JSON, an error has its message beside its facts', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 401 })
    const error = await fails(client.list())
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'ExportsError',
      kind: 'unauthorized',
      status: 401,
      message: error.message,
    })
  })

  test('an error is an Error that another copy of the package recognises', async () => {
    const { client, standIn, fails } = arrange()
    standIn.next({ kind: 'status', status: 401 })
    const error = await fails(client.list())
    expect(error).toBeInstanceOf(Error)
    const copy = (await import(/* @vite-ignore */ COPY)) as {
      isExportsError: typeof isExportsError
    }
    expect(copy.isExportsError).not.toBe(isExportsError)
    expect(copy.isExportsError(error, 'unauthorized')).toBe(true)
    expect(copy.isExportsError(error, 'server')).toBe(false)
    expect(copy.isExportsError(new Error('no'))).toBe(false)
  })
})
