import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createExportsClient } from '../client.ts'
import { systemClock } from '../clock.ts'
import { toResult } from '../errors.ts'
import type { ExportItem } from '../export-item.ts'
import { BUCKET, startS3Store } from '../fixtures/s3-store.ts'
import type { S3Store } from '../fixtures/s3-store.ts'
import type { MirrorEvent, SavedFile } from '../node/mirror/mirror-event.ts'
import { mirror } from '../node/mirror/mirror.ts'
import type { MirrorOptions } from '../node/mirror/mirror-options.ts'
import { createRateLimiter } from '../rate-limit/limiter.ts'
import { buildItem, createManualClock, createStandIn } from '../testing/index.ts'
import { bucket } from './bucket.ts'
import { takeLease } from './lease.ts'
import { Objects } from './objects.ts'

let store: S3Store
/** The temporary folder of the machine. */
let disk: string
beforeEach(async () => {
  store = await startS3Store()
  disk = await mkdtemp(join(tmpdir(), 'machine-'))
  vi.stubEnv('TMPDIR', disk)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await store.close()
  await rm(disk, { recursive: true, force: true })
})

const MEBIBYTE = 2 ** 20

function itemOf(id: number, changes: Partial<ExportItem> = {}): ExportItem {
  const createTime = `2026-01-0${id} 12:00:00`
  return buildItem({
    id: String(id),
    name: `list ${id}`,
    size: 1_000,
    create_time: createTime,
    expire_time: null,
    ...changes,
  })
}

function arrange(items: readonly ExportItem[] = [itemOf(1), itemOf(2), itemOf(3)], file?: string) {
  const standIn = createStandIn({ items, ...(file !== undefined && { file }) })
  const limiter = createRateLimiter({ windows: [{ name: 'raised', limit: 100_000, windowMs: 1_000 }] })
  const client = createExportsClient({ token: 'any', fetch: standIn.fetch, limiter, random: () => 0, maxRetries: 0 })
  const downloads = (): number => standIn.requests.filter(({ url }) => url.pathname.endsWith('/download')).length
  const destination = bucket({ client: store.client, bucket: BUCKET, prefix: 'nightly', partBytes: 5 * MEBIBYTE })
  const run = (options: MirrorOptions = {}) => mirror(client, destination, options)
  return { standIn, client, downloads, run }
}

async function keys(): Promise<string[]> {
  const { Contents: objects = [] } = await store.client.send(new ListObjectsV2Command({ Bucket: BUCKET }))
  return objects.map(({ Key: key = '' }) => key).filter((key) => !key.includes('.hood-exports/'))
}

async function contentOf(key: string): Promise<string> {
  const { Body: body } = await store.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))
  return (await body?.transformToString()) ?? ''
}

