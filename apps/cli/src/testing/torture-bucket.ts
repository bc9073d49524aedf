import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
// @boundaries-ignore a store that only tests start
import { BUCKET, startS3Store } from '../../../../packages/client/src/fixtures/s3-store.ts'
import type { SeededRandom } from './seeded-random.ts'

const PREFIX = 'tortured/'
const MANIFEST = `${PREFIX}.hood-exports/manifest.sqlite`

/** A bucket for the torture. */
export interface TortureBucket {
  readonly destination: string
  readonly env: Readonly<Record<string, string>>
  /** Another program removes or changes an object. */
  meddle(random: SeededRandom): Promise<void>
  loseManifest(): Promise<void>
  /** Copies all objects into a folder. */
  copyTo(folder: string): Promise<void>
  close(): Promise<void>
}

export async function startTortureBucket(): Promise<TortureBucket> {
  const store = await startS3Store()
  // Leases of runs that were killed are over at once.
  store.ageMs = 120_000
  const { client, env } = store
  const keys = async (): Promise<string[]> => {
    const { Contents: objects = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: PREFIX }))
    return objects.map(({ Key: key = '' }) => key)
  }
  const remove = (key: string): Promise<unknown> => client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: key }))
  return {
    destination: `s3://${BUCKET}/${PREFIX}`,
    env,
    async meddle(random) {
      const files = (await keys()).filter((key) => !key.includes('.hood-exports/'))
      const key = files[random.below(files.length)]
      if (key === undefined) return
      if (random.below(2) === 0) await remove(key)
      else await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: `changed ${random.next()}` }))
    },
    loseManifest: async () => void (await remove(MANIFEST)),
    async copyTo(folder) {
      rmSync(folder, { recursive: true, force: true })
      for (const key of await keys()) {
        const path = join(folder, key.slice(PREFIX.length))
        mkdirSync(dirname(path), { recursive: true })
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))
        writeFileSync(path, (await body?.transformToByteArray()) ?? '')
      }
    },
    close: store.close,
  }
}
