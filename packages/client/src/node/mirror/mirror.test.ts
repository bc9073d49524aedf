import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createExportsClient } from '../../client.ts'
import type { Clock } from '../../clock.ts'
import { toResult } from '../../errors.ts'
import { buildItem, createStandIn } from '../../testing/index.ts'
import { createRateLimiter } from '../../rate-limit/limiter.ts'
import type { MirrorEvent } from './mirror-event.ts'
import { mirror } from './mirror.ts'
import { saveAll } from './save-all.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mirror-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const IDS = ['1', '2', '3']

/** An account with three exports, of days that follow each other. */
function arrange() {
  const items = IDS.map((id) =>
    buildItem({ id, name: `list ${id}`, size: 1_000, create_time: `2026-01-0${id} 12:00:00`, expire_time: null }),
  )
  const standIn = createStandIn({ items })
  const limiter = createRateLimiter({ windows: [{ name: 'raised', limit: 100_000, windowMs: 1_000 }] })
  const client = createExportsClient({ token: 'any', fetch: standIn.fetch, limiter, random: () => 0, maxRetries: 0 })
  /** The ids of what was downloaded, sorted. */
  const downloads = (): string[] =>
    standIn.requests
      .flatMap(({ url }) => /(\d+)\/download$/.exec(url.pathname)?.[1] ?? [])
      .toSorted((a, b) => Number(a) - Number(b))
  return { standIn, client, downloads }
}

/** Pauses end at once. */
function hastyClock(): Clock {
  let now = Date.UTC(2026, 1, 1)
  return {
    now: () => now,
    wallNow: () => now,
    setTimer(callback, delayMs) {
      const handle = setImmediate(() => {
        now += delayMs
        callback()
      })
      return { cancel: () => clearImmediate(handle) }
    },
  }
}

async function filesIn(path: string): Promise<string[]> {
  return (await readdir(path)).filter((name) => name !== '.hood-exports').toSorted()
}

