import { createWriteStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { ExportsError, isExportsError } from '../errors.ts'

/** An object, without its bytes. */
export interface ObjectFacts {
  readonly bytes: number
  readonly etag: string
}

/** What an object must be for a write to be made. */
export type Condition = { readonly IfNoneMatch: '*' } | { readonly IfMatch: string }

export interface PutOptions {
  readonly condition: Condition
  readonly metadata?: Readonly<Record<string, string>> | undefined
  readonly contentType?: string | undefined
}

export interface ObjectsOptions {
  readonly client: S3Client
  readonly bucket: string
  /** Larger files are sent in parts of this size. S3 takes parts from 5 MiB on. */
  readonly partBytes: number
  /** Ends what is under way, but for what gives the bucket back. */
  readonly signal: AbortSignal | undefined
}

/** S3 takes no more parts. */
const MOST_PARTS = 10_000

/** The objects of a bucket. Failures are `ExportsError`s of the kind `file`, with the code that S3 gives them. */
export class Objects {
  readonly #options: ObjectsOptions
  readonly #ending: { readonly abortSignal?: AbortSignal }

  constructor(options: ObjectsOptions) {
    this.#options = options
    this.#ending = options.signal === undefined ? {} : { abortSignal: options.signal }
  }

  /** The objects whose keys begin with a prefix, a thousand for a request. */
  async *list(prefix: string): AsyncGenerator<ObjectFacts & { readonly key: string }, void, undefined> {
    const { client, bucket } = this.#options
    let token: string | undefined
    do {
      const input = { Bucket: bucket, Prefix: prefix, ...(token !== undefined && { ContinuationToken: token }) }
      const page = await this.#call(prefix, () => client.send(new ListObjectsV2Command(input), this.#ending))
      for (const { Key: key = '', Size: bytes = 0, ETag: etag = '' } of page.Contents ?? []) yield { key, bytes, etag }
      token = page.NextContinuationToken
    } while (token !== undefined)
  }

  /** `undefined` when there is none. */
  async head(
    key: string,
  ): Promise<(ObjectFacts & { readonly metadata: Readonly<Record<string, string>> }) | undefined> {
    const { client, bucket } = this.#options
    const command = new HeadObjectCommand({ Bucket: bucket, Key: key })
    const found = await this.#unlessMissing(key, () => client.send(command, this.#ending))
    return found && { bytes: found.ContentLength ?? 0, etag: found.ETag ?? '', metadata: found.Metadata ?? {} }
  }

  /** A small object, and how old it is by the clock of the store alone; `undefined` when there is none. */
  async read(
    key: string,
  ): Promise<{ readonly text: string; readonly etag: string; readonly ageMs: number } | undefined> {
    const { client, bucket } = this.#options
    const command = new GetObjectCommand({ Bucket: bucket, Key: key })
    let answeredAt = Number.NaN
    command.middlewareStack.add(
      (next) => async (given) => {
        const result = await next(given)
        const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> }
        answeredAt = Date.parse(headers?.['date'] ?? '')
        return result
      },
      { step: 'deserialize' },
    )
    const found = await this.#unlessMissing(key, () => client.send(command, this.#ending))
    if (found === undefined) return undefined
    const text = (await found.Body?.transformToString()) ?? ''
    // A store that does not say the time makes nothing look old.
    return { text, etag: found.ETag ?? '', ageMs: answeredAt - (found.LastModified?.getTime() ?? Number.NaN) || 0 }
  }

  /** Writes an object into a local file. @returns its ETag; `undefined` when there is none */
  async fetch(key: string, path: string): Promise<string | undefined> {
    const { client, bucket } = this.#options
    const command = new GetObjectCommand({ Bucket: bucket, Key: key })
    const found = await this.#unlessMissing(key, () => client.send(command, this.#ending))
    if (found === undefined) return undefined
    await this.#call(key, () => pipeline(found.Body as Readable, createWriteStream(path)))
    return found.ETag ?? ''
  }

  /** @returns the ETag; `undefined` when the condition does not hold */
  async write(key: string, text: string, condition: Condition): Promise<string | undefined> {
    const { client, bucket } = this.#options
    const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ...condition })
    return (await this.#ifItHolds(key, () => client.send(command)))?.ETag
  }

  /** Writes a local file, whole or not at all. @returns the ETag; `undefined` when the condition does not hold */
  async put(key: string, path: string, bytes: number, options: PutOptions): Promise<string | undefined> {
    const { client, bucket, partBytes } = this.#options
    const { condition, metadata, contentType } = options
    const target = { Bucket: bucket, Key: key }
    const made = {
      ...target,
      ...(metadata && { Metadata: { ...metadata } }),
      ...(contentType && { ContentType: contentType }),
    }
    if (bytes > partBytes) return this.#putInParts(made, path, bytes, condition)
    const body = await readFile(path)
    const command = new PutObjectCommand({ ...made, Body: body, ...condition })
    return (await this.#ifItHolds(key, () => client.send(command, this.#ending)))?.ETag
  }

  async #putInParts(
    made: { readonly Bucket: string; readonly Key: string },
    path: string,
    bytes: number,
    condition: Condition,
  ): Promise<string | undefined> {
    const { client, partBytes } = this.#options
    const { Bucket, Key } = made
    const size = Math.max(partBytes, Math.ceil(bytes / MOST_PARTS))
    const created = await this.#call(Key, () => client.send(new CreateMultipartUploadCommand(made), this.#ending))
    const upload = { Bucket, Key, UploadId: created.UploadId }
    const file = await open(path)
    try {
      const parts: { readonly ETag: string | undefined; readonly PartNumber: number }[] = []
      for (let start = 0; start < bytes; start += size) {
        const part = Buffer.alloc(Math.min(size, bytes - start))
        await file.read(part, 0, part.length, start)
        const command = new UploadPartCommand({ ...upload, PartNumber: parts.length + 1, Body: part })
        const { ETag } = await this.#call(Key, () => client.send(command, this.#ending))
        parts.push({ ETag, PartNumber: parts.length + 1 })
      }
      const command = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts }, ...condition })
      const done = await this.#ifItHolds(Key, () => client.send(command, this.#ending))
      if (done === undefined) await this.#forget(upload)
      return done?.ETag
    } catch (error) {
      await this.#forget(upload)
      throw error
    } finally {
      await file.close()
    }
  }

  /** Parts that are not put together are paid for until they are given up. */
  async #forget(upload: {
    readonly Bucket: string
    readonly Key: string
    readonly UploadId: string | undefined
  }): Promise<void> {
    await this.#options.client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined)
  }

  async copy(key: string, to: string): Promise<void> {
    const { client, bucket } = this.#options
    const source = [bucket, ...key.split('/')].map((part) => encodeURIComponent(part)).join('/')
    await this.#call(key, () => client.send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: source })))
  }

  async remove(key: string): Promise<void> {
    const { client, bucket } = this.#options
    await this.#call(key, () => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })))
  }

  async #ifItHolds<Value>(key: string, work: () => Promise<Value>): Promise<Value | undefined> {
    return this.#call(key, work).catch((error: unknown) => {
      // 409: another write of the same object was under way.
      if (isExportsError(error) && (error.status === 412 || error.status === 409)) return undefined
      throw error
    })
  }

  async #unlessMissing<Value>(key: string, work: () => Promise<Value>): Promise<Value | undefined> {
    return this.#call(key, work).catch((error: unknown) => {
      if (isExportsError(error) && error.status === 404 && error.code !== 'NoSuchBucket') return undefined
      throw error
    })
  }

  async #call<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    try {
      return await work()
    } catch (error) {
      const path = `s3://${this.#options.bucket}/${key}`
      const { name, message, $metadata } = error as Error & {
        readonly $metadata?: { readonly httpStatusCode?: number }
      }
      const status = $metadata?.httpStatusCode
      throw new ExportsError('file', `"${path}" cannot be used: ${message} (${name})`, {
        code: name,
        path,
        status,
        cause: error,
      })
    }
  }
}
