import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { checkOptions, numberFrom, objectWith, text } from '../check.ts'
import { ExportsError } from '../errors.ts'
import type { Destination, FileFacts, OpenOptions, PlacedFile, StagedFile, Store } from '../node/mirror/destination.ts'
import { asideNames } from '../node/mirror/aside-names.ts'
import { versionOf } from '../node/mirror/version.ts'
import { takeLease } from './lease.ts'
import { Objects } from './objects.ts'
import type { ObjectFacts } from './objects.ts'

export interface BucketOptions {
  /** A client of `@aws-sdk/client-s3`, with its region and credentials. */
  readonly client: S3Client
  readonly bucket: string
  /** What keys begin with, such as `exports/hood`. Default: nothing. */
  readonly prefix?: string | undefined
  /** Larger files are sent in parts of this many bytes; at least 5 MiB. Default 8 MiB. */
  readonly partBytes?: number | undefined
  /** Milliseconds after which a run that was killed no longer keeps others out. Default 60,000. */
  readonly leaseMs?: number | undefined
}

const PART_BYTES = 8 * 2 ** 20
const LEASE_MS = 60_000

/** The manifest is put back after so many files, or so long. */
const CHECKPOINT = { files: 100, ms: 30_000 } as const

const OWN_FOLDER = '.hood-exports/'

/**
 * A bucket of S3, or of a store that speaks its language and knows conditional writes (If-None-Match, If-Match). Files
 * wait in a temporary folder of the machine until they are whole, so no half object is ever visible. The manifest is an
 * object as well, so a run needs nothing that was on the disk of an earlier one.
 */
export function bucket(options: BucketOptions): Destination {
  checkOptions(options, {
    client: objectWith('send', 'an S3Client of @aws-sdk/client-s3'),
    bucket: text,
    prefix: text,
    partBytes: numberFrom(5 * 2 ** 20),
    leaseMs: numberFrom(3_000),
  })
  const path = (options.prefix ?? '').replace(/^\/+|\/+$/g, '')
  const prefix = path === '' ? '' : `${path}/`
  const name = `s3://${options.bucket}/${path}`
  return { name, open: (given) => openBucket({ ...options, prefix, name }, given) }
}

interface Place extends BucketOptions {
  readonly prefix: string
  readonly name: string
}

