import { describe, expect, onTestFinished, test } from 'vitest'
import { STATE_NAMES } from './provider-states.ts'
import type { SandboxOptions } from './sandbox.ts'
import { LIST, REPORT, bench } from './testing/bench.ts'
import type { Bench } from './testing/bench.ts'

function begin(options: SandboxOptions = {}): Bench {
  const at = bench({ items: 20, limits: 'off', ...options })
  onTestFinished(() => at.sandbox.close())
  return at
}

/** What each state promises. One entry per name: a state without a test fails the last test of this file. */
const PROMISES: Readonly<Record<string, () => Promise<void>>> = {
  'exports exist': async () => {
    const { sandbox, list } = begin()
    const untouched = await list()
    await sandbox.setState('export 1000003 does not exist')
    await sandbox.setState('export 5 exists')
    expect(await sandbox.setState('exports exist')).toEqual({ count: 20, firstId: '1000000' })
    expect(await list()).toEqual(untouched)
    await sandbox.setState('exports exist', { count: 3 })
    expect((await list('?fields=id')).items).toEqual([{ id: '1000002' }, { id: '1000001' }, { id: '1000000' }])
    await sandbox.setState('exports exist', { account: 'empty', count: '2' })
    expect((await list('', { token: sandbox.tokens.emptyAccount })).total).toBe(2)
  },
  'no exports exist': async () => {
    const { sandbox, list } = begin()
    await sandbox.setState('no exports exist')
    expect(await list()).toEqual({ total: 0, items: [] })
    expect((await list('', { token: sandbox.tokens.otherAccount })).total).toBe(120)
  },
  'export <id> exists': async () => {
    const { sandbox, list, ask } = begin()
    expect(await sandbox.setState('export 42 exists', { name: 'Mine', size: 2_000, expire_time: null })).toEqual({
      id: '42',
    })
    expect((await list('?id=42&fields=id,name,size,expire_time')).items).toEqual([
      { id: '42', name: 'Mine', size: 2_000, expire_time: null },
    ])
    expect(Buffer.byteLength((await ask(`${LIST}/42/download`)).text)).toBe(2_000)
    await sandbox.setState('export 42 exists')
    expect((await list('?id=42&fields=id,name')).items).toEqual([
      { id: '42', name: 'Christmas list - 22.05.2025 11:44:32' },
    ])
  },
  'export <id> does not exist': async () => {
    const { sandbox, ask } = begin()
    expect((await ask(`${LIST}/1000004`)).status).toBe(200)
    await sandbox.setState('export 1000004 does not exist')
    expect((await ask(`${LIST}/1000004`)).status).toBe(404)
  },
  'export <id> is being prepared': async () => {
    const { sandbox, ask, list, clock } = begin({ items: 0 })
    await sandbox.setState('export 42 is being prepared', { seconds: 90, size: 300 })
    expect((await list('?fields=status,size,download_url,expire_time')).items).toEqual([
      { status: 'processing', size: null, download_url: null, expire_time: null },
    ])
    expect((await ask(`${LIST}/42/download`)).status).toBe(404)
    clock.advance(89_999)
    expect((await list('?fields=status')).items).toEqual([{ status: 'processing' }])
    clock.advance(1)
    expect((await list('?fields=status,size,update_time')).items).toEqual([
      { status: 'ready', size: 300, update_time: '2026-01-01 00:01:30' },
    ])
    expect(Buffer.byteLength((await ask(`${LIST}/42/download`)).text)).toBe(300)
    await sandbox.setState('export 43 is being prepared', { outcome: 'failed' })
    clock.advance(60_000)
    expect((await ask(`${LIST}/43?fields=status,failure_reason`)).json).toMatchObject({
      items: [{ status: 'failed', failure_reason: expect.stringContaining('internal error') }],
    })
  },
  'export <id> has expired': async () => {
    const { sandbox, ask } = begin()
    await sandbox.setState('export 42 has expired')
    expect((await ask(`${LIST}/42?fields=status,download_url`)).json).toMatchObject({
      items: [{ status: 'expired', download_url: null }],
    })
    expect((await ask(`${LIST}/42/download`)).headers['x-sandbox-reason']).toBe(
      'the export has no file: its status is "expired"',
    )
  },
  'export <id> has failed': async () => {
    const { sandbox, ask } = begin()
    await sandbox.setState('export 42 has failed', { failure_reason: 'No space' })
    expect((await ask(`${LIST}/42?fields=status,size,failure_reason`)).json).toMatchObject({
      items: [{ status: 'failed', size: null, failure_reason: 'No space' }],
    })
    expect((await ask(`${LIST}/42/download`)).status).toBe(404)
  },
  'making an export takes': async () => {
    const { sandbox, ask, list, clock } = begin({ items: 0 })
    const statuses = async (): Promise<unknown> =>
      (await list('?fields=status&sort=name')).items.map((item) => item['status'])
    await sandbox.setState('export 42 exists', { name: 'b' })
    await sandbox.setState('making an export takes', { seconds: 10, outcome: 'failed', times: 2 })
    // A request that is refused takes none of the times away; what another account asks for neither.
    await ask(REPORT, { json: { out: 'xlsx' } })
    await ask(REPORT, { json: {}, token: sandbox.tokens.emptyAccount })
    await ask(REPORT, { json: { name: 'a' } })
    await ask(`${LIST}/42/retry`, { method: 'POST' })
    await ask(`${LIST}/42/retry`, { method: 'POST' })
    await ask(REPORT, { json: { name: 'c' } })
    clock.advance(2_000)
    expect(await statuses()).toEqual(['queued', 'queued', 'ready'])
    clock.advance(7_999)
    expect(await statuses()).toEqual(['processing', 'processing', 'ready'])
    clock.advance(1)
    expect(await statuses()).toEqual(['failed', 'failed', 'ready'])
    // Without times it is for all that follow, until it is set again; other states leave it as it is.
    await sandbox.setState('no exports exist')
    await sandbox.setState('making an export takes', { outcome: 'failed' })
    await sandbox.setState('export 42 exists', { name: 'b' })
    for (const name of ['a', 'c', 'd']) await ask(REPORT, { json: { name } })
    await sandbox.setState('time passes', { seconds: 2 })
    expect(await statuses()).toEqual(['failed', 'ready', 'failed', 'failed'])
    await sandbox.setState('nothing is special')
    await ask(REPORT, { json: { name: 'e' } })
    clock.advance(2_000)
    expect(await statuses()).toEqual(['failed', 'ready', 'failed', 'failed', 'ready'])
  },
  'quick report <id> does not exist': async () => {
    const { sandbox, ask, list } = begin({ items: 0 })
    const id = '17430755068336100383'
    const ofReport = (reportId: string, token: string = sandbox.tokens.main): ReturnType<typeof ask> =>
      ask(`/v1/hood/quick-reports/${reportId}/export`, { json: {}, token })
    expect(await sandbox.setState(`quick report ${id} does not exist`)).toEqual({ id })
    const { status, headers } = await ofReport(id)
    expect([status, headers['x-sandbox-reason']]).toEqual([404, `the account has no quick report "${id}"`])
    expect((await ofReport('43')).status).toBe(202)
    expect((await ofReport(id, sandbox.tokens.otherAccount)).status).toBe(202)
    expect((await list()).total).toBe(1)
    await sandbox.setState('nothing is special')
    expect((await ofReport(id)).status).toBe(202)
  },
  'the token is not valid': async () => {
    const { sandbox, ask } = begin()
    const { main, sameAccount, otherAccount } = sandbox.tokens
    const statuses = async (): Promise<number[]> =>
      Promise.all([main, sameAccount, otherAccount].map(async (token) => (await ask(LIST, { token })).status))
    await sandbox.setState('the token is not valid')
    expect(await statuses()).toEqual([401, 401, 200])
    await sandbox.setState('the token is not valid', { token: sameAccount })
    expect(await statuses()).toEqual([200, 401, 200])
    await sandbox.setState('nothing is special')
    expect(await statuses()).toEqual([200, 200, 200])
  },
  'the second window is used up': async () => {
    for (const limits of ['on', 'off'] as const) {
      const { sandbox, ask, clock } = begin({ limits })
      await sandbox.setState('the second window is used up')
      clock.moveTo(30_400)
      expect((await ask(LIST)).headers['retry-after']).toBe('1')
      expect((await ask(LIST, { token: sandbox.tokens.otherAccount })).status).toBe(200)
      clock.moveTo(31_000)
      expect((await ask(LIST)).status).toBe(200)
    }
  },
  'the minute is used up': async () => {
    for (const limits of ['on', 'off'] as const) {
      const { sandbox, ask, clock } = begin({ limits })
      await sandbox.setState('the minute is used up')
      clock.moveTo(30_400)
      expect((await ask(LIST)).headers['retry-after']).toBe('30')
      clock.moveTo(59_999)
      expect((await ask(LIST)).status).toBe(429)
      clock.moveTo(60_000)
      expect((await ask(LIST)).headers['x-ratelimit-remaining']).toBe('149')
    }
  },
  'the parallel limit is reached': async () => {
    const { sandbox, ask } = begin()
    await sandbox.setState('the parallel limit is reached', { times: 2 })
    const reply = [await ask(LIST), await ask(LIST), await ask(LIST)]
    expect(reply.map(({ status, headers }) => [status, headers['retry-after']])).toEqual([
      [429, '-1'],
      [429, '-1'],
      [200, undefined],
    ])
  },
  'the server fails': async () => {
    const { sandbox, ask, list } = begin()
    await sandbox.setState('the server fails', { times: 1 })
    expect((await ask(LIST, { token: sandbox.tokens.otherAccount })).status).toBe(200)
    const { status, json } = await ask(LIST)
    expect([status, json]).toEqual([
      500,
      { code: 500, title: 'Internal server error.', trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ])
    expect((await ask(LIST)).status).toBe(200)
    await sandbox.setState('the server fails')
    for (let request = 0; request < 5; request += 1) expect((await ask(LIST)).status).toBe(500)
    expect((await ask(REPORT, { json: {} })).status).toBe(500)
    await sandbox.setState('nothing is special')
    expect((await list()).total).toBe(20)
  },
  'time passes': async () => {
    const { sandbox } = begin()
    expect(await sandbox.setState('time passes', { seconds: 3_600 })).toEqual({ now: '2026-01-01 01:00:00' })
    expect(await sandbox.setState('time passes')).toEqual({ now: '2026-01-01 01:01:00' })
  },
  'nothing is special': async () => {
    const { sandbox, ask } = begin({ limits: 'on' })
    for (let request = 0; request < 11; request += 1) await ask(LIST)
    expect((await ask(LIST)).status).toBe(429)
    await sandbox.setState('the server fails')
    expect(await sandbox.setState('nothing is special')).toEqual({})
    expect((await ask(LIST)).headers['x-ratelimit-remaining']).toBe('149')
  },
}

describe('the provider state', () => {
  test.each(Object.entries(PROMISES))('"%s" keeps its promise', async (_name, promise) => promise())

  test('of every name has a promise here', () => {
    expect(Object.keys(PROMISES)).toEqual(STATE_NAMES)
  })

  test('ends what the state before has armed', async () => {
    const { sandbox, ask } = begin()
    for (const armed of ['the token is not valid', 'the minute is used up', 'the server fails']) {
      await sandbox.setState(armed)
      await sandbox.setState('export 42 exists')
      expect((await ask(`${LIST}/42`)).status).toBe(200)
    }
  })

  test('of one account leaves those of the others armed, and "nothing is special" ends them all', async () => {
    const { sandbox, ask } = begin({ limits: 'on' })
    const { main, otherAccount, thirdAccount } = sandbox.tokens
    const statuses = (): Promise<number[]> =>
      Promise.all([main, otherAccount, thirdAccount].map(async (token) => (await ask(LIST, { token })).status))
    await sandbox.setState('the server fails')
    await sandbox.setState('the token is not valid', { account: 'other' })
    await sandbox.setState('the minute is used up', { account: 'third' })
    await ask(LIST, { token: thirdAccount })
    await sandbox.setState('export 42 exists', { account: 'empty' })
    expect(await statuses()).toEqual([500, 401, 429])
    await sandbox.setState('nothing is special', { account: 'other' })
    expect(await statuses()).toEqual([500, 200, 429])
    await sandbox.setState('nothing is special')
    expect(await statuses()).toEqual([200, 200, 200])
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['exports exists', {}, 'There is no provider state "exports exists": the sandbox has "exports exist", "no exports'],
    ['no exports exist', { account: 'fifth' }, 'There is no account "fifth": give one of main, other, third, empty'],
    ['no exports exist', { account: 3 }, 'There is no account 3'],
    ['exports exist', { count: -1 }, 'The parameter "count" is -1: give a whole number from 0 to 100000000'],
    ['exports exist', { count: 1e9 }, 'The parameter "count" is 1000000000'],
    ['export 7 exists', { size: 1.5 }, '"size" cannot be 1.5: it must be a whole number from 0'],
    ['export 7 exists', { name: null }, '"name" cannot be null: it must be a value, not null'],
    ['export 7 exists', { name: 7 }, '"name" cannot be 7: it must be a string'],
    ['export 7 exists', { create_time: '2026-13-01 00:00:00' }, '"create_time" cannot be "2026-13-01 00:00:00"'],
    ['export 7 exists', { creator_id: 'ana' }, '"creator_id" cannot be "ana": it must be a string of digits'],
    ['export 7 exists', { mime_type: 'text/csv\r\nx: y' }, '"mime_type" cannot be "text/csv\\r\\nx: y"'],
    ['export 7 exists', { mime_type: 'česta/vrsta' }, 'it must be a media type such as "text/csv"'],
    ['export 7 exists', { download_url: '/x' }, '"download_url" cannot be set: it follows from'],
    [
      'export 7 exists',
      { nmae: 'Mine' },
      '"export <id> exists" has no parameter "nmae": it has account, id, company_id',
    ],
    ['nothing is special', { seconds: 1 }, '"nothing is special" has no parameter "seconds": it has account'],
    ['export 2000000000 exists', {}, 'Export 2000000000 belongs to another account'],
    [
      'export 7 is being prepared',
      { outcome: 'maybe' },
      'The parameter "outcome" is "maybe": give "ready" or "failed"',
    ],
    ['making an export takes', { outcome: 'lost' }, 'The parameter "outcome" is "lost": give "ready" or "failed"'],
    ['making an export takes', { times: 0 }, 'The parameter "times" is 0: give a whole number from 1'],
    ['making an export takes', { seconds: -1 }, 'The parameter "seconds" is -1: give a whole number from 0 to'],
    [
      'export 99999999999999999 exists',
      {},
      'have ids up to 9007199254740991: give a smaller one than 99999999999999999',
    ],
    ['time passes', { seconds: 1e15 }, 'The parameter "seconds" is 1000000000000000: give a whole number from 0 to'],
    ['the server fails', { times: 0 }, 'The parameter "times" is 0: give a whole number from 1'],
  ])('"%s" with %j is refused, and nothing changes', async (name, parameters, message) => {
    const { sandbox, list } = begin()
    const before = await list()
    await expect(sandbox.setState(name, parameters)).rejects.toThrow(message)
    expect(await list()).toEqual(before)
  })

  test('"exports exist" does not take the ids of another account', async () => {
    const { sandbox, list } = begin()
    await sandbox.setState('export 1000010 does not exist')
    await sandbox.setState('export 1000010 exists', { account: 'empty' })
    await expect(sandbox.setState('exports exist')).rejects.toThrow('Export 1000010 belongs to another account')
    expect((await list()).total).toBe(19)
  })

  test('"time passes" ends in the year 9000, as times have four digits for the year', async () => {
    const { sandbox } = begin({ clock: { now: () => 0 } })
    const seconds = 100 * 365 * 24 * 3_600
    for (let century = 0; century < 69; century += 1) await sandbox.setState('time passes', { seconds })
    await expect(sandbox.setState('time passes', { seconds })).rejects.toThrow('beyond the year 9000')
  })
})