describe('mirror', () => {
  test('saves every ready export once: the next run sends one request', async () => {
    const { client, standIn, downloads } = arrange()
    expect(await mirror(client, folder)).toEqual({ saved: 3, bytes: 3_000, deleted: 0, failed: 0, left: 0 })
    expect(await filesIn(folder)).toEqual(['list 1.csv', 'list 2.csv', 'list 3.csv'])
    const before = standIn.requests.length
    expect(await mirror(client, folder)).toMatchObject({ saved: 0 })
    expect([standIn.requests.length - before, downloads()]).toEqual([1, IDS])
  })

  test('gives files the paths of a template, and finds them by these when the manifest is lost', async () => {
    const { client, downloads } = arrange()
    const path = '{create_time:YYYY/MM-DD}/{id}-{name}'
    await mirror(client, folder, { path })
    expect(await readFile(join(folder, '2026/01-02/2-list 2.csv'), 'utf8')).toHaveLength(1_000)
    expect(await filesIn(join(folder, '2026'))).toEqual(['01-01', '01-02', '01-03'])
    await rm(join(folder, '.hood-exports'), { recursive: true })
    await mirror(client, folder, { path })
    expect(await filesIn(join(folder, '2026/01-02'))).toEqual(['2-list 2.csv'])
    expect(downloads()).toHaveLength(6)
  })

  test('refuses a path that is no template, before anything is sent', async () => {
    const { client, standIn } = arrange()
    const { error } = await toResult(mirror(client, folder, { path: '{name}' }))
    expect(error).toMatchObject({ kind: 'invalid-options', option: 'path', value: '{name}' })
    expect(standIn.requests).toEqual([])
  })

  test('makes the folder', async () => {
    const { client } = arrange()
    await mirror(client, join(folder, 'a/b'))
    expect(await filesIn(join(folder, 'a/b'))).toHaveLength(3)
  })

  test('takes a filter, a function and a time for what is asked for', async () => {
    const { client, standIn } = arrange()
    standIn.items = [
      ...standIn.items,
      buildItem({ id: '4', name: 'orders', resource: 'orders', create_time: '2026-01-04 12:00:00' }),
    ]
    const filter = { resource: standIn.items[0]?.resource ?? '' }
    await mirror(client, folder, { filter, since: '2026-01-02', where: ({ name }) => name !== 'list 3' })
    expect(await filesIn(folder)).toEqual(['list 2.csv'])
    expect(standIn.requests[0]?.url.searchParams.get('create_time')).toBe('gte:2026-01-02 00:00:00')
  })

  test('reads the list anew for another function', async () => {
    const { client } = arrange()
    await mirror(client, folder, { where: ({ id }) => id === '3' })
    await mirror(client, folder, { where: ({ id }) => id === '1' })
    expect(await filesIn(folder)).toEqual(['list 1.csv', 'list 3.csv'])
  })

  test('refuses a filter by what may change, before anything is sent', async () => {
    const { client, standIn } = arrange()
    // @ts-expect-error: JavaScript may give it
    const { error } = await toResult(mirror(client, folder, { filter: { status: 'ready' } }))
    expect(error).toMatchObject({ kind: 'invalid-options', option: 'filter', value: 'status' })
    expect(standIn.requests).toEqual([])
  })

  test('rejects when exports are missing at the end, and the next run fetches them', async () => {
    const { client, standIn } = arrange()
    standIn.next({ kind: 'slow', ms: 1 }, { kind: 'status', status: 400 })
    const { error } = await toResult(mirror(client, folder))
    expect(error).toMatchObject({ kind: 'incomplete', missing: 1, cause: { kind: 'bad-request' } })
    expect(error?.message).toMatch(/^2 saved, 1 failed, 0 not tried \(the first failure: The API answered 400/)
    expect(await mirror(client, folder)).toMatchObject({ saved: 1, failed: 0 })
  })

  test('counts what is missing instead, when asked to', async () => {
    const { client, standIn } = arrange()
    standIn.next({ kind: 'slow', ms: 1 }, { kind: 'status', status: 400 })
    expect(await mirror(client, folder, { onIncomplete: 'report' })).toMatchObject({ saved: 2, failed: 1 })
  })

  test('hands a file over again when onSaved rejects, without another download', async () => {
    const { client, downloads } = arrange()
    const handed: string[] = []
    const onSaved = async ({ id, file }: { readonly id: string; readonly file: string }) => {
      handed.push(`${id} ${file}`)
      if (id === '2' && handed.length < 4) throw new Error('The warehouse is closed')
    }
    const first = await mirror(client, folder, { onSaved, onIncomplete: 'report', concurrency: 1 })
    expect(first).toMatchObject({ saved: 2, failed: 1 })
    await mirror(client, folder, { onSaved })
    expect(handed).toEqual(['3 list 3.csv', '2 list 2.csv', '1 list 1.csv', '2 list 2.csv'])
    expect(downloads()).toHaveLength(3)
  })

  test('ends with what a listener throws, as it is', async () => {
    const { client } = arrange()
    const reason = new Error('The pipe is closed')
    const onEvent = ({ type }: MirrorEvent) => {
      if (type === 'saved') throw reason
    }
    await expect(mirror(client, folder, { onEvent })).rejects.toBe(reason)
    // Not even so a file is lost: it is announced again.
    const announced: string[] = []
    await mirror(client, folder, { onSaved: ({ id }) => void announced.push(id) })
    expect(announced.toSorted()).toEqual(IDS)
  })

  test('rejects with "aborted", and the next run goes on from there', async () => {
    const { client, downloads } = arrange()
    const controller = new AbortController()
    const onSaved = () => controller.abort()
    const call = mirror(client, folder, { onSaved, concurrency: 1, signal: controller.signal })
    expect((await toResult(call)).error?.kind).toBe('aborted')
    await mirror(client, folder)
    expect(downloads()).toHaveLength(3)
  })

  test('refuses a folder that another run has', async () => {
    const { client } = arrange()
    let second: Promise<unknown> | undefined
    const onEvent = () => void (second ??= toResult(mirror(client, folder)))
    await mirror(client, folder, { onEvent })
    expect(await second).toMatchObject({ error: { kind: 'file', code: 'LOCKED', path: folder } })
  })

  test('refuses a folder with the exports of another account', async () => {
    const { client, standIn } = arrange()
    await mirror(client, folder)
    standIn.items = [buildItem({ id: '9', company_id: '4711' })]
    expect((await toResult(mirror(client, folder))).error).toMatchObject({ kind: 'file', code: 'OTHER_ACCOUNT' })
  })

  test('says what it would save with mode "plan", and writes nothing', async () => {
    const { client, downloads } = arrange()
    const events: MirrorEvent[] = []
    await mirror(client, join(folder, 'new'), { mode: 'plan', onEvent: (event) => void events.push(event) })
    expect(events.filter(({ type }) => type === 'would-save' || type === 'planned')).toEqual([
      { type: 'would-save', id: '3', file: 'list 3.csv', size: 1_000 },
      { type: 'would-save', id: '2', file: 'list 2.csv', size: 1_000 },
      { type: 'would-save', id: '1', file: 'list 1.csv', size: 1_000 },
      { type: 'planned', exports: 3, bytes: 3_000 },
    ])
    expect([downloads(), await filesIn(folder)]).toEqual([[], []])
  })

  test('goes on with growing pauses while nothing comes through, for as long as it may', async () => {
    const { client, standIn } = arrange()
    const paused: number[] = []
    const onEvent = (event: MirrorEvent) => void (event.type === 'paused' && paused.push(event.ms))
    const options = { clock: hastyClock(), onEvent, retryForMs: 10_000 }
    standIn.next({ kind: 'network' }, { kind: 'network' })
    expect(await mirror(client, folder, options)).toMatchObject({ saved: 3 })
    expect(paused).toEqual([1_000, 2_000])
    standIn.next(...Array.from({ length: 9 }, () => ({ kind: 'network' }) as const))
    expect((await toResult(mirror(client, folder, options))).error?.kind).toBe('network')
    expect(paused.slice(2)).toEqual([1_000, 2_000, 4_000])
  })
})

describe('saveAll', () => {
  test('saves these exports and no others, each once', async () => {
    const { client, standIn } = arrange()
    expect(await saveAll(client, ['1', '3', '1'], folder)).toMatchObject({ saved: 2, bytes: 2_000 })
    expect(await filesIn(folder)).toEqual(['list 1.csv', 'list 3.csv'])
    const before = standIn.requests.length
    expect(await saveAll(client, ['1', '3'], folder)).toMatchObject({ saved: 0 })
    expect(standIn.requests).toHaveLength(before)
  })

  test('has the manifest of a mirror of the same folder', async () => {
    const { client, downloads } = arrange()
    await saveAll(client, ['2'], folder)
    await mirror(client, folder)
    expect([await filesIn(folder), downloads()]).toEqual([['list 1.csv', 'list 2.csv', 'list 3.csv'], IDS])
  })

  test.each([
    ['is not there', '9', 'the API does not have it'],
    ['is not ready', '2', 'its status is running'],
  ])('rejects when an export %s, and saves the others', async (_why, id, reason) => {
    const { client, standIn } = arrange()
    standIn.items = standIn.items.map((item) => (item.id === '2' ? { ...item, status: 'running' } : item))
    const { error } = await toResult(saveAll(client, ['1', id], folder))
    expect(error).toMatchObject({ kind: 'incomplete', missing: 1, message: expect.stringContaining(reason) })
    expect(await readFile(join(folder, 'list 1.csv'), 'utf8')).toHaveLength(1_000)
  })
})
