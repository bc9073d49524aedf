import { gunzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Choices } from './choices.ts'
import { LIST, bench } from './testing/bench.ts'
import type { Bench } from './testing/bench.ts'

/** The oldest first; times are those of their days. */
const EXPORTS = [
  { id: 1, name: 'Café 9', size: 1_025, create_time: '2025-12-01 00:00:00' },
  { id: 2, name: 'cafe 10', size: null, create_time: '2025-12-02 12:00:00', failure_reason: null },
  { id: 3, name: ' cafe 10 ', size: 2_000, create_time: '2025-12-03 00:00:00', description: '' },
]

async function withChoices(choices: Partial<Choices>): Promise<Bench> {
  const at = bench({ items: 0, limits: 'off', choices })
  onTestFinished(() => at.sandbox.close())
  for (const { id, ...item } of EXPORTS) await at.sandbox.setState(`export ${id} exists`, item)
  return at
}

/** The ids that a list has, in its order. */
async function idsOf(choices: Partial<Choices>, search: string): Promise<string> {
  return (await (await withChoices(choices)).list(search)).items.map(({ id }) => id).join()
}

describe('lists', () => {
  test.each<[Partial<Choices>, string, string]>([
    [{}, '', '3,2,1'],
    [{ 'page.default-size': 2 }, '', '3,2'],
    [{ 'page.default-order': ['id'] }, '', '1,2,3'],
    [{ 'page.default-order': ['id'] }, '?size=is:', '1,3'],
    [{ 'page.filtered-order': ['name'] }, '?size=is:', '3,1'],
    [{ 'page.largest-size': 2, 'page.default-size': 1, 'page.too-large': 'cut' }, '?page=1,3', '3,2'],
    [{ 'page.largest-size': 2, 'page.default-size': 1, 'page.too-large': 'default-size' }, '?page=1,3', '3'],
    [{ 'page.past-end': 'last-page' }, '?page=9,2', '1'],
    [{ 'page.past-end': 'first-page' }, '?page=9,2', '3,2'],
    [{}, '?sort=size', '2,1,3'],
    [{ 'sort.nulls': 'last' }, '?sort=size', '1,3,2'],
    [{ 'sort.nulls': 'last' }, '?sort=-size', '2,3,1'],
    [{}, '?sort=status', '1,2,3'],
    [{ 'sort.ties': ['-create_time'] }, '?sort=status', '3,2,1'],
    [{ 'sort.ties': ['-create_time'] }, '?sort=-status', '1,2,3'],
    [{}, '?sort=name', '3,1,2'],
    [{ 'sort.texts': 'natural' }, '?sort=name', '3,2,1'],
    [{ 'sort.texts': 'letters' }, '?sort=name', '1,2,3'],
    [{}, '?q=CAFÉ', '1'],
    [{ 'search.case': 'matters' }, '?q=CAFÉ', ''],
    [{ 'search.accents': 'ignored' }, '?q=CAFÉ', '3,2,1'],
    [{ 'search.default-fields': { description: 'searched', id: 'searched' } }, '?q=2', '2'],
    [{}, '?name=CAFE 10', ''],
    [{ 'filter.case': 'ignored' }, '?name=CAFE 10', '2'],
    [{ 'filter.case': 'ignored', 'filter.outer-spaces': 'ignored' }, '?name=in:CAFE 10,x', '3,2'],
    [{ 'filter.accents': 'ignored' }, '?name=Cafe 9', '1'],
    [{}, '?size=neq:2000', '2,1'],
    [{ 'filter.nulls': { neq: 'not-found' } }, '?size=neq:2000', '1'],
    [{ 'filter.nulls': { lt: 'found' } }, '?size=lt:2000', '2,1'],
    [{}, '?description=is:', '3,2,1'],
    [{ 'filter.empty-text': 'null' }, '?description=is:', '2,1'],
    [{ 'filter.empty-text': 'null' }, '?description=isn:', '3'],
    [{ 'filter.range-ends': { rl: 'both' } }, '?size=rl:1025,2000', '3,1'],
    [{ 'filter.range-ends': { rr: 'none' } }, '?size=rr:1025,2000', ''],
    [{}, '?create_time=gt:2025-12-02', '3,2'],
    [{ 'filter.day': 'whole-day' }, '?create_time=gt:2025-12-02', '3'],
    [{ 'filter.day': 'whole-day' }, '?create_time=2025-12-02', '2'],
    [{ 'filter.day': 'whole-day' }, '?create_time=nin:2025-12-02,2025-12-03 00:00:00', '1'],
    [{ 'filter.operators': { size: { gt: 'ignored' } } }, '?size=gt:1500', '3,2,1'],
    [{ 'filter.failure-reason': 'failed_reason' }, '?failed_reason=isn:', '2'],
    [{ 'filter.failure-reason': 'both' }, '?failed_reason=isn:', '2'],
    [{ 'download.size-unit': 'kibibytes' }, '?size=2', '3,1'],
    [{ 'download.size-unit': 'kilobytes' }, '?size=2', '3,1'],
    [{ 'download.size-unit': 'bits' }, '?size=16000', '3'],
    [{ 'members.without-value': {} }, '?size=isn:', ''],
  ])('%j: %s has %s', async (choices, search, ids) => {
    expect(await idsOf(choices, search)).toBe(ids)
  })

  test.each<[Partial<Choices>, string, number]>([
    [{ 'page.past-end': 'refused' }, '?page=9,2', 400],
    [{ 'page.past-end': 'refused' }, '?page=1,2&id=77', 200],
    [{ 'page.past-end': 'missing' }, '?page=9,2', 404],
    [{ 'page.largest-size': 20 }, '?page=1,21', 400],
    [{ 'filter.day': 'refused' }, '?create_time=2025-12-02', 400],
    [{ 'filter.operators': { size: { gt: 'refused' } } }, '?size=gt:1', 400],
    [{ 'filter.operators': { name: { gt: 'taken' } } }, '?name=gt:a', 200],
    [{ 'filter.failure-reason': 'failed_reason' }, '?failure_reason=isn:', 400],
  ])('%j: %s is a %i', async (choices, search, status) => {
    expect((await (await withChoices(choices)).ask(`${LIST}${search}`)).status).toBe(status)
  })
})

