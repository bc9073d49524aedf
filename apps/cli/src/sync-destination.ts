import { join, resolve } from 'node:path'
import type { Destination } from '@hood-exports/client/node'
import { UsageError } from '@hood-exports/command-line'
import type { CommandContext } from './command-context.ts'
import type { Terminal } from './terminal/terminal.ts'

/** Where `sync` puts files. */
export interface SyncDestination {
  readonly destination: string | Destination
  /** What is printed for a file. */
  readonly pathOf: (file: string) => string
  /** Whether standard output is an archive: what is printed goes to standard error then. */
  readonly isOutput: boolean
}

const S3_URL = /^s3:\/\/([^/]+)(?:\/(.*))?$/

/**
 * A folder, `-` for a tar archive, or `s3://bucket/prefix` over the SDK, which finds credentials and region as it always does.
 * @param options.s3Endpoint the store, where it is not Amazon's; default `AWS_ENDPOINT_URL_S3`, then `AWS_ENDPOINT_URL`
 * @throws UsageError
 */
export async function destinationOf(
  { terminal, print }: CommandContext,
  given: string,
  s3Endpoint: string | undefined,
): Promise<SyncDestination> {
  if (given === '') throw new UsageError('The folder has no name: give one such as ./exports, or . for this one')
  if (!given.startsWith('s3://')) {
    if (s3Endpoint !== undefined) throw new UsageError('--s3-endpoint is for a bucket: give s3://bucket/prefix as well')
    if (given === '-') return archive(terminal, print)
    const folder = resolve(given)
    return { destination: folder, pathOf: (file) => join(folder, file), isOutput: false }
  }
  const { env } = terminal
  const [, bucket, prefix = ''] = S3_URL.exec(given) ?? []
  if (bucket === undefined) throw new UsageError(`"${given}" names no bucket: write s3://bucket or s3://bucket/prefix`)
  const endpoint = s3Endpoint ?? (env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'] || undefined)
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new UsageError(`The endpoint "${endpoint}" is no URL: write https://host or http://host:port`)
  }
  const { S3Client } = await loadSdk()
  const { bucket: bucketAt } = await import('@hood-exports/client/s3')
  const isOther = endpoint !== undefined && !/(^|\.)amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname)
  const client = new S3Client({
    ...(endpoint !== undefined && { endpoint }),
    // Another store need not know names of buckets in its host, regions, or the checksums that came later.
    ...(isOther && {
      forcePathStyle: true,
      region: env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1',
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  })
  const destination = bucketAt({ client, bucket, prefix })
  return { destination, isOutput: false, pathOf: (file) => `${destination.name.replace(/\/$/, '')}/${file}` }
}

async function archive(terminal: Terminal, print: CommandContext['print']): Promise<SyncDestination> {
  if (terminal.stdout.isTTY) {
    throw new UsageError(
      'Standard output is a terminal, and an archive holds bytes that it would obey: pipe it somewhere',
    )
  }
  const { tarDestination } = await import('./tar-destination.ts')
  return { destination: tarDestination(print), pathOf: (file) => file, isOutput: true }
}

async function loadSdk(): Promise<typeof import('@aws-sdk/client-s3')> {
  try {
    return await import('@aws-sdk/client-s3')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    throw new UsageError(
      's3:// needs the package @aws-sdk/client-s3: install it where this program is, such as with npm install --global @aws-sdk/client-s3',
    )
  }
}