describe('a bucket', () => {
  test('has every ready export once, and each machine with an empty disk goes on from the last one', async () => {
    const { run, standIn, downloads } = arrange()
    expect(await run()).toEqual({ saved: 3, bytes: 3_000, deleted: 0, failed: 0, left: 0 })
    expect(await keys()).toEqual(['nightly/list 1.csv', 'nightly/list 2.csv', 'nightly/list 3.csv'])
    expect(await readdir(disk)).toEqual([])
    const before = standIn.requests.length
    expect(await run()).toMatchObject({ saved: 0 })
    expect(standIn.requests.length - before).toBe(1)
    standIn.items = [...standIn.items, itemOf(4)]
    expect(await run()).toMatchObject({ saved: 1 })
    expect(downloads()).toBe(4)
  })

  test('says of each object which export it is, in which version, and its SHA-256', async () => {
    await arrange().run()
    const { Metadata: metadata, ContentType: type } = await store.client.send(
      new HeadObjectCommand({ Bucket: BUCKET, Key: 'nightly/list 1.csv' }),
    )
    const sha256 = createHash('sha256')
      .update(await contentOf('nightly/list 1.csv'))
      .digest('hex')
    expect([metadata, type]).toEqual([{ 'export-id': '1', version: expect.any(String), sha256 }, 'text/csv'])
  })

  test('gets a large file in parts, and shows none of them before all are there', async () => {
    const file = 'id,name\n'.repeat(1_500_000)
    const { run } = arrange([itemOf(1, { size: file.length })], file)
    const seen: string[][] = []
    store.isCut = (request) => {
      if (request.startsWith('PUT nightly/list')) void keys().then((found) => seen.push(found))
      return false
    }
    await run()
    expect(store.requests.filter((request) => request === 'PUT nightly/list 1.csv')).toHaveLength(3)
    expect(seen).toEqual([[], [], []])
    expect((await contentOf('nightly/list 1.csv')) === file).toBe(true)
  })

  test('whose run was cut off has no half object, and the next machine downloads only what is missing', async () => {
    const { run, downloads } = arrange()
    let placed = 0
    // Two files arrive; then the machine is gone, with its manifest.
    store.isCut = (request) =>
      request.includes('nightly/') && (request.startsWith('PUT nightly/list') ? (placed += 1) > 2 : placed > 2)
    expect((await toResult(run({ concurrency: 1 }))).error?.kind).toBe('file')
    store.isCut = () => false
    expect(await keys()).toEqual(['nightly/list 2.csv', 'nightly/list 3.csv'])
    store.ageMs = 120_000
    const announced: string[] = []
    expect(await run({ onSaved: ({ id }) => void announced.push(id) })).toMatchObject({ saved: 3 })
    // The download of the third had to be made again; the other two were recognised, and announced.
    expect([downloads(), announced.toSorted()]).toEqual([4, ['1', '2', '3']])
  })

  test('keeps a second run out, until a run that was killed has been silent for a minute', async () => {
    const { run } = arrange()
    let second: Promise<unknown> | undefined
    await run({ onEvent: () => void (second ??= toResult(run())) })
    expect(await second).toMatchObject({ error: { kind: 'file', code: 'LOCKED', path: `s3://${BUCKET}/nightly` } })
    expect(await run()).toMatchObject({ saved: 0 })
  })

  test('is fetched once by two machines that begin at the same moment', async () => {
    const { run, downloads } = arrange()
    const results = await Promise.all([toResult(run()), toResult(run())])
    expect(results.map(({ error }) => error?.code).filter(Boolean)).toEqual(['LOCKED'])
    expect(downloads()).toBe(3)
  })

  test('keeps what another program has put there, and what has changed', async () => {
    const { run, standIn } = arrange([itemOf(1), itemOf(2)])
    const put = (key: string, text: string) =>
      store.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: `nightly/${key}`, Body: text }))
    await put('list 1.csv', 'mine')
    await run()
    expect([await keys(), await contentOf('nightly/list 1.csv')]).toEqual([
      ['nightly/list 1 (1).csv', 'nightly/list 1.csv', 'nightly/list 2.csv'],
      'mine',
    ])
    await put('list 2.csv', 'edited')
    await run()
    expect(await contentOf('nightly/list 2 (changed).csv')).toBe('edited')
    expect(await contentOf('nightly/list 2.csv')).toHaveLength(1_000)
    expect(standIn.items).toHaveLength(2)
  })

  test('gets a new version in the place of the old one', async () => {
    const { run, standIn } = arrange([itemOf(1)])
    await run()
    standIn.items = [itemOf(1, { size: 2_000, attempt_count: 2 })]
    expect(await run()).toMatchObject({ saved: 1, bytes: 2_000 })
    expect([await keys(), await contentOf('nightly/list 1.csv')]).toEqual([['nightly/list 1.csv'], expect.any(String)])
    expect(await contentOf('nightly/list 1.csv')).toHaveLength(2_000)
  })

  test('keeps the version before beside the new one, when versions are kept', async () => {
    const { run, standIn } = arrange([itemOf(1)])
    await run()
    standIn.items = [itemOf(1, { size: 2_000, attempt_count: 2 })]
    const saved: SavedFile[] = []
    await run({ versions: 'keep', onSaved: (file) => void saved.push(file) })
    expect(saved).toMatchObject([{ file: 'list 1.csv', bytes: 2_000, keptAs: 'list 1 (before).csv' }])
    expect(await contentOf('nightly/list 1 (before).csv')).toHaveLength(1_000)
    expect(await contentOf('nightly/list 1.csv')).toHaveLength(2_000)
  })

  test('can have its manifest on the disk', async () => {
    const { run } = arrange()
    await run({ state: join(disk, 'state.sqlite') })
    expect(store.requests.filter((request) => request.endsWith('manifest.sqlite'))).toEqual([])
    expect(await run({ state: join(disk, 'state.sqlite') })).toMatchObject({ saved: 0 })
  })

  test('that does not exist is named', async () => {
    const { client } = arrange()
    const { error } = await toResult(mirror(client, bucket({ client: store.client, bucket: 'none' })))
    expect(error).toMatchObject({ kind: 'file', code: 'NoSuchBucket', path: expect.stringMatching(/^s3:\/\/none\//) })
  })

  test('is planned without a write', async () => {
    const { run } = arrange()
    const events: MirrorEvent[] = []
    await run({ mode: 'plan', onEvent: (event) => void events.push(event) })
    expect(events.at(-1)).toEqual({ type: 'planned', exports: 3, bytes: 3_000 })
    expect(store.requests.filter((request) => !/^(GET|HEAD)/.test(request))).toEqual([])
  })
})

describe('a lease', () => {
  function take(clock = createManualClock()) {
    const objects = new Objects({ client: store.client, bucket: BUCKET, partBytes: MEBIBYTE, signal: undefined })
    return takeLease({ objects, key: 'lock', name: 's3://exports', clock, leaseMs: 60_000 })
  }

  test('is lost by a run that was silent for too long when another has taken it', async () => {
    const clock = createManualClock()
    const first = await take(clock)
    store.ageMs = 63_000
    const second = await take()
    store.ageMs = 0
    await clock.advance(19_000)
    await first.hold()
    await clock.advance(60_000)
    expect((await toResult(first.hold())).error).toMatchObject({ kind: 'file', code: 'LEASE_LOST' })
    await first.release()
    await second.hold()
    expect((await toResult(take())).error?.code).toBe('LOCKED')
  })

  test('is kept by a run that was silent when no other has taken it', async () => {
    const clock = createManualClock()
    const lease = await take(clock)
    store.isCut = () => true
    await clock.advance(70_000)
    store.isCut = () => false
    await Promise.all([lease.hold(), lease.hold(), lease.hold()])
    await lease.release()
  })

  test.each([-86_400_000, 86_400_000])(
    'knows no clock but that of the store: a machine may be off by %i ms',
    async (ms) => {
      const first = await take(createManualClock({ wall: Date.now() + ms }))
      expect((await toResult(take())).error?.code).toBe('LOCKED')
      await first.release()
      const second = await take({ ...createManualClock(), wallNow: systemClock.wallNow })
      await second.release()
    },
  )

  test('that was given back can be taken at once', async () => {
    const first = await take()
    await first.release()
    const second = await take()
    await second.release()
  })
})