describe('members', () => {
  const membersOf = async (choices: Partial<Choices>, search: string): Promise<unknown> =>
    (await (await withChoices(choices)).list(`?id=2${search}`)).items[0]

  test('are null, absent, or have a value in every export', async () => {
    const fields = '&fields=id,size,failure_reason'
    expect(await membersOf({}, fields)).toEqual({ id: '2', size: null, failure_reason: null })
    expect(await membersOf({ 'members.without-value': { size: 'absent' } }, fields)).toEqual({
      id: '2',
      failure_reason: '',
    })
  })

  test('come as the view says, with those that are not documented', async () => {
    const choices: Partial<Choices> = {
      'view.default': { name: 'left-out', creator_id: 'sent' },
      'view.unnamed': 'default',
      'members.undocumented': ['owner'],
      'envelope.undocumented': ['next'],
    }
    const at = await withChoices(choices)
    const { items, ...envelope } = await at.list()
    expect(envelope).toEqual({ total: 3, next: null })
    expect(items[0]).toHaveProperty('owner', null)
    expect(items[0]).toHaveProperty('creator_id')
    expect(items[0]).not.toHaveProperty('name')
    expect((await at.list('?fields=id')).items[0]).toEqual({ id: '3' })
  })

  test('that are numbers come as texts one by one', async () => {
    const at = await withChoices({ 'numbers.form': { size: 'text' } })
    const { total, items } = await at.list('?id=1&fields=size,attempt_count')
    expect({ total, items }).toEqual({ total: 1, items: [{ size: '1025', attempt_count: 1 }] })
  })
})

describe('the quota', () => {
  const remainingAfter = async (choices: Partial<Choices>, paths: readonly string[]): Promise<string | undefined> => {
    const at = bench({ items: 5, choices })
    onTestFinished(() => at.sandbox.close())
    let last: string | undefined
    for (const path of paths) last = (await at.ask(path)).headers['x-ratelimit-remaining']
    return last
  }

  test.each<[Partial<Choices>, readonly string[], string | undefined]>([
    [{}, [LIST, `${LIST}?page=0`, LIST], '147'],
    [{ 'quota.refused-cost': { 400: 'free' } }, [LIST, `${LIST}?page=0`], '149'],
    [{ 'quota.refused-cost': { 400: 'free' } }, [LIST, `${LIST}?page=0`, LIST], '148'],
    [{ 'quota.refused-cost': { 404: 'free' } }, [LIST, `${LIST}/7`, LIST], '148'],
    [{ 'quota.shared': { view: 'not-shared' } }, [LIST, LIST, `${LIST}/1000000`], '149'],
    [{ 'quota.shared': { view: 'not-shared' } }, [`${LIST}/1000000`, LIST], '149'],
    [{ 'quota.described-window': 'none' }, [LIST], undefined],
    [{ 'quota.limits': [700] }, [LIST], '699'],
  ])('%j: after %j, so many remain: %s', async (choices, paths, remaining) => {
    expect(await remainingAfter(choices, paths)).toBe(remaining)
  })

  test('a refusal that is counted fills the minute', async () => {
    const at = bench({ items: 5, choices: { 'quota.refused-cost': { 429: 'counted' } } })
    onTestFinished(() => at.sandbox.close())
    for (let request = 0; request < 12; request += 1) await at.ask(LIST)
    at.clock.advance(1_000)
    expect((await at.ask(LIST)).headers['x-ratelimit-remaining']).toBe('137')
  })

  test.each([
    ['up', '60'],
    ['down', '59'],
    ['nearest', '60'],
  ] as const)('Reset is rounded %s', async (rounding, reset) => {
    const at = bench({ items: 0, startMs: 300, choices: { 'quota.reset-rounding': rounding } })
    onTestFinished(() => at.sandbox.close())
    expect((await at.ask(LIST)).headers['x-ratelimit-reset']).toBe(reset)
  })
})

