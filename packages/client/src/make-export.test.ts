import { describe, expect, test } from 'vitest'
import { toResult } from './errors.ts'
import { CORES } from './fixtures/client-under-test.ts'
import type { MakeProgress } from './make-export.ts'
import { buildItem } from './testing/build-item.ts'
import type { Scenario } from './testing/scenario.ts'

const LOST: Scenario = { kind: 'network', code: 'ECONNRESET' }

describe.each(CORES)('making an export with a client %s', (_name, arrangeClient) => {
  /** A provider whose exports go through `statuses`, one at each look, and stay at the last. */
  function arrange(statuses: readonly string[] = ['queued', 'processing', 'ready']) {
    const left = [...statuses]
    const posts: string[] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const isPost = init?.method === 'POST'
      const { pathname } = new URL(input as string)
      if (isPost) posts.push(pathname)
      if (!isPost) {
        const status = (left.length === 1 ? left[0] : left.shift()) ?? 'ready'
        standIn.items = standIn.items.map((item) => ({ ...item, status }))
      }
      return standIn.fetch(input, init)
    }
    const { client, clock, fails, standIn } = arrangeClient({ items: [] }, { fetch })
    const steps: string[] = []
    const onProgress = (progress: MakeProgress): void => {
      steps.push('item' in progress ? `${progress.step} ${progress.item.status}` : progress.step)
    }
    const searches = () => standIn.requests.filter(({ method }) => method === 'GET').map(({ url }) => url.search)
    return { client, clock, fails, standIn, posts, steps, onProgress, searches }
  }

  test('makes it, finds it by its key, and gives it when it is ready', async () => {
    const { client, clock, posts, steps, onProgress, searches, standIn } = arrange([
      'queued',
      'queued',
      'processing',
      'ready',
    ])
    const item = await clock.runUntilSettled(client.makeExport('17', { name: 'Clicks', out: 'json' }, { onProgress }))
    expect(item).toMatchObject({ name: 'Clicks (iiiiiiiiii)', extension: 'json', status: 'ready' })
    expect(posts).toEqual(['/v1/hood/quick-reports/17/export'])
    expect(steps).toEqual(['created', 'waiting queued', 'waiting queued', 'waiting processing'])
    expect(new Set(searches())).toEqual(new Set(['?view=full&sort=-create_time&page=1&q=iiiiiiiiii&q_fields=name']))
    expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 1_000, 2_500, 4_750, 8_125])
  })

  test('a name that has the key is sent as it is, and one that is missing says what it is', async () => {
    const { client, clock, standIn } = arrange(['ready'])
    await clock.runUntilSettled(client.makeExport('17', { name: 'Clicks 2026-11-27' }, { key: '2026-11-27' }))
    await clock.runUntilSettled(client.makeExport('18', {}, { key: 'tonight' }))
    expect(standIn.requests.flatMap(({ body }) => (body as { name?: string } | undefined)?.name ?? [])).toEqual([
      'Clicks 2026-11-27',
      'Quick report 18 (tonight)',
    ])
  })

  test('a key of one’s own is looked for first: the run after a crash goes on with the same export', async () => {
    const { client, clock, posts } = arrange(['ready'])
    const first = await clock.runUntilSettled(client.makeExport('17', { name: 'Clicks' }, { key: 'run-1' }))
    const second = await clock.runUntilSettled(client.makeExport('17', { name: 'Clicks' }, { key: 'run-1' }))
    expect(second.id).toBe(first.id)
    expect(posts).toHaveLength(1)
  })

  test('a key is a whole word: run-1 is not run-17', async () => {
    const { client, clock, posts } = arrange(['ready'])
    const first = await clock.runUntilSettled(client.makeExport('17', {}, { key: 'run-17' }))
    const second = await clock.runUntilSettled(client.makeExport('17', {}, { key: 'run-1' }))
    expect(second.id).not.toBe(first.id)
    expect(posts).toHaveLength(2)
  })

  test('an export whose name got a date behind it is found, as in the vendor’s sample', async () => {
    const { client, clock, standIn } = arrange(['ready'])
    standIn.items = [buildItem({ id: '5', name: 'Clicks (tonight) - 27.11.2026 11:44:32' })]
    expect((await clock.runUntilSettled(client.makeExport('17', {}, { key: 'tonight' }))).id).toBe('5')
  })

  test('after a request whose answer was lost, the export is looked for, and not made twice', async () => {
    const { client, clock, standIn, posts, steps, onProgress } = arrange(['ready'])
    const { fetch } = standIn
    Object.assign(standIn, {
      fetch: async (...request: Parameters<typeof fetch>) => {
        const response = await fetch(...request)
        if (request[1]?.method === 'POST')
          throw Object.assign(new TypeError('fetch failed'), { cause: new Error('reset') })
        return response
      },
    })
    const item = await clock.runUntilSettled(client.makeExport('17', { name: 'Clicks' }, { onProgress }))
    expect(item.name).toBe('Clicks (iiiiiiiiii)')
    expect(posts).toHaveLength(1)
    expect(steps).toEqual(['unknown'])
  })

  test('a request that never arrived is sent again only after half a minute of looking', async () => {
    const { client, clock, standIn, posts } = arrange(['ready'])
    standIn.next(LOST)
    await clock.runUntilSettled(client.makeExport('17', { name: 'Clicks' }))
    expect(posts).toHaveLength(2)
    const [, second] = standIn.requests.filter(({ method }) => method === 'POST')
    expect(second?.atMs).toBeGreaterThanOrEqual(30_000)
  })

  test('an export that failed is run again by the API’s own retry, as often as allowed', async () => {
    const { client, clock, posts, steps, onProgress } = arrange(['failed', 'processing', 'ready'])
    const item = await clock.runUntilSettled(client.makeExport('17', {}, { onProgress }))
    expect(item.status).toBe('ready')
    expect(posts.map((path) => path.split('/').at(-1))).toEqual(['export', 'retry'])
    expect(steps).toEqual(['created', 'retried failed', 'waiting processing'])
  })

  test('an export that stays failed ends it, with the reason', async () => {
    const { client, fails, posts } = arrange(['failed'])
    const error = await fails(client.makeExport('17', {}, { retries: 2, key: 'tonight' }))
    expect(error).toMatchObject({
      kind: 'export-failed',
      key: 'tonight',
      message: 'The export 1000001 is failed (raise retries to have it run again)',
    })
    expect(posts.filter((path) => path.endsWith('/retry'))).toHaveLength(2)
  })

  test('looks that fail are no news of the export', async () => {
    const { client, clock, standIn } = arrange(['ready'])
    const made = client.makeExport('17', {})
    await clock.advance(10)
    standIn.next(...Array.from({ length: 6 }, () => ({ kind: 'status', status: 500 }) as const))
    expect((await clock.runUntilSettled(made)).status).toBe('ready')
  })

  test('ends at its deadline, and says what the export is', async () => {
    const { client, fails } = arrange(['cooking'])
    expect(await fails(client.makeExport('17', {}, { deadlineMs: 60_000 }))).toMatchObject({
      kind: 'deadline',
      key: 'iiiiiiiiii',
      message: 'The export is cooking, and was not ready by its deadline (raise deadlineMs to wait longer)',
    })
  })

  test('can be aborted while it waits', async () => {
    const { client, clock } = arrange(['cooking'])
    const controller = new AbortController()
    const made = toResult(client.makeExport('17', {}, { signal: controller.signal }))
    await clock.advance(5_000)
    controller.abort()
    expect((await made).error).toMatchObject({ kind: 'aborted', key: 'iiiiiiiiii' })
    expect(clock.pending).toBe(0)
  })

  test.each([
    ['an empty key', { key: ' ' }, 'key: " " is no text to find an export by'],
    ['half a retry', { retries: 0.5 }, 'retries: 0.5 is not a whole number from 0'],
    ['an unknown option', { retry: 1 }, '"retry" is not an option'],
  ])('%s is refused before anything is sent', async (_title, options, message) => {
    const { client, standIn, fails } = arrange()
    expect(await fails(client.makeExport('17', {}, options as never))).toMatchObject({
      message: expect.stringContaining(message),
    })
    expect(standIn.requests).toEqual([])
  })
})