async function openBucket(place: Place, { mode, state, clock, signal }: OpenOptions): Promise<Store> {
  const { client, name, prefix, partBytes = PART_BYTES, leaseMs = LEASE_MS } = place
  /** For what a run still does when it was told to end. */
  const lasting = new Objects({ client, bucket: place.bucket, partBytes, signal: undefined })
  const own = `${prefix}${OWN_FOLDER}`
  const key = `${own}manifest.sqlite`
  const lease =
    mode === 'run' ? await takeLease({ objects: lasting, key: `${own}lock`, name, clock, leaseMs }) : undefined
  const folder = await mkdtemp(join(tmpdir(), 'hood-exports-'))
  const manifestFile = state === undefined ? join(folder, 'manifest.sqlite') : resolve(state)
  const staging = join(folder, 'staging')
  let etag: string | undefined
  let waiting = 0
  let putBackAt = clock.now()
  let isPutting = false

  const putBack = async (path: string): Promise<void> => {
    const { size } = await stat(path)
    const condition = etag === undefined ? ({ IfNoneMatch: '*' } as const) : { IfMatch: etag }
    etag = await lasting.put(key, path, size, { condition })
    if (etag !== undefined) return
    throw new ExportsError('file', `Another run has written the manifest of "${name}": this one ends`, {
      code: 'LEASE_LOST',
      path: name,
    })
  }

  try {
    await mkdir(staging)
    if (state === undefined) etag = await lasting.fetch(key, manifestFile)
    const files = new Files(new Objects({ client, bucket: place.bucket, partBytes, signal }), prefix)
    return {
      manifestFile,
      staging,
      stat: (file) => files.stat(file),
      hash: async (file) => (await files.head(file))?.metadata['sha256'],
      recognise: (file, item) => files.recognise(file, item),
      async place(file) {
        await lease?.hold()
        return files.place(file)
      },
      async remove(file) {
        await lease?.hold()
        await files.remove(file)
      },
      async checkpoint(snapshot) {
        waiting += 1
        const isDue = waiting >= CHECKPOINT.files || clock.now() - putBackAt >= CHECKPOINT.ms
        if (state !== undefined || isPutting || !isDue) return
        isPutting = true
        const path = join(folder, 'snapshot.sqlite')
        try {
          await lease?.hold()
          snapshot(path)
          await putBack(path)
          waiting = 0
          putBackAt = clock.now()
        } finally {
          await rm(path, { force: true })
          isPutting = false
        }
      },
      async close() {
        try {
          if (lease !== undefined && state === undefined) {
            await lease.hold()
            await putBack(manifestFile)
          }
        } finally {
          await lease?.release()
          await rm(folder, { recursive: true, force: true })
        }
      },
    }
  } catch (error) {
    await lease?.release()
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** The files of a bucket: listed once, as one request is enough for a thousand of them. */
class Files {
  readonly #objects: Objects
  readonly #prefix: string
  #listed: Promise<Map<string, ObjectFacts>> | undefined

  constructor(objects: Objects, prefix: string) {
    this.#objects = objects
    this.#prefix = prefix
  }

  async stat(file: string): Promise<FileFacts | undefined> {
    const found = (await this.#list()).get(file)
    return found && factsOf(found)
  }

  head(file: string): ReturnType<Objects['head']> {
    return this.#objects.head(this.#prefix + file)
  }

  async recognise(
    file: string,
    item: StagedFile['item'],
  ): Promise<(FileFacts & { readonly sha256: string }) | undefined> {
    if (!(await this.#list()).has(file)) return undefined
    const found = await this.head(file)
    const { sha256, ...identity } = found?.metadata ?? {}
    const isIt = Object.entries(identityOf(item)).every(([name, value]) => identity[name] === value)
    return found && isIt && sha256 !== undefined ? { ...factsOf(found), sha256 } : undefined
  }

  /** What has other bytes is copied first. Conditions keep a write that comes too late from doing harm. */
  async place({ staged, file, item, bytes, sha256, before, versions }: StagedFile): Promise<PlacedFile> {
    const metadata = { ...identityOf(item), sha256 }
    const contentType = /^[\w.+-]+\/[\w.+-]+$/.test(item.mime_type ?? '') ? (item.mime_type ?? undefined) : undefined
    const placed: { setAside?: string; keptAs?: string } = {}
    for (;;) {
      const found = await this.head(file)
      let etag = found?.metadata['sha256'] === sha256 ? found.etag : undefined
      if (etag === undefined) {
        const isBefore = found !== undefined && before !== undefined && found.metadata['sha256'] === before
        if (found !== undefined && !(isBefore && versions !== 'keep')) {
          placed[isBefore ? 'keptAs' : 'setAside'] = await this.#setAside(file, isBefore ? 'before' : 'changed')
        }
        etag = await this.#objects.put(this.#prefix + file, staged, bytes, {
          condition: found === undefined ? { IfNoneMatch: '*' } : { IfMatch: found.etag },
          metadata,
          contentType,
        })
        // What is there was written meanwhile: by whom, is asked again.
        if (etag === undefined) continue
      }
      ;(await this.#list()).set(file, { bytes, etag })
      await rm(staged, { force: true })
      return { ...placed, stamp: stampOf(etag) }
    }
  }

  async remove(file: string): Promise<void> {
    await this.#objects.remove(this.#prefix + file)
    ;(await this.#list()).delete(file)
  }

  async #setAside(file: string, why: 'before' | 'changed'): Promise<string> {
    const listed = await this.#list()
    for (const name of asideNames(file, why)) {
      if (listed.has(name)) continue
      await this.#objects.copy(this.#prefix + file, this.#prefix + name)
      listed.set(name, { bytes: 0, etag: '' })
      return name
    }
    throw new Error('names never end')
  }

  #list(): Promise<Map<string, ObjectFacts>> {
    return (this.#listed ??= this.#read())
  }

  async #read(): Promise<Map<string, ObjectFacts>> {
    const files = new Map<string, ObjectFacts>()
    for await (const { key, bytes, etag } of this.#objects.list(this.#prefix)) {
      const file = key.slice(this.#prefix.length)
      if (!file.startsWith(OWN_FOLDER)) files.set(file, { bytes, etag })
    }
    return files
  }
}

/** Metadata are headers: what comes from the network is written in their letters. */
function identityOf(item: StagedFile['item']): Readonly<Record<string, string>> {
  return { 'export-id': encodeURIComponent(item.id), version: encodeURIComponent(versionOf(item)) }
}

function factsOf({ bytes, etag }: ObjectFacts): FileFacts {
  return { bytes, stamp: stampOf(etag) }
}

/** An ETag is hexadecimal as a rule: as much of it as a number holds. */
function stampOf(etag: string): number {
  return Number.parseInt(`0${etag.replaceAll(/[^0-9a-f]/gi, '').slice(0, 12)}`, 16)
}