describe('downloads', () => {
  const downloadWith = async (choices: Partial<Choices>, headers: Record<string, string> = {}) => {
    const at = await withChoices(choices)
    return at.send(`${LIST}/1/download`, { headers })
  }

  test.each<[Partial<Choices>, string, string | null]>([
    [{}, 'content-type', 'text/csv'],
    [{ 'download.content-type': 'mime_type-with-parameters' }, 'content-type', 'text/csv; charset=utf-8'],
    [{ 'download.content-type': 'other' }, 'content-type', 'application/octet-stream'],
    [{ 'download.file-name': 'none' }, 'content-disposition', null],
    [
      { 'download.file-name': 'id-with-extension' },
      'content-disposition',
      `attachment; filename="1.csv"; filename*=UTF-8''1.csv`,
    ],
    [{}, 'content-length', null],
    [{ 'download.length': 'sent' }, 'content-length', '1025'],
    [{ 'download.redirect': 'same-origin' }, 'location', '/files/exports/1'],
    [{ 'download.redirect': 'other-origin' }, 'location', 'https://files.sandbox.example/files/exports/1'],
  ])('%j: %s is %j', async (choices, header, value) => {
    expect((await downloadWith(choices)).headers.get(header)).toBe(value)
  })

  test('are where a redirection within the origin leads', async () => {
    const at = await withChoices({ 'download.redirect': 'same-origin' })
    expect(Buffer.byteLength((await at.ask('/files/exports/1')).text)).toBe(1_025)
  })

  test('come encoded to those who take it, and as they are to others', async () => {
    const choices: Partial<Choices> = { 'answer.encoding': { download: 'gzip', list: 'gzip' } }
    const encoded = await downloadWith(choices, { 'accept-encoding': 'br, gzip;q=0.5' })
    expect(encoded.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(await encoded.arrayBuffer())).toHaveLength(1_025)
    expect((await downloadWith(choices)).headers.get('content-encoding')).toBeNull()
    const list = await (await withChoices(choices)).send(LIST, { headers: { 'accept-encoding': 'gzip' } })
    expect(JSON.parse(String(gunzipSync(await list.arrayBuffer())))).toHaveProperty('total', 3)
  })
})

describe('what else an account decides', () => {
  test('members of errors', async () => {
    const at = await withChoices({ 'errors.members': { 404: ['code', 'reason'] } })
    expect((await at.ask(`${LIST}/9`)).json).toEqual({ code: 404, reason: '' })
  })

  test('the words of its exports; a status that is not known here stays', async () => {
    const words: Partial<Choices> = {
      'vocabulary.resource': ['segments'],
      'vocabulary.status': ['ready', 'archived'],
      'vocabulary.extension': ['xlsx', 'csv'],
      'vocabulary.mime_type': ['application/vnd.ms-excel', 'text/csv'],
    }
    const at = bench({ items: 200, limits: 'off', choices: words })
    onTestFinished(() => at.sandbox.close())
    const { items } = await at.list('?page=1,1000')
    const seen = (member: string): string[] => [...new Set(items.map((item) => String(item[member])))].toSorted()
    expect(seen('resource')).toEqual(['segments'])
    expect(seen('status')).toEqual(['archived', 'ready'])
    expect(seen('extension')).toEqual(['csv', 'xlsx'])
    expect(seen('mime_type')).toEqual(['application/vnd.ms-excel', 'text/csv'])
  })

  test('how long an answer takes', async () => {
    const at = bench({ items: 1, choices: { latency: { list: { requests: 9, medianMs: 80, p95Ms: 90 } } } })
    onTestFinished(() => at.sandbox.close())
    const answer = at.send(LIST)
    let isAnswered = false
    void answer.then(() => (isAnswered = true))
    await new Promise(setImmediate)
    at.clock.advance(79)
    await new Promise(setImmediate)
    expect(isAnswered).toBe(false)
    at.clock.advance(1)
    expect((await answer).status).toBe(200)
  })

  test('what a retry gets, and whether it makes a new record', async () => {
    const retry = (at: Bench): Promise<{ status: number }> => at.ask(`${LIST}/1/retry`, { method: 'POST' })
    const refusing = await withChoices({ 'retry.of': { ready: 'refused' } })
    expect((await retry(refusing)).status).toBe(400)
    const copying = await withChoices({ 'retry.record': 'new' })
    expect((await retry(copying)).status).toBe(202)
    const { items } = await copying.list('?fields=id,status,attempt_count&name=Café 9')
    expect(items).toEqual([
      { id: '1000000', status: 'queued', attempt_count: 1 },
      { id: '1', status: 'ready', attempt_count: 1 },
    ])
  })

  test('a choice that does not exist for a sandbox is refused', () => {
    expect(() => bench({ choices: { 'page.past-end': 'nothing' as never } })).toThrow(
      'choices["page.past-end"]: "nothing", not one of empty, last-page',
    )
  })
})
